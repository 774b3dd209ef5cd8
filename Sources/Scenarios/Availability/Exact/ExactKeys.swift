import Documents

/// The keys of files with problems that are solved exactly.
enum ExactKeys {
  /// The longest list of anything in a problem but events and gates of trees.
  private static let longest = 1_000_000
  /// Hours, seconds and the like: above zero and within 32 thousand years.
  private static let positive = Codec<Double>.number(1e-12...1e12)
  private static let notNegative = Codec<Double>.number(0...1e12)

  static let problem = Section<ExactRecord>(
    "exact_problem", "One problem to be solved exactly.", make: ExactRecord.init, place: \.place
  ) {
    Key("id", \.id, .text(), "name in the answer")
    Key("kind", \.kind, .choice(), "what kind of problem it is")
    Key("input", \.input, .node, "the problem; its keys depend on the kind")
    described
  }

  /// Keys that say something to people, or to whoever compares answers.
  @KeyBuilder<ExactRecord> private static var described: [Key<ExactRecord>] {
    Key("description", \.ignored, optional: .any, "what it is about")
    Key("source", \.ignored, optional: .any, "where it is from")
    Key("expected", \.ignored, optional: .any, "an answer to compare with; not read")
    Key("tolerance", \.ignored, optional: .any, "how to compare; not read")
    Key("methods", \.ignored, optional: .any, "how the answer was found; not read")
    Key("note", \.ignored, optional: .any, "a note")
  }

  static let tree = Section<TreeRecord>(
    "fault_tree", "How the failure of a whole follows from failures of its parts.",
    make: TreeRecord.init, place: \.place
  ) {
    Key("top", \.top, .placedName, "the gate or event whose probability is asked for")
    Key("events", \.events, .entries(of: .event), "basic events by name")
    Key("gates", \.gates, .entries(of: .section(gate)), "gates by name")
    Key(
      "groups", \.groups, .list(of: .section(group)), default: [],
      "parts that fail from one cause; where no gate names a member, the events are taken to say "
        + "it already")
  }

  static let event = Section<BasicEventRecord>(
    "basic_event", "A failure that is not explained further.", make: BasicEventRecord.init,
    place: \.place, check: ExactCheck.event
  ) {
    Key("probability", \.probability, optional: .fraction, "share of time, or chance on demand")
    Key("mtbf_h", \.meanUp, optional: positive, "mean time up, hours")
    Key("mttr_h", \.meanDown, optional: positive, "mean time down, hours")
    Key("frequency_per_h", \.frequency, optional: notNegative, "how often it begins")
  }

  static let gate = Section<GateRecord>(
    "gate", "A failure that follows from others.", make: GateRecord.init, place: \.place,
    check: ExactCheck.gate
  ) {
    Key("op", \.operation, .choice(), "how it follows")
    Key("k", \.count, optional: .wholeNumber(Int.min...Int.max), "atleast: how many")
    Key("args", \.arguments, .list(of: .placedName), "names of events and gates")
  }

  static let group = Section<CommonCauseRecord>(
    "group", "Parts that fail from one cause.", make: CommonCauseRecord.init, place: \.place,
    check: ExactCheck.group
  ) {
    Key("name", \.name, optional: .text(), "name of the shared events; absent: from the members")
    Key("model", \.model, .choice(), "how they fail together")
    Key("members", \.members, .list(of: .text(), count: 1...10_000), "names that gates refer to")
    Key("q", \.probability, optional: .fraction, "beta, alpha: probability of each part")
    Key("beta", \.beta, optional: .fraction, "beta: share that takes all parts")
    Key(
      "alphas", \.alphas, optional: .list(of: .number(0...1), count: 1...16),
      "alpha: shares of failures that take 1, 2, ... parts")
    Key("rate_per_h", \.rate, optional: notNegative, "shock: how often it comes")
    Key("duration_h", \.duration, optional: notNegative, "shock: how long it lasts")
    Key("chance", \.chance, .fraction, default: 1, "shock: chance that it takes a member")
  }

  static let chain = Section<ChainRecord>(
    "markov_chain", "States and the rates between them.", make: ChainRecord.init, place: \.place
  ) {
    Key("states", \.states, .list(of: .text(), count: 1...longest), "names of the states")
    Key("initial", \.initial, .wholeNumber(0...longest), default: 0, "where it starts, from 0")
    Key(
      "transitions", \.transitions, .list(of: .transition, count: 0...10 * longest),
      "lists of from, to and rate")
    Key("down", \.down, .list(of: .wholeNumber(0...longest)), "states in which it is down")
    Key("unit", \.unit, .choice(), default: .perHour, "unit of the rates")
  }

  static let quorum = Section<QuorumRecord>(
    "quorum", "Members of a majority quorum over zones.", make: QuorumRecord.init,
    place: \.place, check: ExactCheck.quorum
  ) {
    Key("az_availability", \.zoneAvailability, .fraction, "share of time a zone is there")
    Key(
      "member_unavailability", \.memberUnavailability, .fraction,
      "share of time a member is down in a zone that is there")
    Key(
      "layouts", \.layouts,
      .list(of: .list(of: .wholeNumber(0...1000), count: 1...1000), count: 1...10_000),
      "numbers of members in each zone")
    Key("rule", \.rule, .choice(), default: .majority, "when it lives")
  }

  static let loss = Section<LossRecord>(
    "zone_loss", "The loss of a zone whose VMs are recreated elsewhere.", make: LossRecord.init
  ) {
    Key("vms", \.vms, .wholeNumber(0...1_000_000_000), "VMs in the zone")
    Key("detection_s", \.detection, notNegative, "time until recreation starts")
    Key("service_s", \.service, notNegative, "time of one recreation")
    Key("parallel", \.parallel, .wholeNumber(1...1_000_000_000), "recreations at a time")
    Key("headroom_vms", \.headroom, .wholeNumber(0...1_000_000_000), "VMs that fit elsewhere")
    Key("az_outage_s", \.outage, notNegative, "how long the zone is lost")
  }

  static let renewal = Section<RenewalRecord>(
    "alternating_renewal", "Exponential times up and lognormal times down.",
    make: RenewalRecord.init
  ) {
    Key("mttf_h", \.meanUp, positive, "mean time up")
    Key("mttr_h", \.meanDown, positive, "mean time down")
    Key(
      "repair_log_sigma", \.deviation, .number(0...20),
      "standard deviation of the logarithm of the time down")
    Key("interval_h", \.interval, positive, "how long it is watched")
  }

  static let shares = Section<SharesRecord>(
    "common_cause_counts", "Incidents by their reach.", make: SharesRecord.init
  ) {
    Key("cases", \.cases, .list(of: .section(share), count: 1...10_000), "pairs of counts")
  }

  static let share = Section<ShareRecord>(
    "count_case", "Incidents of one record.", make: ShareRecord.init, place: \.place,
    check: ExactCheck.share
  ) {
    Key("name", \.name, .text(), "name of the record")
    Key("beyond", \.beyond, .wholeNumber(0...1_000_000_000), "those beyond one zone")
    Key("total", \.total, .wholeNumber(1...1_000_000_000), "all of known reach")
  }

  static let tier = Section<TierRecord>(
    "facility_tier", "A facility by its class, with round parameters.", make: TierRecord.init
  ) {
    Key("tier", \.tier, .choice(), "the class")
  }
}
