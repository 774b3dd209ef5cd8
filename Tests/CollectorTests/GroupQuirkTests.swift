import CloudModel
import Collector
import Scenarios
import Testing

@Suite struct GroupQuirkTests {
  private static func group(
    _ policy: String, members: String = #""s1", "s2""#, rules: String = "{}"
  ) -> String {
    #"""
    {"server_groups": [{"id": "g1", "name": "pair", "policy": "\#(policy)", "rules": \#(rules),
      "members": [\#(members)]}]}
    """#
  }

  @Test func membersAndLimitsAreRead() throws {
    var fixture = Fixture.small
    fixture.bodies["groups.json"] = Self.group(
      "anti-affinity", members: #""s1", "s2", "gone""#, rules: #"{"max_server_per_host": 3}"#)
    let cloud = try fixture.collect()
    #expect(cloud.groups.map(\.name) == ["pair"])
    #expect(cloud.groups.first?.maxPerHost == 3)
    #expect(cloud.vms.map(\.group) == ["g1", "g1"])
    #expect(cloud.findings(.groupMembersGone).map(\.subject) == ["pair"])
    #expect(cloud.findings(.groupViolated).isEmpty)
  }

  @Test func affinityApartIsAViolation() throws {
    var fixture = Fixture.small
    fixture.bodies["groups.json"] = Self.group("affinity")
    #expect(try fixture.collect().findings(.groupViolated).map(\.subject) == ["pair"])
    fixture.bodies["groups.json"] = Self.group("soft-affinity")
    #expect(try fixture.collect().findings(.groupViolated).isEmpty)
  }

  @Test func antiAffinityTogetherIsAViolation() throws {
    var fixture = Fixture.small
    fixture.edit("servers.json", #""OS-EXT-SRV-ATTR:host": "h2""#, #""OS-EXT-SRV-ATTR:host": "h1""#)
    fixture.edit(
      "servers.json", #""OS-EXT-SRV-ATTR:hypervisor_hostname": "h2""#,
      #""OS-EXT-SRV-ATTR:hypervisor_hostname": "h1""#)
    fixture.bodies["groups.json"] = Self.group("anti-affinity")
    let cloud = try fixture.collect()
    #expect(cloud.findings(.groupViolated).map(\.subject) == ["pair"])
    #expect(cloud.findings(.allocationElsewhere).map(\.subject) == ["db"])
  }

  @Test func oldVersionsListPolicies() throws {
    var fixture = Fixture.small
    fixture.bodies["groups.json"] = #"""
      {"server_groups": [
        {"id": "g1", "name": "old", "policies": ["soft-anti-affinity"], "members": []},
        {"id": "g2", "name": "odd", "policies": [], "members": []}]}
      """#
    let cloud = try fixture.collect()
    #expect(cloud.groups.map(\.policy) == [.softAntiAffinity])
    #expect(cloud.findings(.groupLimitsUnknown).isEmpty)
    #expect(cloud.findings(.groupPolicyUnknown).map(\.subject) == ["odd"])
  }

  @Test func oldVersionsDoNotTellLimits() throws {
    var fixture = Fixture.small
    fixture.bodies["groups.json"] = #"""
      {"server_groups": [
        {"id": "g1", "name": "old", "policies": ["anti-affinity"], "members": ["s1"]}]}
      """#
    #expect(try fixture.collect().findings(.groupLimitsUnknown).map(\.subject) == ["old"])
  }

  @Test func hintsCountWhereMembershipDoesNot() throws {
    var fixture = Fixture.small
    fixture.bodies["groups.json"] = Self.group("anti-affinity", members: #""s2""#)
    fixture.edit(
      "servers.json", #""scheduler_hints": {}"#, #""scheduler_hints": {"group": ["g1"]}"#)
    #expect(try fixture.collect().vm("web")?.group == "g1")
    fixture.edit("servers.json", #"{"group": ["g1"]}"#, #"{"group": "g7"}"#)
    let cloud = try fixture.collect()
    #expect(cloud.vm("web")?.group == nil)
    #expect(cloud.vm("db")?.group == "g1")
    #expect(cloud.findings(.groupUnknown).map(\.subject) == ["web"])
  }

  /// Group lists have no links; a full page asks for the next by its offset.
  @Test func fullPagesAreContinued() throws {
    func list(_ numbers: Range<Int>) -> String {
      let groups = numbers.map {
        #"{"id": "g\#($0)", "name": "n\#($0)", "policy": "affinity", "members": []}"#
      }
      return #"{"server_groups": [\#(groups.joined(separator: ","))]}"#
    }
    var fixture = Fixture.small
    fixture.bodies["groups.json"] = list(0..<1_000)
    #expect(try fixture.collect().findings(.callMissing).count == 1)
    fixture.answer(
      "groups-2.json", "nova", "/v2.1/os-server-groups?all_projects=1&limit=1000&offset=1000",
      version: "2.64", list(1_000..<1_003))
    let cloud = try fixture.collect()
    #expect(cloud.groups.count == 1_003)
    #expect(cloud.findings(.callMissing).isEmpty)
  }
}
