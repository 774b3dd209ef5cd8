/// How much distinct memory a guest writes within a time: the dirty curve W(g).
///
/// A mean rate would do for rounds of one length only: the same guest writes 45 MiB/s when looked
/// at over 24 s and 130 MiB/s over 0.4 s, because it writes the same pages again.
///
/// **Units**: seconds of undisturbed guest time in, MiB out. W(0) = 0, and W never falls.
///
/// **Source**: `docs/physics.md`, rounds of pre-copy.
package struct DirtyCurve: Sendable, Hashable {
  /// The form of one part of a curve.
  package enum Shape: Sendable, Hashable {
    /// W(g) = c g + h (1 - exp(-g/s)): slowly spreading writes and a hot set of h MiB that is
    /// rewritten within about s seconds.
    case twoClass(c: Double, h: Double, s: Double)
    /// Straight lines from the origin through measured points, the last one continued.
    case points([DirtyPoint])
  }

  /// A measured point of a curve.
  package struct DirtyPoint: Sendable, Hashable {
    /// The guest time, in seconds.
    package var seconds: Double
    /// The distinct memory written in it, in MiB.
    package var mebibytes: Double

    /// A point.
    package init(seconds: Double, mebibytes: Double) {
      self.seconds = seconds
      self.mebibytes = mebibytes
    }
  }

  /// What is written is the sum of these.
  package var shapes: [Shape]
  /// What is sent for each MiB written: less than 1 where it is compressed.
  package var sentShare = 1.0

  /// A guest that writes nothing.
  package static let none = DirtyCurve(shapes: [])

  /// The sum of some shapes.
  package init(shapes: [Shape]) { self.shapes = shapes }

  /// The two-class form.
  package static func twoClass(c: Double, h: Double = 0, s: Double = 1) -> DirtyCurve {
    precondition(c >= 0 && h >= 0 && s > 0, "A dirty curve never falls.")
    return DirtyCurve(shapes: [.twoClass(c: c, h: h, s: s)])
  }

  /// The form of measured points, in the order of their times.
  package static func points(_ points: [DirtyPoint]) -> DirtyCurve {
    precondition(points.count >= 2, "A curve needs two points or more.")
    for (point, next) in zip(points, points.dropFirst()) {
      precondition(
        next.seconds > point.seconds && next.mebibytes >= point.mebibytes,
        "The points of a dirty curve go forward in time and never fall.")
    }
    return DirtyCurve(shapes: [.points(points)])
  }

  /// The curve of a guest that writes so many times as much in the same pattern.
  package func scaled(by factor: Double) -> DirtyCurve {
    precondition(factor >= 0 && factor.isFinite, "A dirty curve is scaled by a finite factor.")
    var scaled = self
    scaled.shapes = shapes.map { $0.scaled(by: factor) }
    return scaled
  }

  /// What is written within a time, in MiB.
  ///
  /// **Complexity**: linear in the number of points.
  package func written(in seconds: Double) -> Double {
    guard seconds > 0 else { return 0 }
    return sentShare * shapes.reduce(0) { $0 + $1.written(in: seconds) }
  }
}

extension DirtyCurve.Shape {
  func scaled(by factor: Double) -> Self {
    switch self {
    case .twoClass(let c, let h, let s): .twoClass(c: c * factor, h: h * factor, s: s)
    case .points(let points):
      .points(points.map { .init(seconds: $0.seconds, mebibytes: $0.mebibytes * factor) })
    }
  }

  func written(in seconds: Double) -> Double {
    switch self {
    case .twoClass(let c, let h, let s): c * seconds + h * (1 - Self.exponential(-seconds / s))
    case .points(let points): Self.interpolated(points, at: seconds)
    }
  }

  private static func interpolated(
    _ points: [DirtyCurve.DirtyPoint], at seconds: Double
  ) -> Double {
    var from = DirtyCurve.DirtyPoint(seconds: 0, mebibytes: 0)
    var slope = 0.0
    for point in points where point.seconds > from.seconds {
      slope = (point.mebibytes - from.mebibytes) / (point.seconds - from.seconds)
      if seconds <= point.seconds { break }
      from = point
    }
    return from.mebibytes + slope * (seconds - from.seconds)
  }
}
