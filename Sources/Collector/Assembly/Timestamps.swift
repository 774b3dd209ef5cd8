/// Times as OpenStack writes them: `2026-11-24T03:57:06Z`, `2026-11-24T03:57:06.000000`; all UTC.
enum Timestamps {
  /// Microseconds since 1970 of a time; nil if the text is none.
  static func microseconds(_ text: String) -> Int64? {
    let body = text.hasSuffix("Z") ? text.dropLast() : text[...]
    let halves = body.split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    let date = halves[0].split(separator: "-").map { Int64($0) }
    let clock = halves[1].split(separator: ".")
    guard let first = clock.first else { return nil }
    let time = first.split(separator: ":").map { Int64($0) }
    guard date.count == 3, time.count == 3, let year = date[0], let month = date[1],
      let day = date[2], let hour = time[0], let minute = time[1], let second = time[2],
      (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
      (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second)
    else { return nil }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
    return seconds * 1_000_000
  }

  /// Days from 1 January 1970 in the Gregorian calendar, counting years from March so that the leap
  /// day comes last.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
