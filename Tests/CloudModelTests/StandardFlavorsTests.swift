import CloudModel
import Testing

struct StandardFlavorsTests {
  @Test func countsFollowTheDocuments() {
    let counts = StandardFlavors.allCases.map { version in
      StandardFlavor.Status.allCases.map { status in
        version.flavors.filter { $0.status == status }.count
      }
    }
    #expect(counts == [[26, 0], [26, 0], [15, 13], [15, 13], [15, 16]])
  }

  @Test func namesAreValidInBothSyntaxes() throws {
    for version in StandardFlavors.allCases {
      for flavor in version.flavors {
        for syntax in SCSFlavorName.Syntax.allCases {
          let text = flavor.name.canonical(syntax)
          #expect(try SCSFlavorName(text, syntax: syntax, mode: .strict) == flavor.name)
        }
        #expect(flavor.name.shortened == flavor.name)
      }
      #expect(Set(version.flavors.map(\.name)).count == version.flavors.count)
    }
  }

  @Test func theListInForceHasItsLandmarks() {
    let flavors = StandardFlavors.current.flavors
    func names(_ status: StandardFlavor.Status, _ disk: String?) -> [String] {
      flavors.filter { $0.status == status && $0.diskTypeInText == disk }
        .map { $0.name.canonical(.v3) }
    }
    #expect(names(.mandatory, "ssd") == ["SCS-2V-4-20s", "SCS-4V-16-100s"])
    #expect(names(.recommended, nil) == ["SCS-16V-64", "SCS-8V-64", "SCS-16V-128"])
    #expect(
      names(.recommended, "any") == [
        "SCS-1V-4-10", "SCS-2V-8-20", "SCS-4V-16-50", "SCS-8V-32-100", "SCS-1V-2-5",
        "SCS-2V-4-10", "SCS-4V-8-20", "SCS-8V-16-50", "SCS-16V-32-100", "SCS-1V-8-20",
        "SCS-2V-16-50", "SCS-4V-32-100", "SCS-1L-1-5",
      ])
    #expect(names(.mandatory, nil).count == 13)
    // A host with 16 threads and 64 GiB can offer every mandatory flavor.
    let mandatory = flavors.filter { $0.status == .mandatory }
    #expect(mandatory.allSatisfy { $0.vcpus <= 16 && $0.ramMebibytes <= 64 * 1024 })
  }

  @Test(.enabled(if: FlavorNameVectors.areAvailable, "the SCS test vectors are not at hand"))
  func listsAgreeRowByRow() {
    let expected = FlavorNameVectors.rows(of: "mandatory.csv")
    let ours = StandardFlavors.allCases.flatMap { version in
      version.flavors.map { Self.row(of: $0, in: version) }
    }
    #expect(expected.count == 139)
    #expect(ours.count == expected.count)
    for (our, row) in zip(ours, expected) {
      #expect(our == row)
    }
  }

  private static func row(
    of flavor: StandardFlavor, in version: StandardFlavors
  ) -> [String: String] {
    [
      "document": version.document, "version": version.version, "since": version.since,
      "status": flavor.status.rawValue, "name_v1": flavor.name.canonical(.v1),
      "name_v2": flavor.name.canonical(.v3), "vcpus": "\(flavor.vcpus)",
      "cpu_type": flavor.name.cpuType.rawValue, "ram_mib": "\(flavor.ramMebibytes)",
      "disk_gb": "\(flavor.diskGigabytes)", "disk_type_text": flavor.diskTypeInText ?? "",
      "spec_cpu_type": flavor.name.specCPUType,
      "spec_disk0_type": flavor.name.specDiskTypes.first ?? "",
    ]
  }
}
