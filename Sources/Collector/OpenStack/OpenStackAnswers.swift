import CloudModel
import Scenarios

/// All that was read of an OpenStack cloud, decoded and with places, not yet put together.
struct OpenStackAnswers: Sendable {
  var source: String
  var novaVersion: Microversion?
  var placementVersion: Microversion?
  var hypervisors: [Recorded<OpenStackHypervisor>]
  var hypervisorsFile: String
  /// The same from a version that still told capacities and CPUs, by hypervisor name.
  var details: [String: Recorded<OpenStackHypervisor>]
  var services: [Recorded<OpenStackService>]?
  var aggregates: [Recorded<OpenStackAggregate>]?
  var zones: [Recorded<OpenStackZone>]?
  var flavors: [Recorded<OpenStackFlavor>]
  var servers: [Recorded<OpenStackServer>]
  var groups: [Recorded<OpenStackGroup>]
  /// Nil: not known, so that an image that is not listed is not gone.
  var images: [Recorded<OpenStackImage>]?
  var projects: [Recorded<OpenStackProject>]
  /// Nil: not known, so that a consumer that is no server may be a migration.
  var migrations: [Recorded<OpenStackMigration>]?
  var providers: [ProviderAnswers]
  /// What was done without.
  var findings: [FindingRecord]
}

extension OpenStackAnswers {
  /// Reads everything that a source has.
  ///
  /// **Errors**: those of `CollectorError`; a call that is absent or refused is one only for
  /// hypervisors, servers, providers and inventories.
  init(reading source: any AnswerSource) throws(CollectorError) {
    var reader = CloudReader(source)
    self.source = source.name
    novaVersion = try reader.optionalRecord(
      OpenStackVersions.self, APIRequest(.nova, "/"), loss: nil)?.value.maximum
    placementVersion = try reader.optionalRecord(
      OpenStackVersions.self, APIRequest(.placement, "/"), loss: nil)?.value.maximum

    let list = try reader.needed(
      OpenStackHypervisor.self, APIRequest(.nova, "/v2.1/os-hypervisors/detail"))
    hypervisors = list.items
    hypervisorsFile = list.file
    details = try Self.details(&reader, newest: list)

    let compute = APIRequest(
      .nova, "/v2.1/servers/detail", query: [QueryItem("all_tenants", "1")])
    servers = try Self.withoutDoubles(reader.needed(OpenStackServer.self, compute).items)
    flavors = try Self.flavors(&reader)
    services = try Self.services(&reader)
    aggregates = try reader.optional(
      OpenStackAggregate.self, APIRequest(.nova, "/v2.1/os-aggregates"),
      loss: "zones are taken from the services and no aggregate is known")?.items
    zones = try reader.silent(
      OpenStackZone.self, APIRequest(.nova, "/v2.1/os-availability-zone/detail"))?.items
    groups = try Self.groups(&reader)
    migrations = try reader.optional(
      OpenStackMigration.self, APIRequest(.nova, "/v2.1/os-migrations"),
      loss: "the moves that hold allocations cannot be told from orphans")?.items
    images = try reader.optional(
      OpenStackImage.self, APIRequest(.glance, "/v2/images"),
      loss: "images have only the properties that servers carry")?.items
    projects =
      try reader.optional(
        OpenStackProject.self, APIRequest(.keystone, "/v3/projects"),
        loss: "projects are named by their ids")?.items ?? []
    providers = try Self.providers(&reader)
    findings = reader.findings
  }

  /// The newest version before 2.88, which dropped capacities and CPUs.
  private static func details(
    _ reader: inout CloudReader, newest: Listing<OpenStackHypervisor>
  ) throws(CollectorError) -> [String: Recorded<OpenStackHypervisor>] {
    var found = newest.items
    if found.contains(where: { $0.value.cpuInfo == nil }) {
      let request = APIRequest(
        .nova, "/v2.1/os-hypervisors/detail", through: Microversion(2, 87))
      found = try reader.silent(OpenStackHypervisor.self, request)?.items ?? []
    }
    return Dictionary(
      found.map { ($0.value.hypervisorHostname, $0) }, uniquingKeysWith: { first, _ in first }
    )
  }

  private static func services(
    _ reader: inout CloudReader
  ) throws(CollectorError) -> [Recorded<OpenStackService>]? {
    let path = "/v2.1/os-services"
    let compute = APIRequest(.nova, path, query: [QueryItem("binary", "nova-compute")])
    if let services = try reader.silent(OpenStackService.self, compute) { return services.items }
    let all = try reader.optional(
      OpenStackService.self, APIRequest(.nova, path),
      loss: "hosts have the state of their hypervisors")
    return all?.items.filter { $0.value.binary == "nova-compute" }
  }

