import Documents
import Glibc
package import Scenarios

/// A data set turned into what Berth reads: a cloud, a demand, or both.
package struct DatasetConversion: Sendable {
  /// How a set is converted.
  package struct Options: Sendable, Equatable {
    /// Which list of tasks, where a set has several.
    package var variant = AlibabaTables.Variant.standard
    /// Whether tasks come one second apart and stay, instead of by their recorded times.
    package var isStatic = false

    /// The defaults.
    package init() {}
  }

  /// The cloud; nil where the set has no hosts.
  package private(set) var cloud: CloudRecord?
  /// The demand; nil where the set has no requests.
  package private(set) var demand: ConvertedDemand?
  /// What of the files is not as published, in sentences.
  package private(set) var notes: [String]

  /// Converts the set of a folder.
  ///
  /// **Errors**: `DatasetError` with file and line.
  package init(
    _ dataset: Dataset, folder: String, _ options: Options = Options()
  ) throws(DatasetError) {
    let files: [DatasetFile]
    switch dataset.name {
    case DatasetCatalog.azureVM2017.name:
      let tables = try AzureTables(folder: folder)
      (demand, files) = (tables.demand, tables.files)
    case DatasetCatalog.alibabaGPU2023.name:
      let tables = try AlibabaTables(folder: folder, variant: options.variant)
      cloud = tables.cloud
      (demand, files) = (options.isStatic ? tables.staticDemand : tables.demand, tables.files)
    case DatasetCatalog.chameleonInventory.name:
      let table = try ChameleonTable(folder: folder)
      (cloud, files) = (table.cloud, table.files)
    default:
      let table = try SolvinityTable(folder: folder)
      (cloud, files) = (table.cloud, table.files)
    }
    notes = dataset.differences(of: files)
  }

  /// The names of the files that it is written as.
  package var fileNames: [String] {
    (cloud == nil ? [] : [Output.cloud]) + (demand == nil ? [] : [Output.demand, Output.flavors])
  }

  /// Writes its files into a folder, which is made if it is not there.
  ///
  /// **Errors**: `exists` before anything is written, unless `replace`; `unwritable`.
  package func write(to folder: String, replace: Bool) throws(ScenarioError) {
    for name in fileNames where !replace && DatasetFolder.has(name, in: folder) {
      throw .document(.exists(path: "\(folder)/\(name)"))
    }
    if mkdir(folder, 0o777) != 0, errno != EEXIST {
      throw .document(.unwritable(path: folder, code: errno))
    }
    if let cloud {
      let text = CloudKeys.cloud.encode(cloud).json(.indented) + "\n"
      do throws(DocumentError) {
        try AtomicFile.write(text, to: "\(folder)/\(Output.cloud)", replace: replace)
      } catch { throw .document(error) }
    }
    guard let demand else { return }
    try demand.writeRows(to: "\(folder)/\(Output.demand)", replace: replace)
    try DemandFlavorWriter.write(
      demand.flavors, to: "\(folder)/\(Output.flavors)", replace: replace)
  }

  /// Names of the files that are written.
  package enum Output {
    /// The hosts.
    package static let cloud = "cloud.json"
    /// The requests.
    package static let demand = "demand.csv.gz"
    /// What requests ask for.
    package static let flavors = "demand-flavors.csv"
  }
}
