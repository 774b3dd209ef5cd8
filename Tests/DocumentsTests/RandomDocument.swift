import Documents

/// Documents of every kind, with texts that are awkward to write.
struct RandomDocument {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func make(depth: Int = 4) -> Document {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
    case 0: return .null
    case 1: return .bool(.random(using: &generator))
    case 2: return .integer(integer())
    case 3: return .number(number())
    case 4, 5: return .text(text())
    case 6:
      return .items((0..<count()).map { _ in make(depth: depth - 1) })
    default:
      var seen: Set<String> = []
      return .fields(
        (0..<count()).map { _ in (text(), make(depth: depth - 1)) }.filter {
          seen.insert($0.0).inserted
        })
    }
  }

  mutating func count() -> Int { Int.random(in: 0..<5, using: &generator) }

  mutating func integer() -> Int64 {
    let bits = Int.random(in: 0..<64, using: &generator)
    return Int64(bitPattern: generator.next()) >> Int64(bits)
  }

  mutating func number() -> Double {
    let value = Double(bitPattern: generator.next())
    return value.isFinite ? value : 0.1
  }

  mutating func text() -> String {
    let awkward = [
      "", " ", "no", "true", "~", "null", "12", "1e3", "1:30", "2026-11-24", "- a", "a: b", "a #b",
      "*x", "&x", "!x", "%x", "@x", "`x", "{", "[", "'", "\"", "\\", "\n", "\r\n", "\t", "a\n b",
      "é", "日本", "😀", "*\u{301}", "\u{85}", "\u{2028}", "x\u{FEFF}", "\u{E000}", "\u{7F}", "\u{0}",
      "64 GiB", "4 h", "x y", "a-b_c.d/e", ".5", "0x1F", "0o17", "---", "...", "<<", "=", "?", ":",
      "x ", " x", "#", "\u{10FFFF}", String(repeating: "k", count: 1500),
    ]
    let count = Int.random(in: 1...3, using: &generator)
    return (0..<count).map { _ in
      Bool.random(using: &generator)
        ? awkward[Int.random(in: 0..<awkward.count, using: &generator)]
        : String(Int.random(in: 0..<1000, using: &generator), radix: 36)
    }.joined()
  }
}
