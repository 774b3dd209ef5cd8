import Scenarios

/// Numbers as people read them; the same on every machine.
package enum Wording {
  /// A length of time in its two largest units: `3 h 12 min`, `12 min 3 s`, `52 s`, `0.4 s`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e15 else { return "for ever" }
    if seconds < 0.05 { return "0 s" }
    if seconds < 10 { return "\(fixed(seconds, 1)) s" }
    let whole = Int(seconds.rounded())
    let (days, hours) = (whole / 86_400, whole % 86_400 / 3600)
    let (minutes, rest) = (whole % 3600 / 60, whole % 60)
    if days > 0 { return join("\(days) d", hours, "h") }
    if hours > 0 { return join("\(hours) h", minutes, "min") }
    if minutes > 0 { return join("\(minutes) min", rest, "s") }
    return "\(rest) s"
  }

  private static func join(_ first: String, _ count: Int, _ unit: String) -> String {
    count == 0 ? first : "\(first) \(count) \(unit)"
  }

  /// A point in time in UTC to the minute, from microseconds since 1970: `2026-12-02 21:00Z`.
  package static func instant(_ microseconds: Int64) -> String {
    let minute: Int64 = 60_000_000
    let whole = InstantText.text((microseconds - (microseconds % minute + minute) % minute))
    return whole.prefix(10) + " " + whole.dropFirst(11).prefix(5) + "Z"
  }

  /// A share in percent with one decimal where it needs one.
  package static func percent(_ share: Double) -> String {
    let text = fixed(share * 100, 1)
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
  }

  /// A number with some decimals, a point, and no grouping.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard abs(value) < 1e15 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    let whole = (scaled / scale).rounded(.down)
    let fraction = String(Int(scaled - whole * scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(Int(whole))" }
    let padding = String(repeating: "0", count: max(0, decimals - fraction.count))
    return "\(sign)\(Int(whole)).\(padding)\(fraction)"
  }

  /// A count with its noun: `1 host`, `2 hosts`.
  package static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
