import Documents
import Stochastics

extension DemandKeys {
  /// What is generated.
  static let generate = Section<GenerateRecord>(
    "generate", "A model of arrivals: bursts at random instants, drawn from the scenario's seed.",
    make: GenerateRecord.init, check: checkDaily
  ) {
    Key(
      "per_hour", \.perHour, .number(0.000001...1e9),
      "bursts in an hour on average; without `batch` a burst is one VM")
    Key(
      "batch", \.batch, optional: .section(batch),
      "how many VMs a burst has, rounded, at least one; absent: one")
    Key(
      "daily", \.daily, .list(of: .number(0...1000)), default: [],
      "24 factors of `per_hour`, one for each hour of the day; absent: all 1")
    Key("mix", \.mix, .list(of: .section(mix), count: 1...10_000), "which flavors, and how often")
    Key(
      "lifetime", \.lifetime, optional: .section(lifetime),
      "how long a VM stays; absent: it stays")
    Key(
      "resizes_per_hour", \.resizesPerHour, .number(0...1000), default: 0,
      "resizes of a running VM in an hour on average, to a flavor of the mix")
  }

  private static let checkDaily: @Sendable (GenerateRecord, Node, inout Reading) -> Void = {
    record, node, reading in
    if !record.daily.isEmpty, record.daily.count != 24 || !record.daily.contains(where: { $0 > 0 })
    {
      reading.report(
        .count, "daily must have 24 factors, not all of them zero, found \(record.daily.count)",
        at: node["daily"]?.place ?? node.place, help: "write one for each hour, from midnight on")
    }
    if !record.mix.contains(where: { $0.weight > 0 }) {
      reading.report(
        .value, "mix must have a weight above zero", at: node["mix"]?.place ?? node.place,
        help: "leave `weight` out for flavors that are equally frequent")
    }
  }

  /// A flavor of the mix.
  static let mix = Section<MixRecord>("mix", "A flavor of a mix.", make: MixRecord.init) {
    Key("flavor", \.flavor, .text(), "name of the flavor")
    Key("zone", \.zone, optional: .text(), "zone that is asked for; absent: any")
    Key("weight", \.weight, .number(0...1e15), default: 1, "weight among the others")
  }

  /// How long VMs stay.
  static let lifetime = distribution(
    "lifetime", "How long VMs stay.",
    Codec<Int64>.duration(0...(36_600 * 86_400_000_000)).mapped(
      { Double($0) / 1_000_000 }, { Int64(($0 * 1_000_000).rounded()) }))

  /// How many VMs a burst has.
  static let batch = distribution(
    "batch", "How many VMs a burst has.", .number(0...1_000_000))

  private static func distribution(
    _ name: String, _ summary: String, _ value: Codec<Double>
  ) -> Section<DistributionRecord> {
    Section<DistributionRecord>(
      name, summary, make: DistributionRecord.init, check: checkDistribution
    ) {
      Key("kind", \.family, .choice(DistributionRecord.Family.self), "family of the distribution")
      Key("value", \.value, optional: value, "value of a constant")
      Key("mean", \.mean, optional: value, "mean: exponential, lognormal, normal")
      Key("median", \.median, optional: value, "median: lognormal")
      Key(
        "sigma", \.sigma, optional: .number(0...100),
        "standard deviation of the logarithm: lognormal")
      Key("cv", \.cv, optional: .number(0...1e6), "standard deviation over mean: lognormal")
      Key("deviation", \.deviation, optional: value, "standard deviation: normal")
      Key("low", \.low, optional: value, "least value: uniform, normal")
      Key("high", \.high, optional: value, "greatest value: uniform, normal")
      Key("values", \.values, .list(of: value), default: [], "recorded values: table")
      Key(
        "weights", \.weights, .list(of: .number(0...1e15)), default: [],
        "their weights; absent: all the same")
    }
  }

  private static let checkDistribution:
    @Sendable (DistributionRecord, Node, inout Reading) -> Void = { record, node, reading in
      do throws(DistributionRecord.Fault) {
        _ = try record.distribution()
      } catch {
        let family = record.family.rawValue
        switch error {
        case .missing(let keys):
          reading.report(.missingKey, "kind `\(family)` needs \(keys)", at: node.place)
        case .bad(let words):
          reading.report(.value, "no distribution of kind `\(family)`: \(words)", at: node.place)
        }
      }
    }
}
