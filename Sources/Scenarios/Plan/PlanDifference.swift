package import Documents

/// Which part of two plans a difference is in.
package enum PlanPart: String, Sendable, CaseIterable {
  /// The question: scenario, cloud, hosts, window, strategy.
  case question
  /// The answer: verdict, probability, duration.
  case answer
  /// A wave.
  case wave
  /// A move.
  case move
  /// A VM without a step.
  case leftBehind = "left_behind"
  /// A limit.
  case bound
  /// What a guest was taken to write.
  case load
  /// A number of the model.
  case parameter
  /// A note.
  case note
  /// What no other part names, such as the times of single moves.
  case rest
}

/// One value in which two plans differ.
package struct PlanDifference: Sendable, Equatable {
  /// The part of the plan.
  package var part: PlanPart
  /// What in that part: a VM, a parameter, a wave; empty where there is one only.
  package var subject: String
  /// The key of the value; empty if the whole subject is in one plan only.
  package var key: String
  /// The value in the first plan; null: absent.
  package var first: Document
  /// The value in the second plan; null: absent.
  package var second: Document

  /// A difference.
  package init(
    _ part: PlanPart, _ subject: String, _ key: String, _ first: Document, _ second: Document
  ) {
    self.part = part
    self.subject = subject
    self.key = key
    self.first = first
    self.second = second
  }
}

/// Everything in which two plans differ.
package struct PlanDifferences: Sendable {
  /// The differences, part by part; equal plans have none.
  package private(set) var all: [PlanDifference] = []

  /// The differences of the second plan from the first.
  ///
  /// **Complexity**: linear in both plans, but for the notes.
  package init(_ first: PlanRecord, _ second: PlanRecord) {
    let pair = (PlanFile.document(of: first), PlanFile.document(of: second))
    compare(.question, "", Self.questionKeys, pair.0, pair.1)
    compare(.answer, "", ["verdict", "probability"], pair.0, pair.1)
    let durations = ["mean", "p50", "p95", "bound"]
    compare(
      .answer, "duration_s", durations, pair.0["duration_s"]?.value ?? .null,
      pair.1["duration_s"]?.value ?? .null)
    compare(.wave, "waves", pair, ["wave"], ["wait_s"])
    compare(
      .move, "moves", pair, ["vm_id"],
      ["class", "action", "source", "target", "wave", "reason", "helper"], label: "vm")
    compare(
      .leftBehind, "left_behind", pair, ["vm_id"], ["host", "reason", "proven"], label: "vm")
    compare(.bound, "bounds", pair, ["name", "subject"], ["value", "limit"])
    compare(.load, "loads", pair, ["load", "evidence"], ["vms"])
    compare(.parameter, "parameters", pair, ["name"], ["value", "unit", "evidence", "source"])
    compareNotes(first.notes, second.notes)
    if all.isEmpty, pair.0 != pair.1 { nameTheRest(pair.0, pair.1) }
  }

  private static let questionKeys = [
    "name", "program", "cloud", "cloud_file", "cloud_sha256", "scenario_sha256", "strategy",
    "release", "seed",
    "replications", "hosts", "window_s", "work_s",
  ]

  /// How many differences there are in a part, by subject.
  package func count(in part: PlanPart) -> Int {
    Set(all.filter { $0.part == part }.map(\.subject)).count
  }

  private mutating func compare(
    _ part: PlanPart, _ subject: String, _ keys: [String], _ first: Document, _ second: Document
  ) {
    for key in keys {
      let (left, right) = (first[key]?.value ?? .null, second[key]?.value ?? .null)
      if left != right { all.append(PlanDifference(part, subject, key, left, right)) }
    }
  }

  /// Compares the elements of a list that have the same values of some keys; of several such
  /// elements the first with the first, the second with the second.
  private mutating func compare(
    _ part: PlanPart, _ list: String, _ pair: (Document, Document), _ identity: [String],
    _ keys: [String], label: String? = nil
  ) {
    let (first, second) = (
      Self.elements(of: pair.0, list, identity), Self.elements(of: pair.1, list, identity)
    )
    func subject(_ element: Document) -> String {
      (label.map { [$0] } ?? identity).map { Self.text(element[$0]?.value) }
        .filter { !$0.isEmpty }.joined(separator: " ")
    }
    for (key, element) in first.list {
      if let other = second.index[key] {
        compare(part, subject(element), keys, element, second.list[other].element)
      } else {
        all.append(PlanDifference(part, subject(element), "", element, .null))
      }
    }
    for (key, element) in second.list where first.index[key] == nil {
      all.append(PlanDifference(part, subject(element), "", .null, element))
    }
  }

  private static func elements(
    of plan: Document, _ list: String, _ identity: [String]
  ) -> (list: [(key: [String], element: Document)], index: [[String]: Int]) {
    guard case .list(let nodes)? = plan[list]?.value else { return ([], [:]) }
    var result: [(key: [String], element: Document)] = []
    var index: [[String]: Int] = [:]
    for node in nodes {
      let base = identity.map { text(node[$0]?.value) }
      var key = base
      var occurrence = 1
      while index[key] != nil {
        occurrence += 1
        key = base + ["\(occurrence)"]
      }
      index[key] = result.count
      result.append((key, node.value))
    }
    return (result, index)
  }

  private static func text(_ value: Document?) -> String {
    switch value {
    case .text(let text)?: text
    case nil, .null?: ""
    case let value?: value.json()
    }
  }

  private mutating func compareNotes(_ first: [String], _ second: [String]) {
    for note in first where !second.contains(note) {
      all.append(PlanDifference(.note, "", "", .text(note), .null))
    }
    for note in second where !first.contains(note) {
      all.append(PlanDifference(.note, "", "", .null, .text(note)))
    }
  }

  /// Plans that are not equal byte for byte are never called equal: the keys that differ.
  private mutating func nameTheRest(_ first: Document, _ second: Document) {
    guard case .object(let members) = first else { return }
    for member in members where second[member.key]?.value != member.node.value {
      all.append(PlanDifference(.rest, "", member.key, .null, .null))
    }
  }
}
