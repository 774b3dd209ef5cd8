import Collector
import Foundation
import Scenarios
import Testing

@Suite struct CaptureChoiceTests {
  @Test func versionsCompareByNumber() {
    #expect(Microversion(2, 9) < Microversion(2, 10))
    #expect(Microversion("2.100") == Microversion(2, 100))
    for text in ["latest", "", "2", "2.", "2.x", "-1.2", "2.1.3"] {
      #expect(Microversion(text) == nil, "\(text)")
    }
  }

  private func chosen(_ fixture: Fixture, _ request: APIRequest) throws -> String? {
    try fixture.withFolder { try CaptureSource(folder: $0).answer(to: request)?.origin }
  }

  private let servers = APIRequest(
    .nova, "/v2.1/servers/detail", query: [QueryItem("all_tenants", "1")])

  @Test func highestVersionWins() throws {
    var fixture = Fixture.small
    let path = "/v2.1/servers/detail?all_tenants=1"
    for version in ["2.9", "2.90", "2.47"] {
      fixture.answer("s-\(version).json", "nova", path, version: version, "{}")
    }
    fixture.remove("servers.json")
    #expect(try chosen(fixture, servers) == "s-2.90.json")
    fixture.answer("s-latest.json", "nova", path, version: "latest", "{}")
    #expect(try chosen(fixture, servers) == "s-latest.json")
    var older = servers
    older.through = Microversion(2, 89)
    #expect(try chosen(fixture, older) == "s-2.47.json")
    older.through = Microversion(2, 8)
    #expect(try chosen(fixture, older) == nil)
    older.through = nil
    older.from = Microversion(2, 95)
    #expect(try chosen(fixture, older) == "s-latest.json")
  }

  @Test func administratorAndWholeListsWin() throws {
    var fixture = Fixture.small
    let path = "/v2.1/servers/detail"
    fixture.answer(
      "member.json", "nova", path + "?all_tenants=1", version: "2.101", account: "TOKEN-OF-MEMBER",
      "{}")
    fixture.answer(
      "refused.json", "nova", path + "?all_tenants=1", version: "2.102", status: 403, "{}")
    fixture.answer("one-host.json", "nova", path + "?all_tenants=1&host=h1", version: "2.103", "{}")
    fixture.answer(
      "deleted.json", "nova", path + "?all_tenants=1&deleted=true", version: "2.103", "{}")
    fixture.answer("page.json", "nova", path + "?all_tenants=1&limit=1", version: "2.100", "{}")
    fixture.answer("marker.json", "nova", path + "?all_tenants=1&marker=x", version: "2.100", "{}")
    fixture.answer("own.json", "nova", path, version: "2.100", "{}")
    #expect(try chosen(fixture, servers) == "servers.json")
  }

  @Test func accountsAreRankedByRefusals() throws {
    var fixture = Fixture.small
    let path = "/v2.1/os-server-groups?all_projects=1"
    fixture.remove("groups.json")
    fixture.answer("few.json", "nova", path, version: "2.64", account: "READER", "{}")
    fixture.answer("all.json", "nova", path, version: "2.64", account: "OPERATOR", "{}")
    fixture.answer(
      "no.json", "nova", "/v2.1/os-services", version: "2.69", account: "READER", status: 403, "{}")
    let request = APIRequest(
      .nova, "/v2.1/os-server-groups", query: [QueryItem("all_projects", "1")])
    #expect(try chosen(fixture, request) == "all.json")
  }

  @Test func mountsAndProjectsInPathsDoNotMatter() throws {
    var fixture = Fixture.small
    let project = String(repeating: "0a", count: 16)
    fixture.remove("servers.json")
    fixture.answer(
      "servers.json", "compute",
      "/compute/v2.1/\(project)/servers/detail?all_tenants=True&limit=500",
      version: "2.96", "{}")
    #expect(try chosen(fixture, servers) == "servers.json")
  }

  @Test func pagesAreFollowed() throws {
    var fixture = Fixture.small
    let path = "/v2.1/servers/detail?all_tenants=1&limit=1"
    fixture.remove("servers.json")
    func page(_ server: String, next: String?) -> String {
      let link = next.map {
        #", "servers_links": [{"rel": "next", "href": "http://inside:8774\#(path)&marker=\#($0)"}]"#
      }
      return #"{"servers": [\#(server)]\#(link ?? "")}"#
    }
    let web = Fixture.server("s1", "web", on: "h1")
    let moved = web.replacingOccurrences(of: "03:04:05Z", with: "03:09:05Z")
      .replacingOccurrences(of: #""name": "web""#, with: #""name": "web2""#)
    fixture.answer("p1.json", "nova", path, version: "2.100", page(web, next: "s1"))
    fixture.answer(
      "p2.json", "nova", path + "&marker=s1", version: "2.100",
      page(Fixture.server("s2", "db", on: "h2"), next: "s2"))
    // The last page has the first server again, as it was later.
    fixture.answer(
      "p3.json", "nova", path + "&marker=s2", version: "2.100", page(moved, next: nil))
    let cloud = try fixture.collect()
    #expect(cloud.vms.map(\.name) == ["db", "web2"])

    fixture.remove("p3.json")
    let call = "nova GET /v2.1/servers/detail?all_tenants=1&limit=1&marker=s2"
    #expect(fixture.refusal() == .callMissing(call: call))

    fixture.bodies["p2.json"] = page(web, next: "s1")
    let first = "nova GET /v2.1/servers/detail?all_tenants=1"
    #expect(fixture.refusal() == .endlessPages(call: first, pages: 2))
  }
}
