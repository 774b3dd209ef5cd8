import Documents

/// The names of the things of one kind, with their indices; reports names that stand twice and
/// references to nothing.
struct NameIndex {
  /// What the things are called in messages.
  private let kind: String
  private var indices: [String: Int] = [:]
  /// The names in the order of their indices.
  private(set) var names: [String] = []

  init(_ kind: String) {
    self.kind = kind
  }

  func index(of name: String) -> Int? { indices[name] }

  /// The index of a name, which is added if it is new.
  mutating func indexAdding(_ name: String) -> Int {
    if let known = indices[name] { return known }
    indices[name] = names.count
    names.append(name)
    return names.count - 1
  }

  /// Adds a name; one that stands already is reported and gets an index of its own all the same, so
  /// that columns and names stay side by side.
  mutating func add(_ name: String, at place: Place, _ reading: inout Reading) {
    if indices[name] != nil {
      reading.report(
        .duplicateName, "the \(kind) `\(name)` stands twice", at: place,
        help: "names and ids are unique: rename or remove one of the two")
    } else {
      indices[name] = names.count
    }
    names.append(name)
  }

  /// The index of a name that something refers to; nil and a report if there is none. Without a
  /// name the first.
  func find(
    _ name: String?, of subject: String, _ origin: Origin, _ reading: inout Reading
  ) -> Int? {
    guard let name else { return names.isEmpty ? nil : 0 }
    if let index = indices[name] { return index }
    // Every name is compared: not for problems that nobody sees.
    let near =
      reading.isFull
      ? "" : NearMiss.nearest(to: name, among: names).map { "did you mean `\($0)`? " } ?? ""
    let known = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", ..." : "")
    reading.report(
      .unknownReference, "\(subject) refers to the \(kind) `\(name)`, which does not exist",
      at: origin.place,
      help: near + (names.isEmpty ? "the file has no \(kind)" : "there are: \(known)"))
    return nil
  }
}
