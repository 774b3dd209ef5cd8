import Scenarios

/// Projects by name; VMs name theirs by it.
struct ProjectAssembly {
  /// In ascending order of name.
  private(set) var records: [ProjectRecord] = []
  /// Names by id.
  private(set) var nameByID: [String: String] = [:]

  /// Names are unique in a domain only: one that is there twice gets its id behind it.
  init(_ projects: [Recorded<OpenStackProject>], servers: [OpenStackServer]) {
    let names = Dictionary(grouping: projects.map(\.value), by: \.name)
    for project in projects.map(\.value) where nameByID[project.id] == nil {
      add(
        project.id,
        name: names[project.name]?.count == 1 ? project.name : "\(project.name) (\(project.id))")
    }
    for server in servers {
      if let id = server.project, nameByID[id] == nil { add(id, name: id) }
    }
    records.sort { $0.name < $1.name }
  }

  private mutating func add(_ id: String, name: String) {
    nameByID[id] = name
    var record = ProjectRecord()
    record.id = id
    record.name = name
    records.append(record)
  }
}