  private static func groups(
    _ reader: inout CloudReader
  ) throws(CollectorError) -> [Recorded<OpenStackGroup>] {
    let path = "/v2.1/os-server-groups"
    let all = APIRequest(.nova, path, query: [QueryItem("all_projects", "1")])
    if let groups = try reader.optional(
      OpenStackGroup.self, all, loss: "groups of other projects are not known")
    {
      return try groups.items + further(groups.items.count, of: all, &reader)
    }
    return try reader.silent(OpenStackGroup.self, APIRequest(.nova, path))?.items ?? []
  }

  /// Groups have neither markers nor links: a full page of 1,000 may be followed by another.
  private static func further(
    _ count: Int, of request: APIRequest, _ reader: inout CloudReader
  ) throws(CollectorError) -> [Recorded<OpenStackGroup>] {
    let pageSize = 1_000
    var found: [Recorded<OpenStackGroup>] = []
    while count > 0, (count + found.count) % pageSize == 0 {
      var next = request
      next.query.append(QueryItem("limit", String(pageSize)))
      next.query.append(QueryItem("offset", String(count + found.count)))
      guard
        let page = try reader.optional(
          OpenStackGroup.self, next, loss: "there may be more groups than are known"),
        !page.items.isEmpty
      else { break }
      found += page.items
    }
    return found
  }

  private static func flavors(
    _ reader: inout CloudReader
  ) throws(CollectorError) -> [Recorded<OpenStackFlavor>] {
    let path = "/v2.1/flavors/detail"
    let all = APIRequest(.nova, path, query: [QueryItem("is_public", "None")])
    var flavors: [Recorded<OpenStackFlavor>]
    if let listing = try reader.optional(
      OpenStackFlavor.self, all, loss: "private flavors are known from servers only")
    {
      flavors = listing.items
    } else {
      flavors = try reader.silent(OpenStackFlavor.self, APIRequest(.nova, path))?.items ?? []
    }
    var unknown: [String] = []
    for index in flavors.indices where flavors[index].value.extraSpecs == nil {
      let request = APIRequest(
        .nova, "/v2.1/flavors/\(flavors[index].value.id)/os-extra_specs")
      let specs = try reader.optionalRecord(OpenStackExtraSpecs.self, request, loss: nil)
      flavors[index].value.extraSpecs = specs?.value.extraSpecs
      if specs == nil { unknown.append(flavors[index].value.name) }
    }
    if !unknown.isEmpty {
      reader.note(
        FindingKind.extraSpecsUnknown.finding(
          unknown.sorted().joined(separator: ", "),
          "Lists tell extra specs from version 2.61 on, and these flavors were not asked for "
            + "theirs; traits and devices that they demand are not known."))
    }
    return flavors
  }

  /// A server that moved between two pages is in both: the later record is right. Twice on one
  /// page it is a contradiction.
  private static func withoutDoubles(
    _ servers: [Recorded<OpenStackServer>]
  ) throws(CollectorError) -> [Recorded<OpenStackServer>] {
    var place: [String: Int] = [:]
    var kept: [Recorded<OpenStackServer>] = []
    for server in servers where server.value.status != "DELETED" {
      guard let earlier = place[server.value.id] else {
        place[server.value.id] = kept.count
        kept.append(server)
        continue
      }
      guard kept[earlier].file != server.file else {
        throw server.contradiction("id", server.value.id, allowed: "an id that is listed once")
      }
      if (server.value.updated ?? "") > (kept[earlier].value.updated ?? "") {
        kept[earlier] = server
      }
    }
    return kept
  }

  /// Five calls for each provider; only the inventories cannot be done without.
  private static func providers(
    _ reader: inout CloudReader
  ) throws(CollectorError) -> [ProviderAnswers] {
    let list = try reader.needed(
      OpenStackProvider.self, APIRequest(.placement, "/resource_providers"))
    var providers: [ProviderAnswers] = []
    for provider in list.items {
      let path = "/resource_providers/\(provider.value.uuid)"
      let stock = try reader.neededRecord(
        OpenStackInventories.self, APIRequest(.placement, "\(path)/inventories"))
      let usages = try reader.optionalRecord(
        OpenStackUsages.self, APIRequest(.placement, "\(path)/usages"), loss: nil)
      let traits = try reader.optionalRecord(
        OpenStackTraits.self, APIRequest(.placement, "\(path)/traits"),
        loss: "the traits of \(provider.value.name) are not known")
      let aggregates = try reader.optionalRecord(
        OpenStackProviderAggregates.self,
        APIRequest(.placement, "\(path)/aggregates", from: Microversion(1, 1)), loss: nil)
      let allocations = try reader.optionalRecord(
        OpenStackAllocations.self, APIRequest(.placement, "\(path)/allocations"),
        loss: "what is taken on \(provider.value.name) is summed from flavors")
      providers.append(
        ProviderAnswers(
          provider: provider, inventories: stock.value.inventories, inventoriesFile: stock.file,
          usages: usages?.value.usages, traits: traits?.value.traits.sorted() ?? [],
          aggregates: aggregates?.value.aggregates ?? [],
          allocations: allocations?.value.allocations.mapValues(\.resources),
          allocationsFile: allocations?.file ?? ""))
    }
    return providers
  }
}
