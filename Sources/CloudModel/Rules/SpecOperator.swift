/// What an extra spec demands of a value: an operator with its operand, or plain equality.
///
/// **Source**: Nova's `extra_specs_ops`: numbers with `=` (at least), `==`, `!=`, `>=`, `<=`; texts
/// with `s==`, `s!=`, `s<`, `s<=`, `s>`, `s>=`; `<in>` (contains), `<all-in>`, `<or>`.
package enum SpecOperator {
  /// Whether a value meets a demand.
  package static func isMet(_ demand: String, by value: String) -> Bool {
    let words = demand.split(separator: " ").map(String.init)
    guard let first = words.first else { return value.isEmpty }
    let operand = words.dropFirst().joined(separator: " ")
    switch first {
    case "<or>":
      return words.filter { $0 != "<or>" }.contains(value)
    case "<in>":
      return value.contains(operand)
    case "<all-in>":
      return words.dropFirst().filter { $0 != "<all-in>" }.allSatisfy { value.contains($0) }
    case "s==": return value == operand
    case "s!=": return value != operand
    case "s<": return value < operand
    case "s<=": return value <= operand
    case "s>": return value > operand
    case "s>=": return value >= operand
    case "=", "==", "!=", ">=", "<=":
      guard let left = Double(value), let right = Double(operand) else { return false }
      return compare(left, first, right)
    default:
      return value == demand
    }
  }

  private static func compare(_ left: Double, _ sign: String, _ right: Double) -> Bool {
    switch sign {
    case "==": left == right
    case "!=": left != right
    case "<=": left <= right
    default: left >= right
    }
  }
}
