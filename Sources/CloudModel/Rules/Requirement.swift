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

  /// The requirement of a VM, from the extra specs of its flavor and the properties of its image.
  ///
  /// **Source**: Nova's request filters (`trait:X`), ImagePropertiesFilter and
  /// AggregateInstanceExtraSpecsFilter (scope `aggregate_instance_extra_specs:`).
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
    let scope = "aggregate_instance_extra_specs:"
    for entry in flavor.extraSpecs.entries where entry.key.hasPrefix(scope) {
      aggregateSpecs[String(entry.key.dropFirst(scope.count))] = entry.value
    }
  }
}
