/// A public data set that can be converted.
package struct Dataset: Sendable {
  /// Where a file of its origin is fetched, and what it must be.
  package struct Source: Sendable {
    /// The address, pinned to a version where the origin has versions.
    package var address: String
    /// SHA-256; nil where the address answers with what is current.
    package var sha256: String?
    /// Bytes; nil where the address answers with what is current.
    package var bytes: Int?
  }

  /// A table of the set.
  package struct Table: Sendable {
    /// What the file is when it is whole and unchanged.
    package var file: DatasetFile
    /// Whether the set cannot be used without it.
    package var isNeeded: Bool
  }

  /// The name on the command line.
  package var name: String
  /// What it is, in a few words.
  package var title: String
  /// Who published it, with the version.
  package var origin: String
  /// Its licence.
  package var licence: String
  /// Where its origin's files are.
  package var sources: [Source]
  /// Its tables.
  package var files: [Table]
}

/// The data sets that can be converted.
package enum DatasetCatalog {
  /// All, by name.
  package static let all = [alibabaGPU2023, azureVM2017, chameleonInventory, solvinityTopology]

  /// The set of a name, or nil.
  package static func named(_ name: String) -> Dataset? { all.first { $0.name == name } }

  /// Nodes and tasks of a GPU cluster.
  package static let alibabaGPU2023 = Dataset(
    name: "alibaba-gpu-2023", title: "nodes and tasks of a GPU cluster",
    origin: "GitHub alibaba/clusterdata, commit \(clusterdata), cluster-trace-gpu-v2023/csv",
    licence: "not stated for this folder; public with attribution (Weng et al., USENIX ATC 2023)",
    sources: [
      source(
        "\(alibaba)/openb_node_list_all_node.csv",
        "5a85c2af79c66a1efff8bbcbda430400aae56d8431370d738480967e1a9c6b15", 52287),
      source(
        "\(alibaba)/openb_pod_list_default.csv",
        "1ee7ed79c27a3b0861cda8ddba86a004c6aba904caafa329a76ae93ca63834a8", 575_468),
      source(
        "\(alibaba)/openb_pod_list_gpuspec33.csv",
        "eca4f746db1e5b25864ad021b55ece3943e101a3ebd4574d09dcb95c46117652", 587_467),
    ],
    files: [
      table(
        AlibabaTables.nodesFile,
        "07be06c331259d33c0429cabe8dd7c9c06d2b923565c0eec216a09c1ff940ff5", 4585),
      table(
        AlibabaTables.Variant.standard.file,
        "8ad9d27be2c28153220057111b636bb3238b3c6325e1dabed91654d630cb42a7", 111_813,
        isNeeded: false),
      table(
        AlibabaTables.Variant.gpuspec33.file,
        "6735b4b0a136ef7f1fcac4ea8d36d76a05384bab4061a7f25cf5b6d607605bae", 116_795,
        isNeeded: false),
    ])

  /// A week of VM requests of one region.
  package static let azureVM2017 = Dataset(
    name: "azure-vm-2017", title: "VM requests of one Azure region with lifetimes",
    origin: "GitHub huaweicloud/trace_generation_rnn, commit \(generation), resources; made of "
      + "the Azure public dataset V1 (Cortez et al., SOSP 2017)",
    licence: "CC BY 4.0",
    sources: [
      source(
        "\(azure)/traces/v1.train.txt",
        "9c2f66e4d003f7a60db7c6ca63f4af8ef553922339a10cda848498d92f0e8d64", 3_079_978),
      source(
        "\(azure)/traces/v1.test.txt",
        "2f0fcc2d12b76c54e58d222caa90547dd76033f3a97b032694e403ee81d4f815", 999_548),
      source(
        "\(azure)/traces/v1.test.c2591400.txt",
        "0f277857eb4240e9137429fd0bec9ed5355061d157492cb8061fb3e189ead963", 1_570_350),
      source(
        "\(azure)/maps/flav_map.txt",
        "2b7ae5498471022e4bb0d62b148cbde01d5704a5fef482096ad780e17cbb0902", 115),
      source(
        "\(azure)/maps/v1.interval_map.txt",
        "404436c751ac5a345092b8b5c9cb91ca99ae013c675fd932cfb7fc633eb9579d", 59653),
    ],
    files: [
      table(
        AzureTables.File.vms,
        "1f1403dd5de548ded1c322ebd157d145294716469dc161b5953c8e7b5ac02771", 597_214),
      table(
        AzureTables.File.arrivals,
        "44a4913b94b6293b9c2d46a05888b4e377af5d77aa882100b01900739e1d25c6", 1_076_405,
        isNeeded: false),
      table(
        AzureTables.File.flavors,
        "2b487e66b6e0534d83da0970692a1e2300c9cecb322687202b27eee9d9d0e509", 139),
      table(
        AzureTables.File.bins,
        "4b3a11c6ba4b9629faa13c08171d7cb73db78356504219bbfd1d4334abf06bcd", 675),
    ])

  /// Hosts of a research cloud.
  package static let chameleonInventory = Dataset(
    name: "chameleon-inventory", title: "bare-metal nodes of a research cloud, with devices",
    origin: "GitHub ChameleonCloud/reference-repository, commit "
      + "5da059049fb24a6d76435e52538ee1cb47a0545f, data/chameleoncloud/sites",
    licence: "none stated",
    sources: [Dataset.Source(address: "https://api.chameleoncloud.org/sites")],
    files: [
      table(
        ChameleonTable.fileName,
        "cadd83a6fa3135377e8712ecb1a8768829f8e501883a378c3096c654de87d5ff", 37720)
    ])

  /// Hosts of a provider.
  package static let solvinityTopology = Dataset(
    name: "solvinity-topology", title: "hosts of a provider in two data centres",
    origin: "GitHub atlarge-research/opendc, commit \(opendc), opendc-experiments",
    licence: "MIT",
    sources: [
      source(
        "https://raw.githubusercontent.com/atlarge-research/opendc/\(opendc)/opendc-experiments/"
          + "opendc-experiments-base/src/jmh/resources/topologies/workloadScaling/solvinity.json",
        "a9d860715251f7fee687940682a099dc63cfe6304f5f729d6fd26e49530e7494", 44688)
    ],
    files: [
      table(
        SolvinityTable.fileName,
        "00abd63619d81856e69af00956ae23a23cd34dfef871aeeba107ab57ea872beb", 2762)
    ])

  private static let clusterdata = "7a6c496e4f4b6ce6150be8f881cb051bf2abff42"
  private static let generation = "fa856db037539396ae5dbc71f5a255f74c888443"
  private static let opendc = "691036deb92b9e236d1a33c6f3066f98a96ba0e6"
  private static let alibaba =
    "https://raw.githubusercontent.com/alibaba/clusterdata/\(clusterdata)/"
    + "cluster-trace-gpu-v2023/csv"
  private static let azure =
    "https://raw.githubusercontent.com/huaweicloud/trace_generation_rnn/\(generation)/resources"

  private static func source(_ address: String, _ sha256: String, _ bytes: Int) -> Dataset.Source {
    Dataset.Source(address: address, sha256: sha256, bytes: bytes)
  }

  private static func table(
    _ name: String, _ sha256: String, _ bytes: Int, isNeeded: Bool = true
  ) -> Dataset.Table {
    Dataset.Table(
      file: DatasetFile(name, sha256: sha256, bytes: bytes), isNeeded: isNeeded)
  }
}

extension Dataset {
  /// What of the files that were read is not as published, in sentences.
  ///
  /// A file that differs is still used: other parts of the same recording have other hashes.
  package func differences(of files: [DatasetFile]) -> [String] {
    files.compactMap { found in
      guard let expected = published(found.name), expected != found.sha256 else { return nil }
      return "\(found.name) differs from the published one: its SHA-256 is \(found.sha256), "
        + "expected \(expected)"
    }
  }

  /// The SHA-256 of a table, or of the origin's file of that name.
  private func published(_ name: String) -> String? {
    files.first { $0.file.name == name }?.file.sha256
      ?? sources.first { $0.address.hasSuffix("/\(name)") }?.sha256
  }
}
