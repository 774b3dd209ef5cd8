package import Documents
import Foundation

/// What a run leaves in its folder besides the resolved scenario and the manifest.
package struct RunContents: Sendable {
  /// Files by name.
  package var files: [(name: String, bytes: [UInt8])]
  /// Tables as CSV by name, the summary first.
  package var tables: [(name: String, csv: String)]
  /// What stopped the run before its end, in words; nil: it is whole.
  package var interruption: String?
  /// What the run cost, for the manifest: times and numbers that differ from run to run.
  package var cost: [(name: String, value: Document)]

  /// The contents of a run.
  package init(
    files: [(name: String, bytes: [UInt8])], tables: [(name: String, csv: String)],
    interruption: String? = nil, cost: [(name: String, value: Document)] = []
  ) {
    self.files = files
    self.tables = tables
    self.interruption = interruption
    self.cost = cost
  }
}

/// The folder in which a run leaves everything: plan, tables, events, the resolved scenario and a
/// manifest that says how to repeat it.
///
/// It is made under a temporary name and renamed at the end, so that a folder with its own name is
/// whole. Clock times and the machine stand in the manifest and in the folder's name only.
package struct RunFolder {
  /// What stands in the manifest besides the scenario.
  package struct Circumstances: Sendable {
    /// Microseconds since 1970 at which the run began.
    package var started: Int64
    /// Microseconds since 1970 at which it ended.
    package var ended: Int64
    /// The command line, without what no result depends on.
    package var command: [String]
    /// The machine.
    package var machine: String

    /// The circumstances of a run; options that no result depends on are left out of the command.
    package init(started: Int64, ended: Int64, arguments: [String], machine: String) {
      self.started = started
      self.ended = ended
      self.machine = machine
      command = Self.repeatable(arguments)
    }

    private static func repeatable(_ arguments: [String]) -> [String] {
      var kept = ["berth"]
      var isSkipping = false
      for argument in arguments.dropFirst() {
        if isSkipping {
          isSkipping = false
        } else if argument == "--workers" || argument == "--out" {
          isSkipping = true
        } else if !argument.hasPrefix("--workers=") && !argument.hasPrefix("--out=")
          && argument != "--force"
        {
          kept.append(argument)
        }
      }
      return kept
    }
  }

  /// Writes a run and returns the path of its folder.
  ///
  /// Without `path` the folder is a new one in `runs/` beside the scenario, and `runs/latest` leads
  /// to it.
  ///
  /// **Errors**: `DocumentError`, `exists` for a folder named by `path` that is there already unless
  /// `replace`.
  package static func write(
    _ contents: RunContents, of scenario: Scenario, circumstances: Circumstances,
    to path: String?, replace: Bool
  ) throws(DocumentError) -> String {
    let base = scenario.folder + "/runs"
    let target = path.map(withoutSlash) ?? free(name(scenario, circumstances), in: base)
    try requireFree(target, replace: replace)
    let temporary = target + ".tmp.\(getpid())"
    try makeFolder(temporary + "/tables", for: target)
    do {
      try fill(temporary, contents, scenario, circumstances)
      try give(temporary, target)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw error
    }
    if path == nil { link(target, in: base) }
    return target
  }

  /// Refuses a place that is taken, and with `replace` one that is taken by anything but a run: a
  /// mistyped folder must not cost its files.
  private static func requireFree(_ target: String, replace: Bool) throws(DocumentError) {
    guard !target.isEmpty else { throw .unwritable(path: target, code: ENOENT) }
    guard exists(target) else { return }
    let isEmpty = (try? FileManager.default.contentsOfDirectory(atPath: target))?.isEmpty == true
    guard replace, isEmpty || exists(target + "/manifest.json") else {
      throw replace ? .unwritable(path: target, code: ENOTEMPTY) : .exists(path: target)
    }
  }

  /// Renames the finished folder; what it replaces is set aside first and removed last.
  private static func give(_ temporary: String, _ target: String) throws(DocumentError) {
    let old = target + ".old.\(getpid())"
    let isReplacing = exists(target)
    guard !isReplacing || rename(target, old) == 0, rename(temporary, target) == 0 else {
      let code = errno
      if isReplacing { _ = rename(old, target) }
      throw .unwritable(path: target, code: code)
    }
    if isReplacing { try? FileManager.default.removeItem(atPath: old) }
  }

  private static func withoutSlash(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    return String(path)
  }

  private static func fill(
    _ folder: String, _ contents: RunContents, _ scenario: Scenario,
    _ circumstances: Circumstances
  ) throws(DocumentError) {
    for file in contents.files {
      try AtomicFile.write(file.bytes, to: folder + "/" + file.name)
    }
    try AtomicFile.write(scenario.resolvedYAML, to: folder + "/scenario.yaml")
    for table in contents.tables {
      try AtomicFile.write(table.csv, to: folder + "/tables/\(table.name).csv")
    }
    try AtomicFile.write(
      manifest(contents, scenario, circumstances).json(.indented) + "\n",
      to: folder + "/manifest.json")
  }

  /// What the run was; one that was interrupted has no end.
  private static func manifest(
    _ contents: RunContents, _ scenario: Scenario, _ circumstances: Circumstances
  ) -> Document {
    let cost = contents.cost
    let ending: (String, Document) =
      contents.interruption.map { ("interrupted_by", .text($0)) }
      ?? ("end", .text(InstantText.text(circumstances.ended)))
    return .fields(
      [
        ("format_version", "1.0"), ("program", .text(Program.nameAndVersion)),
        ("command", .items(circumstances.command.map { .text($0) })),
        ("scenario_sha256", .text(scenario.sha256)),
        ("cloud_sha256", .text(scenario.cloudSHA256)),
        ("seed", .integer(scenario.record.seed)),
        ("start", .text(InstantText.text(circumstances.started))), ending,
        ("machine", .text(circumstances.machine)),
        ("warnings", .items(scenario.warnings.map(\.document))),
      ] + cost.map { ($0.name, $0.value) })
  }

  /// `<date>-<time>-<name>-<seed>`, in UTC and to the second.
  private static func name(_ scenario: Scenario, _ circumstances: Circumstances) -> String {
    let digits = InstantText.text(circumstances.started).prefix(19)
    let stamp = digits.split(separator: "T").map { $0.split(whereSeparator: { "-:".contains($0) }) }
    let date = stamp.first.map { $0.joined(separator: "-") } ?? ""
    let time = stamp.last.map { $0.joined() } ?? ""
    let plain = scenario.record.name.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? Character(scalar) : "-"
    }
    // A name may be of any length, but not that of a folder.
    return "\(date)-\(time)-\(String(plain.prefix(80)))-\(scenario.record.seed)"
  }

  private static func free(_ name: String, in base: String) -> String {
    var path = "\(base)/\(name)"
    var number = 2
    while exists(path) {
      path = "\(base)/\(name)-\(number)"
      number += 1
    }
    return path
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func makeFolder(_ path: String, for target: String) throws(DocumentError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      let system = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      throw .unwritable(path: target, code: system.map { Int32(clamping: $0.code) } ?? EACCES)
    }
  }

  /// Lets `runs/latest` lead to the newest finished run; a file system without links goes without.
  private static func link(_ target: String, in base: String) {
    let name = target.split(separator: "/").last.map(String.init) ?? target
    let temporary = "\(base)/latest.tmp.\(getpid())"
    guard symlink(name, temporary) == 0 else { return }
    if rename(temporary, "\(base)/latest") != 0 { unlink(temporary) }
  }
}
