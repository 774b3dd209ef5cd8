import CloudModel
import Documents
import Migration

/// What the section `migration` says, held against the cloud.
struct MigrationCheck {
  let record: MigrationRecord
  let cloud: Cloud

  func check(_ reading: inout Reading) {
    checkHosts(record.networkCards, "network_cards", &reading)
    checkHosts(record.background, "background", &reading)
    checkGuests(record.loads.map(\.selector), "loads", &reading)
    checkGuests(record.handling.map(\.selector), "handling", &reading)
    checkPause(&reading)
  }

  private func checkHosts(_ rates: [HostRateRecord], _ key: String, _ reading: inout Reading) {
    for (index, rate) in rates.enumerated() {
      let isKnown = (0..<cloud.hosts.count).contains { host in
        rate.hosts.contains { VMSelector.wildcard($0, matches: cloud.hosts.names[host]) }
      }
      guard !isKnown else { continue }
      report(
        .unknownReference, "no host of the cloud matches \(rate.hosts.joined(separator: ", "))",
        key, index, "name hosts of the cloud; `*` stands for any letters", &reading)
    }
  }

  /// A rule that means nobody is mostly a misspelt name; it changes nothing and stops nothing.
  private func checkGuests(_ selectors: [VMSelector], _ key: String, _ reading: inout Reading) {
    for (index, selector) in selectors.enumerated() {
      let isUsed = (0..<cloud.vms.count).contains { selector.matches($0, in: cloud) }
      guard !isUsed else { continue }
      report(
        .unused, "no VM of the cloud meets these conditions", key, index,
        "name VMs, flavors, images, projects or tags of the cloud; `*` stands for any letters",
        &reading)
    }
  }

  private func report(
    _ code: DiagnosticCode, _ words: String, _ key: String, _ index: Int, _ help: String,
    _ reading: inout Reading
  ) {
    reading.within(.key(key)) { (reading: inout Reading) in
      reading.within(.index(index)) { (reading: inout Reading) in
        reading.report(code, "\(reading.path): \(words)", at: .none, help: help)
      }
    }
  }

  /// A first step of the pause in which more is sent than the largest VM has leaves nothing to copy
  /// in rounds: mostly a wrong unit. Only what the file itself says is held against it.
  private func checkPause(_ reading: inout Reading) {
    let parameters = record.parameters
    guard record.values["downtime"] != nil, cloud.vms.count > 0 else { return }
    let largest = (0..<cloud.vms.count).map { cloud.vms.demand[$0].memoryMiB }.max() ?? 0
    let first = parameters.downtime.value / parameters.downtimeSteps.value
    let sent = first * parameters.streams.rate
    guard sent > Double(largest), parameters.downtime.value > 10 else { return }
    reading.within(.key("downtime")) { reading in
      reading.report(
        .contradiction,
        "\(reading.path) allows a first pause in which \(Int(sent)) MiB are sent, more than the "
          + "\(largest) MiB of the largest VM", at: .none,
        help: "write a shorter pause, such as 500 ms; see its unit")
    }
  }
}
