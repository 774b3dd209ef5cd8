/// The links that a flow of data crosses, each once.
///
/// **Shape**: one to six links, held in place; the order has no meaning.
package struct FlowPath: Sendable {
  /// Most links of one path: both network cards, two rack uplinks and two zone links.
  package static let longest = 6

  private var storage = InlineArray<6, Int32>(repeating: -1)
  /// Number of links.
  package private(set) var count = 0

  /// A path without links, to which they are added.
  package init() {}

  /// A path over some links.
  package init(_ links: [Int32]) {
    for link in links { append(link) }
  }

  /// Adds a link that is not on the path.
  package mutating func append(_ link: Int32) {
    precondition(count < Self.longest, "A path has at most six links.")
    for index in 0..<count {
      precondition(storage[index] != link, "A flow crosses a link once.")
    }
    storage[count] = link
    count += 1
  }

  /// The link at a place from 0.
  package subscript(_ index: Int) -> Int32 { storage[index] }
}
