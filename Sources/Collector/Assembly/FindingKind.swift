import Scenarios

/// The kinds of what a collection notices and does not drop; the raw value is the word in the file.
package enum FindingKind: String, Sendable, CaseIterable {
  /// A call that was not answered; what it would have told is left out.
  case callMissing = "call-missing"
  /// A call that was refused; what it would have told is left out.
  case callRefused = "call-refused"
  /// An administrator closed the host.
  case hostDisabled = "host-disabled"
  /// The host does not answer, or was declared down.
  case hostDown = "host-down"
  /// More is taken on the host than it offers.
  case hostOverFull = "host-over-full"
  /// Placement does not know the host, so nothing new can be placed there.
  case hostWithoutProvider = "host-without-provider"
  /// A provider without a hypervisor, as a removed host leaves it behind.
  case providerWithoutHypervisor = "provider-without-hypervisor"
  /// The model of a host's CPU is not told.
  case cpuUnknown = "cpu-unknown"
  /// Hosts take disk from one common provider.
  case sharedStorage = "shared-storage"
  /// Hosts offer dedicated CPUs apart from shared ones.
  case dedicatedCPUs = "dedicated-cpus"
  /// A zone that is asked for has no host.
  case zoneWithoutHosts = "zone-without-hosts"
  /// Whether VMs may leave their zone is not told.
  case pinnedZonesUnknown = "pinned-zones-unknown"
  /// The sizes and zones of volumes are not told.
  case volumesUnknown = "volumes-unknown"
  /// An allocation of no server and no move.
  case orphanAllocation = "orphan-allocation"
  /// A server's allocation on a host on which it is not.
  case allocationElsewhere = "allocation-elsewhere"
  /// A server on a host has no allocation there.
  case vmWithoutAllocation = "vm-without-allocation"
  /// The sum of a provider's allocations is not its usage.
  case usageDiffers = "usage-differs"
  /// A move is under way.
  case moveRunning = "move-running"
  /// A move or resize waits for confirmation and holds two places.
  case resizeWaiting = "resize-waiting"
  /// A VM is broken.
  case vmInError = "vm-in-error"
  /// A VM has a state that this program does not know.
  case unknownState = "unknown-state"
  /// A VM is on no host although its state says it should.
  case vmHostUnknown = "vm-host-unknown"
  /// A flavor changed since a VM was made from it, or is gone.
  case flavorAsBooted = "flavor-as-booted"
  /// The flavor of a VM is not known but for its id.
  case flavorGone = "flavor-gone"
  /// The extra specs of flavors are not told.
  case extraSpecsUnknown = "extra-specs-unknown"
  /// An image is no longer in the image service.
  case imageGone = "image-gone"
  /// Members of a server group are no longer there.
  case groupMembersGone = "group-members-gone"
  /// The members of a hard group are placed against its policy.
  case groupViolated = "group-violated"
  /// A server group has a policy that this program does not know and is left out.
  case groupPolicyUnknown = "group-policy-unknown"
  /// How many members of a group a host may have is not told.
  case groupLimitsUnknown = "group-limits-unknown"
  /// A VM was made with a hint to a group that does not exist.
  case groupUnknown = "group-unknown"
  /// How many devices hosts have is not told; only those in use are known.
  case deviceTotalsUnknown = "device-totals-unknown"
  /// A device alias of flavors was matched to a resource class of Placement.
  case deviceAliasMapped = "device-alias-mapped"
  /// Devices of a resource class that no flavor is known to ask for.
  case deviceClassUnmapped = "device-class-unmapped"

  /// A finding of this kind.
  func finding(_ subject: String, _ text: String) -> FindingRecord {
    var finding = FindingRecord()
    finding.kind = rawValue
    finding.subject = subject
    finding.text = text
    return finding
  }
}
