import CloudModel
import Scenarios

/// Images of the image service, completed by what servers carry of theirs.
struct ImageAssembly {
  /// In ascending order of name, then id.
  private(set) var records: [ImageRecord] = []
  private(set) var findings: [FindingRecord] = []

  /// **Errors**: `contradiction` for an id that is there twice.
  init(
    _ images: [Recorded<OpenStackImage>]?, servers: [OpenStackServer]
  ) throws(CollectorError) {
    var indexByID: [String: Int] = [:]
    for image in images ?? [] {
      guard indexByID[image.value.id] == nil else {
        throw image.contradiction("id", image.value.id, allowed: "an id that is listed once")
      }
      indexByID[image.value.id] = records.count
      var record = ImageRecord()
      record.id = image.value.id
      record.name = image.value.name
      for (key, value) in image.value.properties { record.properties[key] = value }
      records.append(record)
    }
    var users: [String: [String]] = [:]
    for server in servers {
      guard let image = server.image else { continue }
      let index: Int
      if let known = indexByID[image.id] {
        index = known
      } else {
        index = records.count
        indexByID[image.id] = index
        var record = ImageRecord()
        record.id = image.id
        record.name = image.id
        records.append(record)
      }
      if images != nil, index >= images?.count ?? 0 {
        users[image.id, default: []].append(server.name)
      }
      // The image service is newer than what a server was booted with: it wins.
      for (key, value) in image.properties where records[index].properties[key] == nil {
        records[index].properties[key] = value
      }
    }
    records.sort { ($0.name, $0.id) < ($1.name, $1.id) }
    for (id, names) in users.sorted(by: { $0.key < $1.key }) {
      findings.append(
        FindingKind.imageGone.finding(
          id,
          "The image service does not list it; \(names.count) VM(s) were made from it: "
            + names.sorted().joined(separator: ", ")))
    }
  }
}
