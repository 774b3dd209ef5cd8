import CloudModel

/// The options of a policy, read strictly: what a policy does not know is refused, so that a slip of
/// the pen never becomes a silent default.
struct PolicyOptions {
  private let options: Properties

  /// The options of a policy with these parameters.
  init(
    _ options: Properties, allowing parameters: [PolicyParameter]
  ) throws(PlacementPolicyError) {
    for entry in options.entries where !parameters.contains(where: { $0.name == entry.key }) {
      let names = parameters.map(\.name).sorted().joined(separator: ", ")
      throw .option(
        name: entry.key, value: entry.value,
        allowed: names.isEmpty ? "no options" : "only the options \(names)")
    }
    self.options = options
  }

  /// A whole number within bounds, written in digits only.
  func wholeNumber(
    _ name: String, in bounds: ClosedRange<Int>, default absent: Int
  ) throws(PlacementPolicyError) -> Int {
    guard let text = options[name] else { return absent }
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard isPlain, let number = Int(text), bounds.contains(number) else {
      throw .option(
        name: name, value: text,
        allowed: "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    return number
  }
}
