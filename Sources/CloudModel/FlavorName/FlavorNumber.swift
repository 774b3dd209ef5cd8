/// The numbers of a flavor name: what digits mean and which values a field allows.
enum FlavorNumber {
  /// The largest number read in any field, so that no sum or product of a few of them leaves 64
  /// bits: 2^30 GiB are 2^60 bytes.
  static let largest = 1 << 30

  /// The most disks a name may ask for. The checker has no bound, but each disk becomes an extra
  /// spec, and a name of a few letters must not fill the memory.
  static let mostDisks = 10_000

  /// Longer runs of digits are refused unread; Nova keeps no flavor name of more characters.
  static let mostDigits = 255

  /// A number that must be there and be one or more.
  static func count(
    _ digits: String, of field: FlavorNameError.Field, _ mode: SCSFlavorName.Mode,
    atMost bound: Int = largest
  ) throws(FlavorNameError) -> Int {
    guard !digits.isEmpty else { throw .badField(field, value: "None") }
    guard let number = value(digits), number <= bound else {
      throw .badField(field, value: digits)
    }
    guard number > 0 else { throw .badField(field, value: "0") }
    try refuseLeadingZero(digits, of: field, mode)
    return number
  }

  /// A number of one or more, or nothing.
  static func optionalCount(
    _ digits: String, of field: FlavorNameError.Field, _ mode: SCSFlavorName.Mode
  ) throws(FlavorNameError) -> Int? {
    digits.isEmpty ? nil : try count(digits, of: field, mode)
  }

  /// A CPU generation from 0 to `newest`.
  static func generation(
    _ digits: String, upTo newest: Int, _ mode: SCSFlavorName.Mode
  ) throws(FlavorNameError) -> Int {
    guard let number = value(digits) else { throw .badField(.cpuGeneration, value: digits) }
    guard number <= newest else { throw .badField(.cpuGeneration, value: "\(number)") }
    if digits.utf8.count > 1 { try refuseLeadingZero(digits, of: .cpuGeneration, mode) }
    return number
  }

  /// The number of letters `h`, at most `most`.
  static func grade(
    _ letters: String, upTo most: Int, of field: FlavorNameError.Field
  ) throws(FlavorNameError) -> Int {
    guard letters.utf8.count <= most else { throw .badField(field, value: letters) }
    return letters.utf8.count
  }

  /// Memory in half GiB from a decimal number, exactly.
  ///
  /// The checker reads any decimal number (`4.`, `.5`, `1.50`, `04`); the text knows only whole
  /// ones and halves, written `.5`.
  static func halfGibibytes(
    _ text: String, _ mode: SCSFlavorName.Mode
  ) throws(FlavorNameError) -> Int {
    let pieces = text.utf8.split(separator: 0x2E, maxSplits: 2, omittingEmptySubsequences: false)
    guard pieces.count <= 2, pieces.contains(where: { !$0.isEmpty }) else {
      throw .ramNotANumber(text: text)
    }
    guard let whole = value(String(pieces[0]) ?? ""), text.utf8.count <= mostDigits else {
      throw .badField(.ram, value: text)
    }
    let fraction = pieces.count == 2 ? (String(pieces[1]) ?? "") : ""
    let significant = String(fraction.reversed().drop { $0 == "0" }.reversed())
    let halves = 2 * whole + (significant == "5" ? 1 : 0)
    guard halves > 0, significant.isEmpty || significant == "5" else {
      throw .badField(.ram, value: Double(text).map { "\($0)" } ?? text)
    }
    if mode == .strict, text != "\(whole)" + (significant.isEmpty ? "" : ".5") {
      throw .badField(.ram, value: text)
    }
    return halves
  }

  /// The value of a run of digits, 0 for none; nil if it is too large to be held.
  private static func value(_ digits: String) -> Int? {
    guard digits.utf8.count <= mostDigits else { return nil }
    var value = 0
    for byte in digits.utf8 {
      value = value * 10 + Int(byte &- 0x30)
      guard value <= largest else { return nil }
    }
    return value
  }

  private static func refuseLeadingZero(
    _ digits: String, of field: FlavorNameError.Field, _ mode: SCSFlavorName.Mode
  ) throws(FlavorNameError) {
    guard mode == .strict, digits.utf8.first == 0x30 else { return }
    throw .badField(field, value: digits)
  }
}
