import CloudModel
import Testing

struct FlavorNameTests {
  private func checker(_ name: String) -> FlavorNameReading {
    FlavorNameReading(name, mode: .checker)
  }

  private func strict(_ name: String) -> FlavorNameReading {
    FlavorNameReading(name, mode: .strict)
  }

  @Test func everyFieldIsRead() throws {
    let flavor = try SCSFlavorName(
      "SCS-16Ti-64.5uo-3x10s_bms_hwv_z4hh_GNa-64h-40h_ib", syntax: .v3, mode: .strict)
    var expected = SCSFlavorName(
      cpus: 16, cpuType: .dedicatedThread, ramHalfGibibytes: 129,
      disk: .init(count: 3, gigabytes: 10, medium: .solidState))
    expected.cpuInsecure = true
    expected.ramNoECC = true
    expected.ramOversubscribed = true
    expected.hypervisor = .bareMetal
    expected.nestedVirtualization = true
    expected.architecture = .init(vendor: .amd, generation: 4, clockGrade: 2)
    var gpu = SCSFlavorName.GPU(access: .passthrough, vendor: .nvidia)
    gpu.generation = "a"
    gpu.units = 64
    gpu.unitsGrade = 1
    gpu.memoryGibibytes = 40
    gpu.memoryHighBandwidth = true
    expected.gpu = gpu
    expected.infiniband = true
    #expect(flavor == expected)
    #expect(flavor.canonical(.v1) == "SCS-16Ti:64.5uo:3x10s-bms-hwv-z4hh-GNa:64h:40h-ib")
    #expect(flavor.short(.v3) == "SCS-16Ti-64.5uo-3x10s_GNa-64-40_ib")
  }

  // Where the checker reads numbers as Python does, the text is silent and our strict grammar
  // wants the one canonical way of writing.
  @Test(arguments: [
    ("SCS-02V-8-20", "SCS-2V-8-20"), ("SCS-2V-008-20", "SCS-2V-8-20"),
    ("SCS-2V-8-020n", "SCS-2V-8-20n"), ("SCS-2V-8-02x10", "SCS-2V-8-2x10"),
    ("SCS-2V-4.-20", "SCS-2V-4-20"), ("SCS-2V-.5", "SCS-2V-0.5"), ("SCS-2V-1.500", "SCS-2V-1.5"),
    ("SCS-2V-00.50", "SCS-2V-0.5"), ("SCS-2V-4-x10", "SCS-2V-4-10"), ("SCS-2V-4-x", "SCS-2V-4-"),
    ("SCS-2V-4-20_i03", "SCS-2V-4-20_i3"), ("SCS-2V-4_GNa-064", "SCS-2V-4_GNa-64"),
    ("SCS-2V-4_GNah", "SCS-2V-4_GNah"), ("SCS-2V-4_GNhh", "SCS-2V-4_GNhh"),
    ("SCS-2V:4.:020", "SCS-2V-4-20"), ("SCS-2V:4-GNh-ib", "SCS-2V-4_GNh_ib"),
  ])
  func checkerNormalizes(_ name: String, _ canonical: String) {
    #expect(checker(name).flavor?.canonical(.v3) == canonical)
    #expect(strict(name).flavor == nil)
  }

  @Test(arguments: [
    // Ten disks of unstated size, three local SSD: the grammar has them, only examples are gone.
    ("SCS-2C-4-10x", "SCS-2C-4-10x"), ("SCS-2C:4:3xs", "SCS-2C-4-3xs"),
    // A count of one and the generation 0 are not written out.
    ("SCS-2C-4-1x20n", "SCS-2C-4-20n"), ("SCS-2C-4-1xn", "SCS-2C-4-n"),
    ("SCS-2C-4-20_i0", "SCS-2C-4-20_i"), ("SCS-2C-4-20_r0h", "SCS-2C-4-20_rh"),
    ("SCS-2C:4-z0hh", "SCS-2C-4_zhh"),
    // `i` alone before `ib` is Intel, not part of it.
    ("SCS-2C-4_i_ib", "SCS-2C-4_i_ib"), ("SCS-2C:4-i-ib", "SCS-2C-4_i_ib"),
    ("SCS-2C-4_GA0.5", "SCS-2C-4_GA0.5"), ("SCS-2C:4-gI0.95:12", "SCS-2C-4_gI0.95-12"),
    ("SCS-2C-4_GA5.1-20hh-16h", "SCS-2C-4_GA5.1-20hh-16h"),
  ])
  func bothModesRead(_ name: String, _ canonical: String) {
    #expect(checker(name).flavor?.canonical(.v3) == canonical)
    #expect(strict(name).flavor?.canonical(.v3) == canonical)
    #expect(checker(name).syntax == (name.contains(":") ? .v1 : .v3))
  }

