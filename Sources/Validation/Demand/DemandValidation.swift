package import Collector

/// The figures of a data set of demand or hosts beside what Berth makes of it: the demand replayed
/// on hosts without end, the hosts as a cloud.
package struct DemandValidation: Sendable {
  /// The name of the data set.
  package let dataset: String
  /// Every figure, in the order of the documentation.
  package let figures: [DemandFigure]
  /// What a reader has to know, as sentences.
  package let notes: [String]

  /// Compares the data set of a folder, which is known by its files.
  ///
  /// **Errors**: `DatasetError` with file and line.
  package init(folder: String, seed: UInt64 = 1) throws(DatasetError) {
    let dataset = try DatasetFolder.dataset(in: folder)
    let files: [DatasetFile]
    switch dataset.name {
    case DatasetCatalog.azureVM2017.name:
      let tables = try AzureTables(folder: folder)
      files = tables.files
      figures = AzureFigures(tables).figures(seed: seed)
    case DatasetCatalog.alibabaGPU2023.name:
      let variant = AlibabaTables.Variant.allCases.first {
        DatasetFolder.found($0.file, in: folder) != nil
      }
      let tables = try AlibabaTables(folder: folder, variant: variant ?? .standard)
      files = tables.files
      figures = AlibabaFigures(tables).figures(seed: seed)
    case DatasetCatalog.chameleonInventory.name:
      let table = try ChameleonTable(folder: folder)
      (files, figures) = (table.files, InventoryFigures.figures(table))
    default:
      let table = try SolvinityTable(folder: folder)
      (files, figures) = (table.files, InventoryFigures.figures(table))
    }
    self.dataset = dataset.name
    notes = dataset.differences(of: files)
  }
}
