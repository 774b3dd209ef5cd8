import Documents

/// A trace of two hosts and four steps, made by hand; every number in it was worked out on paper.
///
/// Host `one` has 100 GiB, host `two` 95. The server vm-1 of 10 GiB is forced to `two`, moves live
/// to `one`, and then vm-2 comes while the scheduler does not know yet that vm-1 is on `one`: it
/// goes to `one`, though `two` has more room.
enum SmallTrace {
  static let one = 102_400
  static let two = 97_280
  static let server = 10_240

  /// All lines; `choice` is the host that is recorded for vm-2.
  static func lines(choice: String = "one") -> [Document] {
    [header, boot, live, secondBoot(choice), ["step": 4, "op": "delete", "name": "vm-2"], end]
  }

  static func text(_ lines: [Document]) -> String { lines.map { $0.json() + "\n" }.joined() }

  static let columns: [Document] = [
    "host", "free_ram_mb", "free_disk_mb", "vcpus", "vcpus_used", "total_ram_mb", "total_disk_gb",
    "cpu_ratio", "ram_ratio", "disk_ratio", "io_ops", "instances", "failed_builds",
    "hypervisor_version", "disabled", "up", "aggregates", "group_members_here", "pci",
    "allocation_requests",
  ]

  static let header: Document = [
    "format": "scheduler-trace-2", "profile": "small", "state_columns": .items(columns),
    "config": [
      "filter_scheduler": ["enabled_filters": ["ComputeFilter"], "host_subset_size": 1],
      "scheduler": ["max_attempts": 3], "weighers": ["RAMWeigher", "CPUWeigher"],
    ],
    "hosts": ["one": host(one), "two": host(two)], "aggregates": [],
    "services": ["one": "enabled", "two": "enabled"],
    "images": ["Debian": ["os_distro": "debian"]],
    "placement": placement(holding: nil),
  ]

  static let end: Document = ["end": placement(holding: "vm-1"), "servers": ["vm-1": "one"]]

  private static func host(_ memory: Int) -> Document {
    [
      "vcpus": 8, "memory_mb": Document(memory), "disk_gb": 100, "pci": [],
      "hypervisor_version": 8_002_002,
    ]
  }

  private static func placement(holding server: String?) -> Document {
    let held: Document = server.map { .fields([($0, amounts)]) } ?? [:]
    return ["rp:one": provider(one, held), "rp:two": provider(two, [:])]
  }

  private static func provider(_ memory: Int, _ held: Document) -> Document {
    [
      "parent": .null,
      "inventories": [
        "VCPU": inventory(8, 4), "MEMORY_MB": inventory(memory, 1), "DISK_GB": inventory(100, 1),
      ], "traits": ["OWNER_NOVA"], "aggregates": [], "allocations": held,
    ]
  }

  private static func inventory(_ total: Int, _ ratio: Double) -> Document {
    [
      "total": Document(total), "reserved": 0, "min_unit": 1, "max_unit": Document(total),
      "step_size": 1, "allocation_ratio": .number(ratio),
    ]
  }

  private static let amounts: Document = ["VCPU": 1, "MEMORY_MB": Document(server)]

  /// One row of the state: free memory and used vCPUs are what changes.
  static func row(_ name: String, free: Int, used: Int) -> Document {
    [
      .text(name), Document(free), 102_400, 8, Document(used), Document(name == "one" ? one : two),
      100, 4.0, 1.0, 1.0, 0, 0, 0, 8_002_002, false, true, [], [], [], 1,
    ]
  }

  private static func usage(_ memory: Int, servers: Int) -> Document {
    [
      "VCPU": ["capacity": 32, "used": Document(servers)],
      "MEMORY_MB": ["capacity": Document(memory), "used": Document(servers * server)],
      "DISK_GB": ["capacity": 100, "used": 0],
    ]
  }

