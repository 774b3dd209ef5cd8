import Migration
import Stochastics
import Testing

@Suite struct MigrationSpreadTests {
  @Test func factorsBelongToVMAndAttempt() {
    let spread = MigrationSpread(MigrationParameters(), seed: 1, replication: 3)
    let again = MigrationSpread(MigrationParameters(), seed: 1, replication: 3)
    #expect(spread.factors(vm: 5) == again.factors(vm: 5))
    #expect(spread.factors(vm: 5).own != spread.factors(vm: 6).own)
    #expect(spread.factors(vm: 5).own != spread.factors(vm: 5, attempt: 1).own)
    #expect(spread.factors(vm: 5).common == spread.factors(vm: 6).common)
    let other = MigrationSpread(MigrationParameters(), seed: 1, replication: 4)
    #expect(other.factors(vm: 5).common != spread.factors(vm: 5).common)
  }

  @Test func factorsHaveTheStatedSpread() {
    var own = RunningMean()
    var common = RunningMean()
    for replication in UInt64(0)..<4000 {
      let spread = MigrationSpread(MigrationParameters(), seed: 2, replication: replication)
      let factors = spread.factors(vm: 0)
      own.add(factors.own)
      common.add(factors.common)
    }
    #expect(abs(own.mean - 1) < 5 * own.standardError, "seed 2")
    #expect(abs(own.standardDeviation - 0.05) < 0.003, "seed 2")
    #expect(abs(common.mean - 1) < 5 * common.standardError, "seed 2")
    #expect(abs(common.standardDeviation - 0.1) < 0.006, "seed 2")
  }

  @Test func withoutSpreadNothingVaries() throws {
    var parameters = MigrationParameters()
    try parameters.spread.set(0, source: "test")
    try parameters.commonSpread.set(0, source: "test")
    try parameters.loadSpread.set(0, source: "test")
    var factors = MigrationSpread(parameters, seed: 2, replication: 0).factors(vm: 0)
    #expect(factors.linkFailure.isFinite)
    factors.linkFailure = .infinity
    #expect(factors == .nominal)
  }
}