  @Test(arguments: [
    ("SCS-16T-64_GNa_ib", "'a_ib'"), ("SCS-16T-64_GN_ib", "'_ib'"),
    ("SCS-16T:64-GA1.1-ib", "'1.1-ib'"), ("SCS-16T:64-gN-ib", "'-ib'"),
  ])
  func checkerSwallowsWhatFollowsAGPUWithoutUnits(_ name: String, _ rest: String) {
    #expect(checker(name).error?.code == "bad-gen")
    #expect(checker(name).error?.rest == rest)
    #expect(strict(name).flavor?.infiniband == true)
    #expect(strict(name).flavor?.gpu?.units == nil)
  }

  @Test(arguments: [
    ("SCS-", "main-part", ""), ("SCS-2V", "main-part", ""), ("SCS-2V_4", "main-part", ""),
    ("SCS- 2V-4", "main-part", ""), ("SCS-2Vi:", "bad-ram-number", "''"),
    ("SCS-2V-.", "bad-ram-number", "'.'"), ("SCS-2V-1.5.2", "bad-ram-number", "'1.5.2'"),
    ("SCS-00V-4", "bad-cpus", "0"), ("SCS-2V-0.0", "bad-ram", "0.0"),
    ("SCS-2V-4.75-20", "bad-ram", "4.75"), ("SCS-2V-4-00", "bad-disksize", "0"),
    ("SCS-2V-4-0x", "bad-nrdisks", "0"), ("SCS-2V-4 ", "extra-characters", " "),
    ("SCS-2V-4-20-", "extra-characters", "-"), ("SCS-2V-4-20_ib_ib", "extra-characters", "_ib"),
    ("SCS-2V-4-20_z3_kvm", "extra-characters", "_kvm"),
    ("SCS-2V-4-20_i3x", "extra-characters", "_i3x"), ("SCS-2V-4-20_z7", "bad-cpugen", "7"),
    ("SCS-2V:4:20-r1", "bad-cpugen", "1"), ("SCS-2V-4-20_i10", "bad-cpugen", "10"),
    ("SCS-2V-4_GNy-1", "bad-gen", "'y'"), ("SCS-2V-4_GAa-1", "bad-gen", "'a'"),
    ("SCS-2V-4_GA0.6", "bad-gen", "'0.6'"), ("SCS-2V-4_GI5", "bad-gen", "'5'"),
    ("SCS-2V-4_GNa-8-0", "bad-vram", "0"), ("SCS-2V-4_GNa-8hhh", "bad-perf", "'hhh'"),
    ("SCS-2V-4_GNa-", "extra-characters", "-"), ("SCS-2V-4V", "extra-characters", "V"),
    ("SCS-2V-4-5\u{308}", "extra-characters", "\u{308}"),
  ])
  func bothModesReject(_ name: String, _ code: String, _ rest: String) {
    for reading in [checker(name), strict(name)] {
      #expect(reading.error?.code == code, "\(name)")
      #expect(reading.error?.rest == rest, "\(name)")
      #expect(reading.verdict == .rejected)
    }
  }

  /// The colon syntax ended with scs-0100-v1; what came later has no place in it by the text.
  @Test(arguments: [
    "SCS-2C:4-i4", "SCS-2C:4-z5", "SCS-2C:4-a4", "SCS-2C:4-GNa:14:6", "SCS-2C:4-GNa:14h:6h",
  ])
  func oldTextEndsEarlier(_ name: String) {
    #expect(checker(name).syntax == .v1)
    #expect(strict(name).flavor == nil)
  }

  @Test func theMisprintedExampleIsValidByTheTextAlone() {
    for name in ["SCS-2C-4-n_bms_3", "SCS-2C:4:n-bms-3"] {
      #expect(strict(name).flavor?.hypervisor == .bareMetal)
      #expect(strict(name).flavor?.diskKind == .network)
      #expect(checker(name).flavor == nil)
    }
    #expect(strict("SCS-2C-4-s_bms_3").flavor == nil)
  }

  @Test(arguments: ["", "scs-2V-4", " SCS-2V-4", "SCS_2V-4", "SCS", "m1.tiny", "SCS–2V-4"])
  func otherNamesAreIgnored(_ name: String) {
    #expect(checker(name).verdict == .ignored)
    #expect(strict(name).error == .notSCS)
  }