  private static func spec(forced: [Document] = [], ignored: [Document] = []) -> Document {
    [
      "project": "p", "num_instances": 1, "availability_zone": .null,
      "flavor": [
        "name": "f", "vcpus": 1, "ram_mb": Document(server), "disk_gb": 0, "ephemeral_gb": 0,
        "swap_mb": 0, "extra_specs": [:],
      ], "image_properties": [:], "hints": [:], "group": .null, "ignore_hosts": .items(ignored),
      "force_hosts": .items(forced), "requested_destination": .null, "pci_requests": [],
    ]
  }

  private static let query =
    "limit=1000&resources=MEMORY_MB%3A10240%2CVCPU%3A1"
    + "&root_required=OWNER_NOVA%2C%21COMPUTE_STATUS_DISABLED"

  private static func placement(
    _ query: String, _ providers: [(String, Document)]
  ) -> Document {
    [
      "query": .text(query), "requests": Document(providers.count),
      "providers": .fields(
        providers.map { ("rp:" + $0.0, ["resources": $0.1, "root": .text("rp:" + $0.0)]) }),
    ]
  }

  private static func claim(_ name: String, _ host: String) -> Document {
    ["server": .text(name), "ok": true, "allocations": .fields([("rp:" + host, amounts)])]
  }

  private static func round(
    _ state: [Document], filters: [Document], order: [Document], passed: [Document],
    weighers: [Document] = [], weights: [Double] = [0]
  ) -> Document {
    [
      "index": 0, "state": .items(state), "filters": .items(filters), "passed": .items(passed),
      "weighers": .items(weighers), "order": .items(order),
      "weights": .items(weights.map { .number($0) }),
    ]
  }

  private static let boot: Document = [
    "step": 1, "op": "boot", "name": "vm-1", "image": "Debian",
    "servers": [["name": "vm-1", "status": "ACTIVE", "host": "two"]],
    "decisions": [
      [
        "servers": ["vm-1"], "spec": spec(forced: ["two"]),
        "placement": placement(query + "&in_tree=rp%3Atwo", [("two", usage(two, servers: 0))]),
        "rounds": [
          round([row("two", free: two, used: 0)], filters: [], order: ["two"], passed: ["two"])
        ], "claims": [claim("vm-1", "two")], "selected": [["two"]],
      ]
    ],
  ]

  private static let live: Document = [
    "step": 2, "op": "live", "name": "vm-1", "source": "two", "host": "one", "status": "ACTIVE",
    "decisions": [
      [
        "servers": ["vm-1"], "spec": spec(ignored: ["two"]),
        "placement": placement(
          query, [("one", usage(one, servers: 0)), ("two", usage(two, servers: 1))]),
        "rounds": [
          round(
            [row("one", free: one, used: 0), row("two", free: two - server, used: 1)],
            filters: [["ComputeFilter", []]], order: ["one"], passed: ["one"])
        ], "claims": [claim("vm-1", "one")], "selected": [["one"]],
      ]
    ],
  ]

  private static func secondBoot(_ choice: String) -> Document {
    let other = choice == "one" ? "two" : "one"
    return [
      "step": 3, "op": "boot", "name": "vm-2", "image": "Debian",
      "servers": [["name": "vm-2", "status": "ACTIVE", "host": .text(choice)]],
      "decisions": [
        [
          "servers": ["vm-2"], "spec": spec(),
          "placement": placement(
            query, [("one", usage(one, servers: 1)), ("two", usage(two, servers: 0))]),
          "rounds": [
            round(
              [row("one", free: one, used: 0), row("two", free: two, used: 0)],
              filters: [["ComputeFilter", []]], order: [.text(choice), .text(other)],
              passed: ["one", "two"],
              weighers: [
                ["RAMWeigher", [Document(one), Document(two)], 1.0],
                ["CPUWeigher", [32.0, 32.0], 1.0],
              ], weights: [2.0, Double(two) / Double(one) + 1])
          ], "claims": [claim("vm-2", choice)], "selected": [[.text(choice), .text(other)]],
        ]
      ],
    ]
  }
}
