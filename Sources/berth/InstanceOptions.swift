import ArgumentParser
import Benchmarking
import Documents
import Glibc
import Optimization
import Policies

/// Options of commands that take instance files.
struct InstanceOptions: ParsableArguments {
  @Argument(help: "Instance files.")
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "Seconds of wall time for an instance; without it a limit of work, which is repeatable.",
      valueName: "s"))
  var timeLimit: Double?

  @Option(
    help: ArgumentHelp(
      "Ends the search at this gap between value and bound, such as 0.02.", valueName: "share"))
  var gap = 0.0

  func validate() throws {
    if let timeLimit, !(timeLimit > 0 && timeLimit <= 86_400) {
      throw ValidationError("--time-limit must be above 0 and at most 86400, found \(timeLimit)")
    }
    guard gap >= 0, gap <= 1_000_000 else {
      throw ValidationError("--gap must be from 0 to 1000000, found \(gap)")
    }
  }

  /// How long to pack.
  var packing: PackingOptions {
    var options = PackingOptions()
    options.timeLimit = timeLimit.map { .seconds($0) }
    options.gap = gap
    return options
  }

  /// How long to plan waves.
  var rolling: RollingOptions {
    var options = RollingOptions()
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

  /// From now on Ctrl-C or TERM ends every search with what it has; the second one the program.
  static func listenForInterrupts() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.request()
        signal(number, SIG_DFL)
      }
    }
  }

  /// Ends with the exit code of an interrupted program, if it was interrupted; the answer is out.
  static func endIfInterrupted() {
    if Interruption.isRequested { Glibc.exit(130) }
  }
}

extension Failure {
  /// A solver that is not known or not installed.
  static func missing(_ solver: ComparedSolver) -> Failure {
    Failure(
      .unavailable, code: "E0402", "the solver \(solver.name) is not installed",
      help: "put the program `\(solver.name)` into a folder of PATH, or leave --solver out")
  }
}

extension ComparedSolver: ExpressibleByArgument {
  /// The solver with a name.
  public init?(argument: String) { self.init(named: argument) }
  /// The names.
  public static var allValueStrings: [String] { all.map(\.name) }
}