  @Test func hugeNumbersAreErrors() {
    let huge = "999999999999999999999999"
    let million = String(repeating: "1", count: 1_000_000)
    for digits in [huge, "2147483648", million] {
      for (name, code) in [
        ("SCS-\(digits)V-4", "bad-cpus"), ("SCS-2V-\(digits)", "bad-ram"),
        ("SCS-2V-4-\(digits)", "bad-disksize"), ("SCS-2V-4-\(digits)x", "bad-nrdisks"),
        ("SCS-2V-4_i\(digits)", "bad-cpugen"), ("SCS-2V-4_GNa-\(digits)", "bad-cu"),
        ("SCS-2V-4_GNa-1-\(digits)", "bad-vram"), ("SCS-2V:4:\(digits)", "bad-disksize"),
      ] {
        #expect(checker(name).error?.code == code)
        #expect(strict(name).error?.code == code)
      }
    }
    #expect(checker("SCS-2V-4-10001x").error?.code == "bad-nrdisks")
    #expect(checker("SCS-2V-4-10000x1073741824p").flavor?.totalDiskGigabytes == 10_737_418_240_000)
    #expect(checker("SCS-2V-1073741824").flavor?.memory == .gibibytes(1 << 30))
  }

  @Test func hugeNamesAreErrors() {
    for filler in ["h", "0", ".", "-", "_ib", "x", "é", "\0"] {
      let long = String(repeating: filler, count: 1_000_000)
      for name in ["SCS-" + long, "SCS-2V-" + long, "SCS-2V-4_z" + long, "SCS-2V-4_GN" + long] {
        #expect(checker(name).flavor == nil)
        #expect(strict(name).flavor == nil)
      }
    }
  }

  @Test func shortNamesKeepThePoolOnly() {
    #expect(strict("SCS-2C-4-10n_xen_hwv_i4hhh").flavor?.short(.v3) == "SCS-2C-4-10n")
    #expect(strict("SCS-2C-4_a3hh_ib").flavor?.short(.v1) == "SCS-2C:4-a-ib")
    #expect(strict("SCS-2C-4_r").flavor?.specNames == ["SCS-2C:4-r", "SCS-2C-4_r"])
  }

  @Test func cloudHypervisorIsNewOnly() {
    #expect(strict("SCS-2C-4_chy").flavor?.hypervisor == .cloudHypervisor)
    #expect(checker("SCS-2C:4-chy").error == .extraCharacters(rest: "-chy"))
  }

  @Test func promisesAreLowerBounds() {
    let plain = strict("SCS-2V-8").flavor
    #expect(plain?.diskKind == SCSFlavorName.DiskKind.none)
    #expect(plain?.totalDiskGigabytes == 0)
    #expect(plain?.expectsLiveMigration == true)
    #expect(plain?.instructionSet == .x86)
    #expect(plain?.needsPinnedCPUs == false)
    #expect(plain?.memory == .gibibytes(8))
    let unstated = strict("SCS-2V-8-20").flavor
    #expect(unstated?.diskKind == .unstated)
    #expect(unstated?.expectsLiveMigration == false)
    let metal = strict("SCS-8Ci-64.5uo-2x100p_bms_a2hh_gNa-8_ib").flavor
    #expect(metal?.diskKind == .local(.nvme))
    #expect(metal?.totalDiskGigabytes == 200)
    #expect(metal?.needsBareMetal == true)
    #expect(metal?.needsSecureCPU == false)
    #expect(metal?.needsECC == false)
    #expect(metal?.allowsMemoryOversubscription == true)
    #expect(metal?.gpuAccess == .virtual)
    #expect(metal?.instructionSet == .arm)
    #expect(metal?.clockAboveMegahertz == 3250)
    #expect(metal?.memory == .mebibytes(66_048))
    #expect(strict("SCS-2V-8-n_bms").flavor?.expectsLiveMigration == false)
  }

  @Test func fieldsKeepTheirOrderAndKinds() {
    let valid = checker("SCS-2V-3.5-n_GA3.1-8").fields
    #expect(valid.map(\.key).prefix(4) == ["name", "valid", "syntax", "cpus"])
    #expect(valid.last?.key == "short_v3")
    let byKey = Dictionary(uniqueKeysWithValues: valid.map { ($0.key, $0.value) })
    #expect(byKey["valid"] == .integer(1))
    #expect(byKey["syntax"] == .text("v3"))
    #expect(byKey["ram_gib"] == .decimal("3.5"))
    #expect(byKey["disk_gb"] == .null)
    #expect(byKey["disk_count"] == .integer(1))
    #expect(byKey["gpu_gen"] == .text("3.1"))
    #expect(byKey["ib"] == .integer(0))
    let invalid = checker("SCS-2X-4").fields
    #expect(invalid.map(\.key) == valid.map(\.key))
    #expect(invalid[1].value == .integer(0))
    #expect(invalid.dropFirst(2).allSatisfy { $0.value == .null })
  }
}
