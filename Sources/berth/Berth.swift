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
      ValidateCommand.self, BenchCommand.self, DoctorCommand.self,
    ])

  static func main() async {
    // A reader that closes the pipe early, such as `head`, is no error of ours.
    signal(SIGPIPE, SIG_IGN)
    var command: any ParsableCommand
    do {
      command = try parseAsRoot()
    } catch {
      exit(withError: error)
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

  private static func report(_ failure: Failure, for command: any ParsableCommand) -> Never {
    let format = (command as? any Speaking)?.messages.errorFormat ?? .text
    let text = format == .json ? failure.jsonLines : failure.text
    FileHandle.standardError.write(Data(text.utf8))
    Glibc.exit(failure.status.rawValue)
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
