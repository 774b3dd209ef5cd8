/// The loss of a zone whose VMs are recreated elsewhere, first come first served.
///
/// VM j of the queue is back at detection + service x ceil(j / parallel) or when the zone returns,
/// whichever is earlier; those without room wait for the zone.
package struct ZoneLoss: Sendable, Equatable {
  /// VMs that run in the zone.
  package var vms: Int
  /// Seconds until recreation starts.
  package var detectionSeconds: Double
  /// Seconds that one recreation takes.
  package var serviceSeconds: Double
  /// Recreations at a time, at least 1.
  package var parallel: Int
  /// VMs that fit elsewhere.
  package var headroom: Int
  /// Seconds that the zone is lost.
  package var outageSeconds: Double

  /// A loss.
  package init(
    vms: Int, detectionSeconds: Double, serviceSeconds: Double, parallel: Int, headroom: Int,
    outageSeconds: Double
  ) {
    self.vms = vms
    self.detectionSeconds = detectionSeconds
    self.serviceSeconds = serviceSeconds
    self.parallel = parallel
    self.headroom = headroom
    self.outageSeconds = outageSeconds
  }

  /// What the loss costs.
  package struct Cost: Sendable, Equatable {
    /// Seconds of VMs that are down, added up.
    package let lostVMSeconds: Double
    /// VMs that are back elsewhere before the zone is.
    package let recoveredElsewhere: Int
    /// When the last of them is; nil if there is none.
    package let lastRecreatedSeconds: Double?
    /// The mean time down of a VM; nil without VMs.
    package let meanDownSeconds: Double?
    /// Seconds lost if every VM waits for the zone.
    package let lostWithoutRecreation: Double
  }

  /// Adds up the queue by batches of equal end.
  ///
  /// **Complexity**: O(1).
  package var cost: Cost {
    let queued = min(vms, headroom)
    // Batch b ends at detection + service x b; only those that end before the zone returns count.
    let inTime =
      serviceSeconds > 0
      ? ((outageSeconds - detectionSeconds) / serviceSeconds).rounded(.up) - 1
      : detectionSeconds < outageSeconds ? .infinity : 0
    let batches = (queued + parallel - 1) / parallel
    let full = inTime >= Double(batches) ? batches : Int(max(0, inTime))
    let recovered = min(queued, full * parallel)
    var elsewhere = 0.0
    if full > 0 {
      let rest = recovered - (full - 1) * parallel
      let wholeBatches = Double(parallel) * Double(full - 1) * Double(full) / 2
      elsewhere =
        Double(recovered) * detectionSeconds
        + serviceSeconds * (wholeBatches + Double(rest) * Double(full))
    }
    let lost = elsewhere + Double(vms - recovered) * outageSeconds
    return Cost(
      lostVMSeconds: lost, recoveredElsewhere: recovered,
      lastRecreatedSeconds: full > 0 ? detectionSeconds + serviceSeconds * Double(full) : nil,
      meanDownSeconds: vms > 0 ? lost / Double(vms) : nil,
      lostWithoutRecreation: Double(vms) * outageSeconds)
  }
}
