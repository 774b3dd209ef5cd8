/// A small repeatable generator for drawing neighbourhoods (SplitMix64; Steele, Lea, Flood 2014).
struct PackingRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number from 0 to `limit` - 1; the tiny bias of the product does not matter here.
  mutating func draw(below limit: Int) -> Int {
    precondition(limit > 0, "A draw needs at least one outcome.")
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Int(mixed.multipliedFullWidth(by: UInt64(limit)).high)
  }
}
