import CloudModel

/// The policy classes that a plan went by, held against those of a cloud now.
struct PlanClasses {
  private let cloud: Cloud
  private let resolver: ClassResolver
  private let recordOfVM: [String: ClassRecord]
  private let knowsWishes: Bool

  /// `knowsWishes`: the rules hold the wishes of a scenario. Else a wish that came from a scenario,
  /// a project or the default of the cloud is taken from the plan.
  init(
    _ plan: PlanRecord, cloud: Cloud, rules: ClassRules, out: [Int], knowsWishes: Bool
  ) {
    self.cloud = cloud
    self.knowsWishes = knowsWishes
    var rules = rules
    if !knowsWishes, let release = NovaRelease(parsing: plan.release) { rules.release = release }
    resolver = ClassResolver(cloud: cloud, rules: rules, out: Set(out))
    recordOfVM = Dictionary(
      plan.classes.map { ($0.vm, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What the class of a VM has become, if it is another one than that of the plan.
  func finding(about move: MoveRecord, _ vm: Int) -> PlanFinding? {
    let record = recordOfVM[move.vm]
    let planned = record?.effective ?? move.policyClass
    let resolved: ResolvedClass
    do { resolved = try resolver.resolve(vm) } catch {
      return PlanFinding(
        .vmClass, vm: move.vm, host: move.source, planned: planned.rawValue,
        now: "a key about migration that nobody can act on", stops: true,
        advice: "see `berth check` of the cloud")
    }
    let now = effective(resolved, record)
    guard now != planned else { return nil }
    let stops = now == .hold || now.rank < Self.rank(move.action)
    return PlanFinding(
      .vmClass, vm: move.vm, host: move.source, wave: move.wave, planned: planned.rawValue,
      now: now.rawValue, stops: stops,
      advice: stops
        ? "\(move.action.rawValue) is more than its class permits: plan again"
        : "its step is permitted all the same")
  }

  private func effective(_ resolved: ResolvedClass, _ record: ClassRecord?) -> PolicyClass {
    let outside: Set<WishCarrier> = [.scenario, .project, .cloud]
    guard !knowsWishes, let record, outside.contains(record.carrier),
      resolved.wish.carrier == .standard || record.carrier == .scenario
    else { return resolved.effective }
    return PolicyClass.lower(resolved.ceiling.most, record.wish)
  }

  /// The class that an action needs at least, by rank.
  private static func rank(_ action: MoveAction) -> Int {
    switch action {
    case .live: PolicyClass.live.rank
    case .cold: PolicyClass.cold.rank
    case .stop: PolicyClass.stop.rank
    default: PolicyClass.none.rank
    }
  }
}
