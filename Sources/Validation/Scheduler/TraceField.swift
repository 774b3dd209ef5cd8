import Documents

/// A value of a trace with the way to it, so that an error can say where it is.
struct TraceField {
  let node: Node
  let path: String
  let line: Int

  init(_ node: Node, path: String, line: Int) {
    self.node = node
    self.path = path
    self.line = line
  }

  private func error(_ allowed: String) -> SchedulerTraceError {
    let found =
      switch node.value {
      case .text(let text): "\"\(text.prefix(60))\""
      case .integer(let value): "\(value)"
      default: node.value.kindName
      }
    return .value(
      path: path.isEmpty ? "the line" : path, found: found, allowed: allowed, line: line)
  }

  /// The value of a key, or nil if it is absent or null.
  func optional(_ key: String) throws(SchedulerTraceError) -> TraceField? {
    guard case .object(let members) = node.value else { throw error("a mapping") }
    guard let member = members.first(where: { $0.key == key }), member.node.value != .null else {
      return nil
    }
    return TraceField(member.node, path: path.isEmpty ? key : path + "." + key, line: line)
  }

  /// The value of a key that must be there.
  func field(_ key: String) throws(SchedulerTraceError) -> TraceField {
    if let found = try optional(key) { return found }
    throw .value(
      path: path.isEmpty ? key : path + "." + key, found: "nothing", allowed: "there", line: line)
  }

  func text() throws(SchedulerTraceError) -> String {
    guard case .text(let text) = node.value else { throw error("a text") }
    return text
  }

  /// A scalar, or a list of scalars, as text: settings and properties.
  func scalarText() throws(SchedulerTraceError) -> String {
    switch node.value {
    case .null: return ""
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .number(let value): return "\(value)"
    case .text(let text): return text
    case .list:
      var texts: [String] = []
      for item in try items() { texts.append(try item.scalarText()) }
      return texts.joined(separator: ",")
    case .object: throw error("a text, a number or a list of them")
    }
  }

  /// A whole number of a size that sums and products of amounts stay far from overflowing.
  func whole() throws(SchedulerTraceError) -> Int {
    guard case .integer(let value) = node.value, (-1 << 40...1 << 40).contains(value) else {
      throw error("a whole number within 1.1e12")
    }
    return Int(value)
  }

  /// How many of something, few enough to go through one by one.
  func count() throws(SchedulerTraceError) -> Int {
    let value = try whole()
    guard (0...1024).contains(value) else { throw error("a whole number from 0 to 1024") }
    return value
  }

  func number() throws(SchedulerTraceError) -> Double {
    switch node.value {
    case .integer(let value): return Double(value)
    case .number(let value): return value
    default: throw error("a number")
    }
  }

  func flag() throws(SchedulerTraceError) -> Bool {
    guard case .bool(let value) = node.value else { throw error("true or false") }
    return value
  }

  func items() throws(SchedulerTraceError) -> [TraceField] {
    guard case .list(let elements) = node.value else { throw error("a list") }
    return elements.enumerated().map { TraceField($1, path: "\(path)[\($0)]", line: line) }
  }

  func texts() throws(SchedulerTraceError) -> [String] {
    var texts: [String] = []
    for item in try items() { texts.append(try item.text()) }
    return texts
  }

  func members() throws(SchedulerTraceError) -> [(key: String, value: TraceField)] {
    guard case .object(let members) = node.value else { throw error("a mapping") }
    return members.map { member in
      (member.key, TraceField(member.node, path: path + "." + member.key, line: line))
    }
  }

  /// An item of a list by its place.
  func item(_ place: Int) throws(SchedulerTraceError) -> TraceField {
    let all = try items()
    guard all.indices.contains(place) else { throw error("a list of more than \(place) values") }
    return all[place]
  }
}
