import CloudModel
import Migration
import Stochastics

/// What campaigns that were fitted say of a group that was not.
struct MigrationPrediction {
  /// The fitted campaigns, in the order of their data.
  let fits: [CampaignFit]

  /// The numbers that are used for a group, and what is to be said of them.
  struct Choice {
    var model: MigrationModel
    var fit: CampaignFit?
    var gap: Double
    var contention: Double
    var basis: String
    var note: String?
  }

  /// What predicts a group of a run; a run with batches is like a campaign with batches.
  ///
  /// The same run first, as it has the same hosts and guests; then the same storage and tunnelling;
  /// then the same storage; the defaults of the model at last.
  func choice(for campaign: MigrationCampaign, parallel: Int, hasBatches: Bool) -> Choice {
    let sameStorage = fits.filter { $0.campaign.storage == campaign.storage }
    let same = sameStorage.filter { $0.campaign.tunnelled == campaign.tunnelled }
    guard let fit = Self.best(same.isEmpty ? sameStorage : same, campaign.run, hasBatches) else {
      let model = MigrationModel()
      return Choice(
        model: model, fit: nil, gap: model.parameters.gap.value,
        contention: model.parameters.contention.value, basis: "defaults of the model",
        note: "storage \(campaign.storage): nothing to fit to, the defaults of the model are used")
    }
    var note: String?
    if same.isEmpty {
      note =
        "storage \(campaign.storage), tunnelled \(campaign.tunnelled): nothing to fit to, "
        + "migrations tunnelled \(fit.campaign.tunnelled) are used"
    }
    let defaults = fit.fit.model.parameters
    let waiting =
      fit.contention
      ?? Self.best(fits.filter { $0.contention != nil }, "", true)?
      .contention
    let gap = parallel > 1 ? fit.batchGap ?? fit.gap : fit.gap ?? fit.batchGap
    return Choice(
      model: fit.fit.model, fit: fit, gap: gap?.value ?? defaults.gap.value,
      contention: waiting?.value ?? defaults.contention.value,
      basis: "run \(fit.campaign.run) (\(fit.fit.method.rawValue) through "
        + "\(fit.fit.count) migrations)", note: note)
  }

  /// The campaign that says most: the same run, then one that is alike in having batches or not,
  /// then more sizes, then more migrations, then the first.
  private static func best(
    _ fits: [CampaignFit], _ run: String, _ hasBatches: Bool
  ) -> CampaignFit? {
    func rank(_ fit: CampaignFit) -> [Int] {
      [
        fit.campaign.run == run ? 1 : 0, fit.hasBatches == hasBatches ? 1 : 0, fit.fit.sizes,
        fit.fit.count,
      ]
    }
    var best: CampaignFit?
    for fit in fits {
      guard let known = best else {
        best = fit
        continue
      }
      if rank(known).lexicographicallyPrecedes(rank(fit)) { best = fit }
    }
    return best
  }
}

extension MigrationPrediction.Choice {
  /// The times at which the migrations of a full batch end, in seconds.
  func batch(_ serial: Double, of parallel: Int) -> [Double] {
    estimate(parallel).finishTimes(Array(repeating: duration(serial), count: parallel))
      .map(\.seconds)
  }

  /// The time to empty a host.
  func evacuation(_ serial: Double, vms: Int, parallel: Int) -> Double {
    estimate(parallel).total(Array(repeating: duration(serial), count: vms)).seconds
  }

  private func duration(_ seconds: Double) -> SimulatedDuration {
    SimulatedDuration(seconds: seconds)
  }

  private func estimate(_ parallel: Int) -> HostEvacuationEstimate {
    HostEvacuationEstimate(
      gap: duration(gap), contention: duration(contention), slots: 1, requestedAtOnce: parallel)
  }
}
