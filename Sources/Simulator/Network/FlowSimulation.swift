package import CloudModel

/// Bytes that go from one host to another.
package struct FlowJob: Sendable, Hashable {
  /// The host that they leave.
  package var source: Int32
  /// The host that they go to, another one.
  package var target: Int32
  /// How many there are.
  package var bytes: Bytes
  /// Most that this flow can use, as the limit of one stream.
  package var limit: Bandwidth

  /// A job, by default without a limit of its own.
  package init(
    source: Int32, target: Int32, bytes: Bytes,
    limit: Bandwidth = Bandwidth(bytesPerSecond: .infinity)
  ) {
    self.source = source
    self.target = target
    self.bytes = bytes
    self.limit = limit
  }
}

/// What a list of jobs took.
package struct FlowResult: Sendable, Equatable {
  /// When each job started; nil for one that never did.
  package var starts: [SimulatedTime?]
  /// When each job ended; nil for one that never does, as over a link without capacity.
  package var ends: [SimulatedTime?]
  /// Starts and ends of flows.
  package var flowEvents = 0
  /// How often a flow got another rate.
  package var rateChanges = 0

  /// When the last job ended that ends at all.
  package var makespan: SimulatedTime { ends.compactMap { $0 }.max() ?? .start }

  /// The sum of the ends of all jobs that end, in seconds.
  package var sumOfCompletions: Double { ends.reduce(0) { $0 + ($1?.seconds ?? 0) } }
}

/// Jobs that copy bytes between hosts, from the first start to the last end.
///
/// All jobs are there at the start. Each host starts its own in the order of the list, as many at
/// once as the limits allow; flows share the links max-min fairly.
package struct FlowSimulation: Sendable {
  private let topology: NetworkTopology
  private let jobs: [FlowJob]
  private var share: FairShare
  private var slots: MigrationSlots
  private var progress: FlowProgress
  private var now = SimulatedTime.start

  /// Jobs of each host one after the other, and where the next one of each host stands.
  private var order: [Int32] = []
  private var next: [Int]
  private var end: [Int]

  /// The job of each flow.
  private var job: [Int32] = []
  private var hasBegun = false
  private var endedJobs: [Int32] = []
  private var result: FlowResult

  /// Jobs on a network.
  ///
  /// **Shape**: hosts of jobs are hosts of the topology.
  package init(
    topology: NetworkTopology, jobs: [FlowJob], limits: MigrationLimits,
    method: SharingMethod = .local
  ) {
    self.topology = topology
    self.jobs = jobs
    share = FairShare(capacities: topology.capacities, method: method)
    progress = FlowProgress(links: topology.capacities.count)
    slots = MigrationSlots(limits, hosts: topology.hostCount, racks: topology.racks)
    next = Array(repeating: 0, count: topology.hostCount)
    for job in jobs { next[Int(job.source)] += 1 }
    var sum = 0
    for host in next.indices { (next[host], sum) = (sum, sum + next[host]) }
    end = next
    order = Array(repeating: 0, count: jobs.count)
    for (index, job) in jobs.enumerated() {
      order[end[Int(job.source)]] = Int32(index)
      end[Int(job.source)] += 1
    }
    result = FlowResult(
      starts: Array(repeating: nil, count: jobs.count),
      ends: Array(repeating: nil, count: jobs.count))
  }

  /// Lets other traffic take a part of a link from the start.
  package mutating func setBackground(_ traffic: Bandwidth, of link: Int32) {
    share.setBackground(traffic, of: link)
  }

  /// Starts the first jobs, unless that has been done.
  package mutating func begin() {
    if hasBegun { return }
    hasBegun = true
    for host in next.indices { startJobs(of: Int32(host)) }
    settle()
  }

  /// Goes on until nothing is left to end, or at an end of flows after which there were as many
  /// starts and ends since `begin` as asked for; gives what has happened so far.
  package mutating func run(events: Int = .max) -> FlowResult {
    begin()
    let first = result.flowEvents
    while result.flowEvents - first < events, let time = progress.nextTime() {
      now = time
      while let flow = progress.nextEnd(at: now) { finish(flow) }
      refill()
      settle()
    }
    return result
  }

  /// Starts the next jobs of a host until the host waits or has none left.
  private mutating func startJobs(of host: Int32) {
    while next[Int(host)] < end[Int(host)] {
      let index = order[next[Int(host)]]
      let job = jobs[Int(index)]
      guard slots.take(from: job.source, to: job.target) else { return }
      next[Int(host)] += 1
      start(job, index)
    }
  }

  private mutating func start(_ job: FlowJob, _ index: Int32) {
    let flow = share.start(
      topology.path(from: job.source, to: job.target), limit: job.limit)
    if Int(flow) == self.job.count { self.job.append(index) }
    self.job[Int(flow)] = index
    progress.start(flow, bytes: job.bytes, at: now)
    result.starts[Int(index)] = now
    result.flowEvents += 1
  }

  private mutating func finish(_ flow: Int32) {
    share.end(flow)
    let index = job[Int(flow)]
    slots.giveBack(from: jobs[Int(index)].source, to: jobs[Int(index)].target)
    endedJobs.append(index)
    result.ends[Int(index)] = now
    result.flowEvents += 1
  }

  /// Starts what waited for the places of the jobs that have ended, in the order of the list.
  private mutating func refill() {
    endedJobs.sort()
    for index in endedJobs {
      let (source, target) = (jobs[Int(index)].source, jobs[Int(index)].target)
      while let host = slots.nextWaiting(from: source, to: target) { startJobs(of: host) }
    }
    endedJobs.removeAll(keepingCapacity: true)
  }

  private mutating func settle() {
    share.settle()
    result.rateChanges += share.changedFlows.count
    progress.follow(share, at: now)
  }
}
