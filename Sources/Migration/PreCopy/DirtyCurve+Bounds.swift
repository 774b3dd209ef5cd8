import Foundation

/// What a dirty curve says of convergence before any round is played.
extension DirtyCurve {
  /// The greatest rate of writing over any time; of a concave curve its slope at 0, in MiB/s.
  package var steepestRate: Double {
    sentShare * shapes.reduce(0) { $0 + $1.steepestRate }
  }

  /// The rate at which writing goes on when the hot set is written, in MiB/s.
  package var lastingRate: Double { sentShare * shapes.reduce(0) { $0 + $1.lastingRate } }

  /// The most that is ever written, in MiB; nil where writing goes on without end.
  package var saturation: Double? {
    guard lastingRate == 0 else { return nil }
    return sentShare * shapes.reduce(0) { $0 + $1.offset }
  }

  /// The least time L in which less is written than a link sends: W(L) < B L. In seconds; nil
  /// where there is none.
  ///
  /// It is also the length of the rounds of a transfer that hovers.
  ///
  /// **Complexity**: O(log) bisections, at most 200.
  package func leastPause(rate: Double) -> Double? {
    guard lastingRate < rate else { return nil }
    if steepestRate < rate { return 0 }
    var high = 1e-6
    for _ in 0..<100 where written(in: high) >= rate * high { high *= 2 }
    guard written(in: high) < rate * high else { return nil }
    var low = high / 2
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if written(in: middle) < rate * middle { high = middle } else { low = middle }
    }
    return high
  }
}

extension DirtyCurve.Shape {
  /// e^x by the C library.
  static func exponential(_ value: Double) -> Double { exp(value) }

  var steepestRate: Double {
    switch self {
    case .twoClass(let c, let h, let s): c + h / s
    case .points(let points):
      points.reduce(lastingRate) { $1.seconds > 0 ? max($0, $1.mebibytes / $1.seconds) : $0 }
    }
  }

  var lastingRate: Double {
    switch self {
    case .twoClass(let c, _, _): return c
    case .points(let points):
      guard let last = points.last, let before = points.dropLast().last else { return 0 }
      return (last.mebibytes - before.mebibytes) / (last.seconds - before.seconds)
    }
  }

  /// What is written beside the lasting rate in the long run.
  var offset: Double {
    switch self {
    case .twoClass(_, let h, _): h
    case .points(let points): points.last.map { $0.mebibytes - lastingRate * $0.seconds } ?? 0
    }
  }
}
