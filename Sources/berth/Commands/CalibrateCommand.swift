import ArgumentParser
import Documents
import Reporting
import Validation

/// `berth calibrate`: the numbers of the migration model from measured migrations.
struct CalibrateCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "Fits the migration model to recorded migrations.",
    discussion: """
      The data set is a folder with migrations.csv and evacuations.csv; their columns stand in \
      data/openstack-livemigration-osic/README.md. Each number comes with its 95 % interval. The \
      file is a section `migration` for scenarios, which they name as `migration.parameters`.

      EXAMPLES
        berth calibrate data/openstack-livemigration-osic
        berth calibrate data/openstack-livemigration-osic --out osic.yaml --force -f json
      """)

  @Argument(help: ArgumentHelp("The folder of the data set.", valueName: "dataset"))
  var dataset: String

  @Option(help: ArgumentHelp("Writes a file of parameters for scenarios.", valueName: "file"))
  var out: String?

  @Flag(help: "May replace the file named by --out.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let calibration: MigrationCalibration
    do {
      calibration = try MigrationCalibration(folder: dataset)
    } catch {
      throw Failure(error)
    }
    let shown = try output.rendered(
      CalibrationTables.document(of: calibration), text: CalibrationTables.text(of: calibration),
      rows: CalibrationTables.rows(of: calibration.parameters))
    if let out { try write(calibration, to: out) }
    try Console.write(shown)
  }

  private func write(_ calibration: MigrationCalibration, to path: String) throws {
    do {
      try AtomicFile.write(calibration.yaml, to: path, replace: force)
    } catch {
      throw Failure(writing: error)
    }
    messages.note("parameters written to \(path)")
  }
}
