import ArgumentParser

/// What `berth init` writes: a small cloud and a scenario in which something of each kind happens.
enum StarterFiles {
  /// What the scenario is about.
  enum Template: String, CaseIterable, ExpressibleByArgument {
    case evacuation, capacity
  }

  /// The files of a template.
  static func files(_ template: Template) -> [(name: String, text: String)] {
    switch template {
    case .evacuation: [("cloud.yaml", cloud), ("evacuation.yaml", evacuation)]
    case .capacity: [("cloud.yaml", cloud), ("week.yaml", week)]
    }
  }

  private static let cloud = """
    # A small cloud. `berth collect openstack` makes such a file of a real one;
    # `berth schema cloud` prints all keys.
    name: starter
    zones:
      - name: az1
    flavors:
      - {name: SCS-2V-8, vcpus: 2, memory: 8 GiB}
      - {name: SCS-4V-16, vcpus: 4, memory: 16 GiB}
      - {name: SCS-2V-4-20s, vcpus: 2, memory: 4 GiB, disk: 20 GiB}
    groups:
      - {name: database, policy: anti-affinity}
    hosts:
      - {name: node-1, zone: az1, vcpus: 64, memory: 60 GiB, disk: 500 GiB}
      - {name: node-2, zone: az1, vcpus: 64, memory: 60 GiB, disk: 500 GiB}
      - {name: node-3, zone: az1, vcpus: 64, memory: 60 GiB, disk: 500 GiB}
    vms:
      - {name: web-1, flavor: SCS-2V-8, host: node-1}
      - {name: web-2, flavor: SCS-2V-8, host: node-2}
      - {name: db-1, flavor: SCS-4V-16, host: node-1, group: database}
      - {name: db-2, flavor: SCS-4V-16, host: node-2, group: database}
      - {name: cache-1, flavor: SCS-2V-4-20s, host: node-1}
      - {name: worker-1, flavor: SCS-2V-8, host: node-1, tags: ["scs:migration=none"]}

    """

  private static let evacuation = """
    # Empty one host for a firmware update. Try `berth run evacuation.yaml`.
    name: evacuation
    cloud: cloud.yaml
    evacuation:
      hosts: [node-1]
      window: 30 min
      work: 10 min          # the update itself; stopped VMs are started after it
      strategy: planned     # see `berth policies list`
    policies:
      # What happens to a VM that cannot be moved live: cold, stop or hold.
      # Without this line it stays, and the host cannot be emptied.
      fallback: cold
      wishes:
        - {name: "web-*", class: cold}
    migration:
      # `berth schema scenario` lists all numbers with their origin.
      memory_share: 0.6     # memory in use; the default 1.0 is an upper bound
      source: an estimate

    """

  private static let week = """
    # A week of new VMs on the hosts of the cloud, beside what runs there. Try
    # `berth run week.yaml`, and `berth capacity cloud.yaml` for what fits now.
    name: week
    cloud: cloud.yaml
    replications: 20        # how often the week is drawn
    demand:
      until: 7 d
      generate:             # or `trace: demand.csv`, see docs/demand.md
        per_hour: 1.5
        mix:
          - {flavor: SCS-2V-8, weight: 3}
          - {flavor: SCS-4V-16, weight: 1}
        lifetime: {kind: lognormal, median: 4 h, sigma: 1}
    placement:
      policies: [best-fit, worst-fit, nova]   # see `berth policies list`
      warm_up: 12 h         # the cloud fills up first

    """
}
