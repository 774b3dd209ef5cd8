/// Lists of different lengths in two flat arrays: the disks of each VM, the aggregates of each host.
package struct Adjacency<Element: Sendable>: Sendable {
  private var ends: [Int] = []
  /// All elements, list after list.
  package private(set) var elements: [Element] = []

  /// No lists.
  package init() {}

  /// How many lists there are.
  package var count: Int { ends.count }

  /// Appends a list; its index is the former `count`.
  package mutating func append(_ list: some Sequence<Element>) {
    elements.append(contentsOf: list)
    ends.append(elements.count)
  }

  /// The list at an index.
  package subscript(index: Int) -> ArraySlice<Element> {
    elements[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }
}
