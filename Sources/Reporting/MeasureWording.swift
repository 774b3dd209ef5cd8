/// Values of measures as people read them; the end of a measure's name says its unit.
enum MeasureWording {
  /// A value with its unit; `scale` is the size that has to be seen, as the width of its interval.
  static func text(_ value: Double, of measure: String, scale: Double? = nil) -> String {
    let size = abs(value)
    let scale = abs(scale ?? value)
    let text: String =
      if measure.hasSuffix("_s") {
        seconds(size, scale)
      } else if measure.hasSuffix("_share") {
        "\(Wording.fixed(size * 100, scale < 0.01 ? 3 : 2)) %"
      } else if measure.hasSuffix("_bytes") {
        bytes(size)
      } else {
        number(size, scale)
      }
    let isZero = text.allSatisfy { !("1"..."9").contains($0) }
    return value < 0 && !isZero ? "-" + text : text
  }

  /// A mean with the half-width of its interval; no width where nothing varies.
  static func text(_ mean: Double, halfWidth: Double?, of measure: String) -> String {
    guard let halfWidth, halfWidth > 1e-12 * abs(mean) else { return text(mean, of: measure) }
    return text(mean, of: measure, scale: measure.hasSuffix("_s") ? nil : halfWidth) + " +- "
      + text(halfWidth, of: measure)
  }

  /// A difference with its direction: `12 s less`.
  static func difference(_ value: Double, of measure: String) -> String {
    value == 0 ? "none" : "\(text(abs(value), of: measure)) \(value < 0 ? "less" : "more")"
  }

  /// The two ends of an interval.
  static func range(_ low: Double, _ high: Double, of measure: String) -> String {
    let scale = max(abs(low), abs(high))
    return "\(text(low, of: measure, scale: scale)) to \(text(high, of: measure, scale: scale))"
  }

  /// How many decimals a ratio needs so that the half-width of its interval can be seen.
  static func decimals(for halfWidth: Double) -> Int {
    var decimals = 2
    var seen = abs(halfWidth) * 100
    while seen > 0, seen < 1, decimals < 6 {
      decimals += 1
      seen *= 10
    }
    return decimals
  }

  /// In thousandths below a second, as pauses are measured; with a decimal up to 100 s.
  private static func seconds(_ value: Double, _ scale: Double) -> String {
    if value == 0 { return "0 s" }
    if scale < 1 { return "\(Wording.fixed(value * 1000, scale < 0.01 ? 1 : 0)) ms" }
    return scale < 100 ? "\(Wording.fixed(value, 1)) s" : Wording.duration(value)
  }

  private static func bytes(_ value: Double) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
    var value = value
    var unit = 0
    while value >= 1024, unit + 1 < units.count {
      value /= 1024
      unit += 1
    }
    return "\(Wording.fixed(value, unit == 0 ? 0 : 1)) \(units[unit])"
  }

  private static func number(_ value: Double, _ scale: Double) -> String {
    if value == value.rounded(), value == scale || scale == scale.rounded(), value < 1e15 {
      return Wording.fixed(value, 0)
    }
    return Wording.fixed(value, scale >= 1000 ? 0 : scale >= 10 ? 1 : scale >= 0.1 ? 2 : 4)
  }
}
