import ArgumentParser
import Foundation
import Glibc
import Optimization
import Scenarios

/// The entry of the program: parses, runs, and turns every error into one message and exit code.
@main
struct Berth: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "berth",
    abstract: "Plans how the VMs of a cloud are placed and moved, and says what blocks it.",
    discussion: """
      Does a maintenance fit its window? Which constraint is to blame if not? Berth reads a \
      cloud, solves, simulates, and answers with a plan, a bound and the reason. It never changes \
      a cloud.

      EXAMPLES
        berth plan evacuate cloud.json --hosts node-1,node-2 --window 60min
        berth collect openstack --capture answers --out cloud.json
      """,
    version: Versions.text,
    subcommands: [
      InitCommand.self, CheckCommand.self, SchemaCommand.self, CollectCommand.self,
      RunCommand.self, PlanCommand.self, FlavorCommand.self, PoliciesCommand.self,
      CapacityCommand.self, AvailabilityCommand.self, CompareCommand.self, MigrationCommand.self,
      CalibrateCommand.self,
      ValidateCommand.self,
      SolveCommand.self,
      BenchCommand.self,
      DoctorCommand.self,
    ])

  static func main() async {
    // A reader that closes the pipe early, such as `head`, is no error of ours.
    signal(SIGPIPE, SIG_IGN)
    var command: any ParsableCommand
    do {
      command = try parseAsRoot(arguments)
    } catch {
      end(error)
    }
    do {
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      report(failure, for: command)
    } catch let error as ScenarioError {
      report(Failure(error), for: command)
    } catch {
      exit(withError: error)
    }
  }

  /// The arguments; a noun whose default subcommand would miss its file prints its help, as others do.
  private static var arguments: [String] {
    let arguments = Array(CommandLine.arguments.dropFirst())
    return arguments == ["availability"] ? arguments + ["--help"] : arguments
  }

  private static func report(_ failure: Failure, for command: any ParsableCommand) -> Never {
    let format = (command as? any Speaking)?.messages.errorFormat ?? .text
    report(failure, format)
  }

  private static func report(_ failure: Failure, _ format: ErrorFormat) -> Never {
    Console.report(format == .json ? failure.jsonLines : failure.text)
    Glibc.exit(failure.status.rawValue)
  }

  /// Ends on what the argument parser throws: help, versions, or options that it does not take.
  private static func end(_ error: any Error) -> Never {
    guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
    let usage = fullMessage(for: error).split(separator: "\n").first { $0.hasPrefix("Usage: ") }
    let problem = Failure(
      .usage, code: "E0001",
      message(for: error).split(separator: "\n").joined(separator: " "),
      help: usage.map { "usage: " + $0.dropFirst("Usage: ".count) } ?? "see `berth --help`")
    report(problem, isJSONWanted ? .json : .text)
  }

  /// Whether errors are to be written as JSON, known before the options are understood.
  private static var isJSONWanted: Bool {
    let arguments = CommandLine.arguments
    return arguments.contains("--error-format=json")
      || zip(arguments, arguments.dropFirst()).contains { $0 == ("--error-format", "json") }
  }
}

/// A command with the options about messages.
protocol Speaking {
  var messages: MessageOptions { get }
}

/// The versions that decide what the program answers.
enum Versions {
  /// Program, compiler and libraries.
  static var text: String {
    "\(Program.nameAndVersion) (Swift \(compiler), GLPK \(SolverLibrary.version))"
  }

  /// The version of the compiler, as far as the language can ask for it.
  static var compiler: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }
}
