package import Scenarios

extension ConvertedDemand {
  /// Writes the requests as a demand file.
  ///
  /// **Errors**: `ScenarioError.document`; nothing is left of the file then.
  package func writeRows(to path: String, replace: Bool) throws(ScenarioError) {
    var writer = try DemandWriter(path: path, replace: replace)
    for index in 0..<count { try writer.append(row(index)) }
    try writer.commit()
  }

  private func row(_ index: Int) -> DemandRow {
    let (least, greatest) = (leastLives[index], greatestLives[index])
    return DemandRow(
      time: times[index] * Self.second, within: within[index] * Self.second,
      vm: "vm-\(index + 1)", flavor: flavors[Int(flavorIndices[index])].name,
      life: least < 0 ? nil : least * Self.second,
      longestLife: greatest > least ? greatest * Self.second : nil,
      batch: batches.isEmpty ? nil : String(batches[index]))
  }

  /// Microseconds of a second.
  private static let second: Int64 = 1_000_000
}
