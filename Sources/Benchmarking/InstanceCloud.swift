package import Documents

/// An evacuation instance as a cloud file, so that whole plans can be made of it.
///
/// Zones, hosts, flavors, VMs, pins and groups are taken over. What an instance says in words of its
/// own becomes words of clouds: the CPU that a VM needs is a trait that its image requires and the
/// classes of hosts have up to their generation; GPUs are passthrough devices; VMs that may be moved
/// cold only, or not at all, carry the tag of their class. Local disks are copied, as the instance
/// moves their VMs like others.
package struct InstanceCloud: Sendable {
  /// The cloud file.
  package let document: Document
  /// The names of the hosts that the instance empties, in order.
  package let drained: [String]
  /// Number of hosts.
  package let hostCount: Int
  /// Number of VMs.
  package let vmCount: Int

  private static let device = "gpu"

  /// The cloud of an instance file.
  ///
  /// **Errors**: as `PlacementInstance(json:)`.
  package init(json: [UInt8]) throws(PlacementInstanceError) {
    let file = try PlacementInstanceFile.parse(json)
    guard file.problem == "evacuation" else { throw .otherProblem(found: file.problem) }
    _ = try PlacementInstance(file)
    let needs = Set(file.vms.map(\.cpuNeed)).subtracting(["any"]).sorted()
    let groups = Set(file.vms.map(\.group)).filter { $0 >= 0 }.sorted()
    let width = String(max(0, file.hosts.count - 1)).count
    let hosts = file.hosts.indices.map { "h" + Self.padded($0, width) }
    drained = zip(hosts, file.hosts).filter { $0.1.drain == 1 }.map(\.0)
    hostCount = file.hosts.count
    vmCount = file.vms.count
    document = [
      "format_version": "1.0", "name": .text(file.name),
      "source": .text("placement instance \(file.name)"),
      "zones": .items(
        Set(file.hosts.map(\.zone)).sorted().map { ["name": .text(Self.zone($0))] }),
      "host_classes": .items(file.hostClasses.indices.map { Self.hostClass($0, in: file, needs) }),
      "device_types": .items([["name": .text(Self.device)]]),
      "flavors": .items(file.flavors.indices.map { Self.flavor($0, in: file) }),
      "images": .items(needs.map(Self.image)),
      "groups": .items(
        groups.map { ["name": .text(Self.group($0)), "policy": "anti-affinity"] }),
      "hosts": .items(file.hosts.indices.map { Self.host($0, hosts, in: file) }),
      "vms": .items(file.vms.indices.map { Self.vm($0, hosts, in: file) }),
    ]
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func zone(_ number: Int) -> String { "az\(number + 1)" }

  private static func group(_ number: Int) -> String { "apart-\(number)" }

  private static func trait(_ need: String) -> String {
    "CUSTOM_CPU_" + need.uppercased().replacing("-", with: "_")
  }

  private static func flavorName(_ index: Int, in file: PlacementInstanceFile) -> String {
    file.flavors[index].name ?? "flavor-\(index)"
  }

  /// A class has the traits of its vendor up to its own generation.
  private static func hostClass(
    _ index: Int, in file: PlacementInstanceFile, _ needs: [String]
  ) -> Document {
    let hostClass = file.hostClasses[index]
    let met = needs.filter { need in
      let parts = need.split(separator: "-")
      return parts[0] == hostClass.cpuVendor
        && (Int(parts[1]) ?? .max) <= hostClass.cpuGen.value
    }
    return [
      "name": .text("class-\(index)"), "cpu_vendor": .text(hostClass.cpuVendor),
      "traits": .items(met.map { .text(trait($0)) }),
    ]
  }

  private static func image(_ need: String) -> Document {
    [
      "id": .text(need), "name": .text("needs \(need)"),
      "properties": .fields([("trait:\(trait(need))", "required")]),
    ]
  }

  private static func flavor(_ index: Int, in file: PlacementInstanceFile) -> Document {
    let flavor = file.flavors[index]
    var fields: [(String, Document)] = [
      ("name", .text(flavorName(index, in: file))), ("vcpus", Document(flavor.vcpu.value)),
      ("memory", .text("\(flavor.ramGiB.value) GiB")),
      ("disk", .text("\(flavor.diskGiB.value) GiB")),
    ]
    if flavor.gpu.value > 0 {
      fields.append(
        ("devices", .items([["type": .text(device), "count": Document(flavor.gpu.value)]])))
    }
    // Devices keep a limit of their own; without one the provider moves what it has to copy.
    fields.append(
      ("extra_specs", .fields([("scs:migration-max", flavor.gpu.value > 0 ? "cold" : "live")])))
    return .fields(fields)
  }

  private static func host(
    _ index: Int, _ names: [String], in file: PlacementInstanceFile
  ) -> Document {
    let host = file.hosts[index]
    var fields: [(String, Document)] = [
      ("name", .text(names[index])), ("zone", .text(zone(host.zone))),
      ("class", .text("class-\(host.hostClass)")), ("vcpus", Document(host.capacity[0])),
      ("memory", .text("\(host.capacity[1]) GiB")), ("disk", .text("\(host.capacity[2]) GiB")),
    ]
    if host.capacity[3] > 0 {
      fields.append(
        ("devices", .items([["type": .text(device), "count": Document(host.capacity[3])]])))
    }
    return .fields(fields)
  }

  private static func vm(
    _ index: Int, _ hosts: [String], in file: PlacementInstanceFile
  ) -> Document {
    let vm = file.vms[index]
    let width = String(max(0, file.vms.count - 1)).count
    var fields: [(String, Document)] = [
      ("name", .text("v" + padded(index, width))),
      ("flavor", .text(flavorName(vm.flavor, in: file))),
      ("host", .text(hosts[vm.host])),
    ]
    if vm.cpuNeed != "any" { fields.append(("image", .text(vm.cpuNeed))) }
    if vm.zonePinned == 1 {
      fields.append(("pinned_zone", .text(zone(file.hosts[vm.host].zone))))
    }
    if vm.group >= 0 { fields.append(("group", .text(group(vm.group)))) }
    if vm.policy != "live" {
      fields.append(("tags", .items([.text("scs:migration=\(vm.policy)")])))
    }
    return .fields(fields)
  }
}
