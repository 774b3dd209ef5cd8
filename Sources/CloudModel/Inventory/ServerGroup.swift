/// What a server group demands of its members' hosts.
package enum GroupPolicy: String, Sendable, CaseIterable {
  /// All members on one host.
  case affinity
  /// At most `maxPerHost` members on a host.
  case antiAffinity = "anti-affinity"
  /// Together if it can be had.
  case softAffinity = "soft-affinity"
  /// Apart if it can be had.
  case softAntiAffinity = "soft-anti-affinity"

  /// Whether a host that breaks the policy is refused.
  package var isHard: Bool { self == .affinity || self == .antiAffinity }
}

/// VMs whose hosts are chosen together or apart.
package struct ServerGroup: Sendable {
  /// The name; unique within its project only.
  package var name: String
  /// The identifier, unique in the cloud.
  package var id: String
  /// What it demands.
  package var policy: GroupPolicy
  /// Members allowed on a host under `antiAffinity`; one unless the group says more.
  package var maxPerHost: Int
  /// Members that must run at every moment, for groups kept by an orchestrator; nil: no demand.
  package var minimumRunning: Int?
  /// How long a member made anew takes until it counts as running again.
  package var readyAfter: SimulatedDuration

  /// A server group; its members stand with the VMs.
  package init(
    name: String, id: String, policy: GroupPolicy, maxPerHost: Int = 1,
    minimumRunning: Int? = nil, readyAfter: SimulatedDuration = .zero
  ) {
    self.name = name
    self.id = id
    self.policy = policy
    self.maxPerHost = maxPerHost
    self.minimumRunning = minimumRunning
    self.readyAfter = readyAfter
  }
}
