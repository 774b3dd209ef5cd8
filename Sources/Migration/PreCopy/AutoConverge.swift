/// The throttling of a guest that writes as fast as its memory is sent.
///
/// A period of a second or more in which more than half as much was written as sent counts; every
/// second one of those throttles further: 20 % first, then 10 % more, up to 99 %.
///
/// **Source**: QEMU, parameters `cpu-throttle-initial`, `cpu-throttle-increment`,
/// `max-cpu-throttle` and `throttle-trigger-threshold`.
struct AutoConverge {
  /// The share of its time that the guest is kept from running, in percent.
  private(set) var percent: Double
  private let isEnabled: Bool
  private var count = 0
  private var start = 0.0
  private var dirty = 0.0
  private var sent = 0.0

  init(isEnabled: Bool, percent: Double) {
    self.isEnabled = isEnabled
    self.percent = percent
  }

  /// The share of its time that the guest runs.
  var guestShare: Double { 1 - percent / 100 }

  /// Notes what a round wrote and sent; what it decides counts from the next round on.
  mutating func note(dirty written: Double, sent amount: Double, at time: Double) {
    guard isEnabled else { return }
    dirty += written
    sent += amount
    guard time - start >= 1 - 1e-9 else { return }
    if dirty > 0.5 * sent {
      count += 1
      if count == 2 {
        count = 0
        percent = percent == 0 ? 20 : min(percent + 10, 99)
      }
    }
    (start, dirty, sent) = (time, 0, 0)
  }
}
