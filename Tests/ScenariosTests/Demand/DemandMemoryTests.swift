import Scenarios
import Simulator
import Testing

/// What is held while a demand is read, counted.
struct DemandMemoryTests {
  private static func mostHeld(_ fixture: DemandFixture, namesAgain: Bool) throws -> Int {
    var file = try fixture.open(outline: namesAgain ? nil : fixture.summary())
    var block = DemandBlock(limit: 64)
    var most = 0
    repeat {
      block.removeAll()
      try file.fill(&block)
      most = max(most, file.heldCount)
    } while block.count > 0
    return most
  }

  @Test func `a demand of ten times the length holds no more`() throws {
    var most: [Int] = []
    for bins in [20, 200] {
      var text = "time_s,within_s,vm,flavor,lifetime_s\n"
      for vm in 0..<bins * 50 { text += "\((vm / 50 + 1) * 300),300,vm-\(vm),small,900\n" }
      most.append(try Self.mostHeld(DemandFixture(text), namesAgain: false))
    }
    // The events of a bin, the first of the next, and one range of ids.
    #expect(most.allSatisfy { $0 <= 52 })
  }

  @Test func `VMs that later rows name are held while they are there`() throws {
    var most: [Int] = []
    for count in [1000, 10_000] {
      var text = "time_s,event,vm,flavor\n"
      for vm in 0..<count {
        text += "\(vm),arrive,\(vm),small\n"
        if vm >= 20 { text += "\(vm),depart,\(vm - 20),\n" }
      }
      most.append(try Self.mostHeld(DemandFixture(text), namesAgain: true))
    }
    #expect(most[1] <= most[0])
    #expect(most[1] <= 80)
  }

  @Test func `ids that are counted up in several series cost their ranges`() throws {
    var text = "time_s,vm,flavor\n"
    for vm in 0..<3000 { text += "\(vm),s\(vm % 3)-\(vm / 3),small\n" }
    #expect(try Self.mostHeld(DemandFixture(text), namesAgain: false) <= 6)
    text = "time_s,vm,flavor\n"
    for vm in 0..<3000 { text += "\(vm),\(vm &* 2_654_435_761 & 0xFFFF_FFFF)x,small\n" }
    let most = try Self.mostHeld(DemandFixture(text), namesAgain: false)
    #expect((3000...3001).contains(most))
  }

  @Test func `an id is found again however it is kept`() throws {
    let head = "time_s,vm,flavor\n"
    // Even numbers need a range each, more than are kept; odd ones then join or do not.
    let even = (0..<3000).map { "0,\($0 * 2),small\n" }.joined()
    let odd = (0..<3000).map { "0,\($0 * 2 + 1),small\n" }.joined()
    #expect(try DemandFixture.error(head + even + odd) == nil)
    for number in [0, 1, 2047, 2048, 2049, 4000, 4001, 5999] {
      let error = try DemandFixture.error(head + even + odd + "1,\(number),small\n")
      #expect(error == DemandError(.duplicate(vm: "\(number)"), line: 6002, column: "vm"))
    }
    let alike = "0,a7,small\n0,a07,small\n0,a007,small\n0,a,small\n0,7,small\n0,a70,small\n"
    #expect(try DemandFixture.error(head + alike) == nil)
  }
}
