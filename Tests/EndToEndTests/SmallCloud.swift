/// A cloud of two hosts in which one thing after another is spoilt.
enum SmallCloud {
  static let text = """
    name: small
    zones: [{name: az1}]
    flavors: [{name: f, vcpus: 1, memory: 1 GiB}]
    groups: [{name: g, policy: anti-affinity}]
    hosts:
      - {name: host-1, vcpus: 8, memory: 8 GiB}
      - {name: host-2, vcpus: 8, memory: 8 GiB}
    vms:
      - {name: v1, flavor: f, host: host-1}

    """

  /// The cloud with a passage replaced.
  static func replacing(_ old: String, _ new: String) -> String {
    precondition(text.contains(old), "The passage must stand in the cloud.")
    return text.replacing(old, with: new, maxReplacements: 1)
  }

  /// A scenario on the cloud, which is in `cloud.yaml`.
  static let scenario = """
    name: small
    cloud: cloud.yaml
    evacuation:
      hosts: [host-1]
      window: 30 min

    """
}
