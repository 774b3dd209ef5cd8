package import Scenarios

/// A cloud as it was collected, with what was noticed on the way.
package struct CollectedCloud: Sendable, Equatable {
  /// The cloud; its findings are in it.
  package var cloud: CloudRecord

  /// Reads an OpenStack cloud from recorded or live answers.
  ///
  /// Nothing is dropped silently: what was left out, refused or contradicts itself without harm is
  /// in the cloud's findings. The same answers give the same cloud.
  /// **Shape**: hosts, zones, flavors by name; VMs by name, then id; findings by kind, then subject.
  /// **Errors**: `CollectorError`, one, for what makes the cloud unusable.
  /// **Complexity**: O(n log n) in the size of the answers; five calls for each provider.
  package init(openStack source: some AnswerSource) throws(CollectorError) {
    cloud = try CloudAssembly.cloud(of: OpenStackAnswers(reading: source))
  }

  /// What was collected, in numbers.
  package var summary: CollectionSummary { CollectionSummary(cloud) }
}

/// What was collected, in numbers, and everything that was noticed.
package struct CollectionSummary: Sendable, Equatable {
  /// How many hosts.
  package var hosts: Int
  /// How many VMs, those on no host included.
  package var vms: Int
  /// How many zones.
  package var zones: Int
  /// How many flavors, those as booted included.
  package var flavors: Int
  /// How many server groups.
  package var groups: Int
  /// How many findings of each kind, by the kinds' words in ascending order.
  package var findingCounts: [FindingCount]
  /// All findings, by kind, then subject.
  package var findings: [FindingRecord]

  /// The summary of a cloud.
  package init(_ cloud: CloudRecord) {
    hosts = cloud.hosts.count
    vms = cloud.vms.count
    zones = cloud.zones.count
    flavors = cloud.flavors.count
    groups = cloud.groups.count
    findings = cloud.findings
    findingCounts = Dictionary(grouping: cloud.findings, by: \.kind)
      .map { FindingCount(kind: $0.key, count: $0.value.count) }.sorted { $0.kind < $1.kind }
  }
}

/// How many findings there are of a kind.
package struct FindingCount: Sendable, Hashable {
  /// The kind's word.
  package var kind: String
  /// How many.
  package var count: Int

  /// A number of findings of a kind.
  package init(kind: String, count: Int) {
    self.kind = kind
    self.count = count
  }
}
