package import Documents

/// JSON Schema of declared sections.
///
/// Source: JSON Schema draft 2020-12.
package enum Schema {
  /// The schema of files that hold a section; sections inside it stand under `$defs`.
  package static func schema<Record>(of section: Section<Record>) -> Document {
    let description = section.description
    var members: [Member] = [
      Member("$schema", "https://json-schema.org/draft/2020-12/schema"),
      Member("title", .text(description.name)),
    ]
    members += object(description)
    let nested = NestedSections.all(in: description)
    if !nested.isEmpty {
      members.append(
        Member("$defs", .fields(nested.map { ($0.name, .object(object($0))) })))
    }
    return .object(members)
  }

  private static func object(_ section: SectionDescription) -> [Member] {
    let properties = section.keys.map { key in (key.name, property(key)) }
    let required = section.keys.filter(\.isRequired).map { Document.text($0.name) }
    var members = [
      Member("description", .text(section.summary)),
      Member("type", "object"),
      Member("properties", .fields(properties)),
      Member("patternProperties", ["^x-": true]),
      Member("additionalProperties", false),
    ]
    if !required.isEmpty { members.append(Member("required", .items(required))) }
    return members
  }

  private static func property(_ key: KeyDescription) -> Document {
    var members = [Member("description", .text(key.meaning))]
    members += self.members(of: key.kind)
    if let value = key.defaultValue { members.append(Member("default", value)) }
    return .object(members)
  }

  private static func members(of kind: ValueKind) -> [Member] {
    switch kind {
    case .text(let isEmptyAllowed, let rule):
      var members = [Member("type", "string")]
      if !isEmptyAllowed { members.append(Member("minLength", 1)) }
      if let rule { members.append(Member("pattern", .text(rule.pattern))) }
      return members
    case .flag: return [Member("type", "boolean")]
    case .wholeNumber(let range):
      return [Member("type", "integer")]
        + bounds(range, from: .min, to: .max) { .integer($0) }
    case .number(let range):
      let largest = Double.greatestFiniteMagnitude
      return [Member("type", "number")] + bounds(range, from: -largest, to: largest) { .number($0) }
    case .choice(let words): return [Member("enum", .items(words.map { .text($0) }))]
    case .quantity(let dimension, _):
      return [Member("type", "string"), Member("pattern", .text(pattern(dimension)))]
    case .instant: return [Member("type", "string"), Member("format", "date-time")]
    case .optional(let kind):
      return [Member("anyOf", [.object(members(of: kind)), ["type": "null"]])]
    case .list(let kind, let count):
      return [Member("type", "array"), Member("items", .object(members(of: kind)))]
        + (count.lowerBound > 0 ? [Member("minItems", Document(count.lowerBound))] : [])
        + (count.upperBound < .max ? [Member("maxItems", Document(count.upperBound))] : [])
    case .map(let kind):
      return [Member("type", "object"), Member("additionalProperties", .object(members(of: kind)))]
    case .section(let name, _): return [Member("$ref", .text("#/$defs/\(name)"))]
    case .any: return []
    }
  }

  private static func bounds<Bound: Comparable>(
    _ range: ClosedRange<Bound>, from: Bound, to: Bound, _ document: (Bound) -> Document
  ) -> [Member] {
    (range.lowerBound > from ? [Member("minimum", document(range.lowerBound))] : [])
      + (range.upperBound < to ? [Member("maximum", document(range.upperBound))] : [])
  }

  /// The quantities of a dimension, without their range, which a pattern cannot state.
  private static func pattern(_ dimension: Dimension) -> String {
    let units = dimension.unitNames.joined(separator: "|")
    let part = "[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)? *(\(units))"
    return dimension == .duration ? "^\(part)( *\(part))*$" : "^\(part)$"
  }
}

extension Member {
  fileprivate init(_ key: String, _ value: Document) { self.init(key: key, node: Node(value)) }
}

/// The sections that a section holds.
enum NestedSections {
  /// All sections below one, each once, in the order in which they first appear.
  static func all(in section: SectionDescription) -> [SectionDescription] {
    var found: [SectionDescription] = []
    collect(section, &found)
    return found
  }

  private static func collect(
    _ section: SectionDescription, _ found: inout [SectionDescription]
  ) {
    for key in section.keys {
      guard let (name, make) = nested(in: key.kind), !found.contains(where: { $0.name == name })
      else { continue }
      let inner = make()
      found.append(inner)
      collect(inner, &found)
    }
  }

  /// The section that values of a kind are made of, if any.
  private static func nested(
    in kind: ValueKind
  ) -> (name: String, make: @Sendable () -> SectionDescription)? {
    switch kind {
    case .section(let name, let make): (name, make)
    case .optional(let kind), .list(let kind, _), .map(let kind): nested(in: kind)
    default: nil
    }
  }
}
