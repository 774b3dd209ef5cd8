import Glibc

/// CPU time of this process, for what is shown beside an answer and is never part of it.
enum ProcessClock {
  /// Seconds so far, all threads together.
  static var cpuSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
