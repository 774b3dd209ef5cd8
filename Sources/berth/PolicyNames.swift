import Foundation

/// The names that `--policy` gives, separated by commas; `all` stands for every one.
struct PolicyNames {
  /// What a name stands for, and several of them, in messages.
  let noun: (one: String, many: String)
  /// Every name.
  let all: [String]
  /// Where a reader finds the names.
  let help: String

  /// The names of an option; nil stands for what the scenario names.
  ///
  /// A plan file takes one plan: `out` is the option that names it.
  ///
  /// **Errors**: `Failure` for no name, and for several where one plan is written.
  func parse(_ option: String?, out: String?) throws -> [String?] {
    guard let option else { return [nil] }
    let names =
      option == "all"
      ? all : option.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    if names.isEmpty || names.contains("") {
      throw Failure(
        .usage, code: "E0002", "--policy must name a \(noun.one), found \"\(option)\"", help: help)
    }
    if names.count > 1, out != nil {
      throw Failure(
        .usage, code: "E0002", "--out takes one plan, found \(names.count) \(noun.many)",
        help: "name one \(noun.one) with --policy")
    }
    return names
  }
}
