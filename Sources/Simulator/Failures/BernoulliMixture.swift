import Glibc
import Stochastics

/// Independent events drawn with one of several sets of chances, and the weight that makes up for
/// it: the true density over that of the mixture.
struct BernoulliMixture {
  private let truth: Density
  private let parts: [(share: Double, density: Density)]

  /// The density of independent events: its logarithm where none fails, and what each failure adds.
  private struct Density {
    let chances: [Double]
    let none: Double
    let odds: [Double]

    init(_ chances: [Double]) {
      self.chances = chances
      none = chances.reduce(0) { $0 + log1p(-$1) }
      odds = chances.map { log($0) - log1p(-$0) }
    }

    func logarithm(_ failed: [Int]) -> Double { failed.reduce(none) { $0 + odds[$1] } }
  }

  /// **Shape**: chances strictly between 0 and 1; shares above 0 that add up to 1.
  init(truth: [Double], parts: [(share: Double, chances: [Double])]) {
    self.truth = Density(truth)
    self.parts = parts.map { ($0.share, Density($0.chances)) }
  }

  /// Draws the places of the events that fail, each from its own stream.
  func draw(
    choice: inout RandomStream, streams: inout [RandomStream], into failed: inout [Int]
  ) {
    var rest = choice.uniform()
    var part = 0
    while part + 1 < parts.count, rest > parts[part].share {
      rest -= parts[part].share
      part += 1
    }
    let chances = parts[part].density.chances
    failed.removeAll(keepingCapacity: true)
    for place in chances.indices where streams[place].uniform() <= chances[place] {
      failed.append(place)
    }
  }

  /// The weight of a draw; at most one over the share of the truth in the mixture.
  func weight(_ failed: [Int]) -> Double {
    let truth = truth.logarithm(failed)
    return 1
      / parts.reduce(0) { $0 + $1.share * exp($1.density.logarithm(failed) - truth) }
  }
}
