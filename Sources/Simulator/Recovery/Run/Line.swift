/// A queue in the order of entry: a column of which the part before `head` has left.
struct Line<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  private var head = 0
  /// How many elements may lie in the column before stale ones are dropped.
  private var limit = 64

  /// How many elements there are.
  var count: Int { elements.count - head }

  /// The one that entered first.
  @inline(__always)
  var first: Element? { head < elements.count ? elements[head] : nil }

  /// The one that entered last.
  var last: Element? { head < elements.count ? elements[elements.count - 1] : nil }

  /// Those that are there, in the order of entry.
  var all: ArraySlice<Element> { elements[head...] }

  /// Lets an element enter.
  @inline(__always)
  mutating func push(_ element: Element) { elements.append(element) }

  /// Whether the column has grown so much that `keep` should be called.
  @inline(__always)
  var isLong: Bool { elements.count > limit }

  /// Drops what need not be kept. Called whenever the line is long it costs O(1) for each element
  /// that entered.
  mutating func keep(_ isKept: (Element) -> Bool) {
    elements = elements[head...].filter(isKept)
    head = 0
    limit = max(64, 2 * elements.count)
  }

  /// Takes the first out; nil if there is none.
  @inline(__always)
  mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    let element = elements[head]
    removeFirst()
    return element
  }

  /// Takes the first out.
  @inline(__always)
  mutating func removeFirst() {
    head += 1
    guard head == elements.count else { return }
    elements.removeAll(keepingCapacity: true)
    head = 0
  }
}
