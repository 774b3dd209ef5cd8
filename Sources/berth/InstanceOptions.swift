import ArgumentParser
import Documents
import Policies

/// Options of commands that take instance files.
struct InstanceOptions: ParsableArguments {
  @Argument(help: "Instance files.")
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "Seconds of wall time for an evacuation; without it a limit of work, which is repeatable.",
      valueName: "s"))
  var timeLimit: Double?

  func validate() throws {
    if let timeLimit, !(timeLimit > 0 && timeLimit <= 86_400) {
      throw ValidationError("--time-limit must be above 0 and at most 86400, found \(timeLimit)")
    }
  }

  /// How long to pack.
  var packing: PackingOptions {
    var options = PackingOptions()
    options.timeLimit = timeLimit.map { .seconds($0) }
    return options
  }

  /// The bytes of an instance file.
  static func bytes(of file: String) throws -> [UInt8] {
    do {
      return try FileContent.bytes(of: file, limit: 64 << 20)
    } catch {
      throw Failure(error, file: file)
    }
  }
}
