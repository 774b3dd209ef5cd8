/// What an extra spec demands of a value: an operator with its operand, or plain equality.
///
/// **Source**: Nova's `extra_specs_ops`: numbers with `=` (at least), `==`, `!=`, `>=`, `<=`; texts
/// with `s==`, `s!=`, `s<`, `s<=`, `s>`, `s>=`; `<in>` (contains), `<all-in>`, `<or>`.
package enum SpecOperator {
  /// Whether a value meets a demand.
  package static func isMet(_ demand: String, by value: String) -> Bool {
    let words = demand.split(separator: " ").map(String.init)
    guard let first = words.first, operators.contains(first) else { return value == demand }
    // Nova reads the first word behind the operator, and behind `<or>` every second one.
    guard words.count > 1 else { return false }
    let operand = words[1]
    switch first {
    case "<or>": return stride(from: 1, to: words.count, by: 2).contains { words[$0] == value }
    case "<in>": return value.contains(operand)
    case "<all-in>": return words.dropFirst().allSatisfy { value.contains($0) }
    case "s==": return value == operand
    case "s!=": return value != operand
    case "s<": return value < operand
    case "s<=": return value <= operand
    case "s>": return value > operand
    case "s>=": return value >= operand
    default:
      guard let left = Double(value), let right = Double(operand) else { return false }
      return compare(left, first, right)
    }
  }

  private static let operators: Set<String> = [
    "<or>", "<in>", "<all-in>", "s==", "s!=", "s<", "s<=", "s>", "s>=", "=", "==", "!=", ">=",
    "<=",
  ]

  private static func compare(_ left: Double, _ sign: String, _ right: Double) -> Bool {
    switch sign {
    case "==": left == right
    case "!=": left != right
    case "<=": left <= right
    default: left >= right
    }
  }
}
