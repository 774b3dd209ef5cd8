/// What flavor and image of a VM demand of its host, apart from room.
package struct Requirement: Sendable, Hashable {
  /// Indices of traits the host must have, ascending.
  package var required: [Int] = []
  /// Indices of traits the host must not have, ascending.
  package var forbidden: [Int] = []
  /// The image's architecture, or empty.
  package var architecture = ""
  /// The image's hypervisor in lower case, or empty.
  package var hypervisor = ""
  /// Metadata that one of the host's aggregates must have.
  package var aggregateSpecs = Properties()
  /// Attributes that the host must have, by path, such as `cpu_info:model`.
  package var capabilities = Properties()

  /// The requirement of a VM, from the extra specs of its flavor and the properties of its image.
  ///
  /// **Source**: Nova's request filters (`trait:X`), ImagePropertiesFilter,
  /// AggregateInstanceExtraSpecsFilter (scope `aggregate_instance_extra_specs:`) and
  /// ComputeCapabilitiesFilter (scope `capabilities:`).
  package init(ofVM vm: Int, in cloud: Cloud, traitIndex: [String: Int]) {
    let flavor = cloud.flavors[cloud.vms.flavor[vm]]
    let image = cloud.vms.image[vm]
    let properties = image < 0 ? Properties() : cloud.images[image].properties
    for entry in flavor.extraSpecs.entries + properties.entries {
      guard entry.key.hasPrefix("trait:"), let trait = traitIndex[String(entry.key.dropFirst(6))]
      else { continue }
      if entry.value == "required" { required.append(trait) }
      if entry.value == "forbidden" { forbidden.append(trait) }
    }
    required = Array(Set(required)).sorted()
    forbidden = Array(Set(forbidden)).sorted()
    architecture = properties["architecture"] ?? ""
    hypervisor = (properties["hypervisor_type"] ?? properties["img_hv_type"] ?? "").lowercased()
    aggregateSpecs = Self.entries(of: flavor, scope: "aggregate_instance_extra_specs:")
    capabilities = Self.entries(of: flavor, scope: "capabilities:")
  }

  private static func entries(of flavor: Flavor, scope: String) -> Properties {
    Properties(
      flavor.extraSpecs.entries.filter { $0.key.hasPrefix(scope) }
        .map { (String($0.key.dropFirst(scope.count)), $0.value) })
  }
}
