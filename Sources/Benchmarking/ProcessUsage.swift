import Glibc

/// What the process has used so far.
package enum ProcessUsage {
  /// CPU time of all threads, in seconds.
  package static var cpuSeconds: Double {
    var time = timespec()
    guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return .nan }
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Most memory that was resident at once, in bytes.
  package static var peakMemoryBytes: Int64 {
    var usage = rusage()
    guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
    // Linux counts in KiB.
    return Int64(usage.ru_maxrss) * 1024
  }
}
