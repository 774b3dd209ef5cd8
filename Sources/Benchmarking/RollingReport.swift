package import Policies

/// The answer to one instance of rolling maintenance, in both courses, and what it cost.
package struct RollingReport: Sendable {
  /// The name of the instance.
  package let name: String
  /// The plan in which VMs return after each wave.
  package let back: RollingPlan
  /// The plan in which VMs remain where they were put.
  package let stay: RollingPlan
  /// CPU time of the process for both, in seconds.
  package let cpuSeconds: Double
  /// Most memory the process ever held, in bytes.
  package let peakMemoryBytes: Int64

  /// Plans both courses and measures; the CPU time counts all threads of the process.
  package init(_ instance: RollingInstance, _ options: RollingOptions = RollingOptions()) {
    let before = ProcessUsage.cpuSeconds
    name = instance.name
    back = instance.problem.planBack(options)
    stay = instance.problem.planStay(options)
    cpuSeconds = ProcessUsage.cpuSeconds - before
    peakMemoryBytes = ProcessUsage.peakMemoryBytes
  }

  /// Whether no plan of either course has fewer waves, and no plan to stay fewer moves.
  package var isProven: Bool {
    back.isWavesProven && stay.isWavesProven && stay.moves == stay.movesBound
  }
}
