/// Memory of a fixed number of trivial elements, freed when nobody holds it any more.
///
/// Tables of diagrams read and write it millions of times a second through the pointer that they
/// keep beside it, and check their own bounds.
final class Block<Element: BitwiseCopyable> {
  /// The first element.
  let start: UnsafeMutablePointer<Element>

  /// Memory for so many elements, all equal.
  init(count: Int, filledWith element: Element) {
    start = UnsafeMutablePointer.allocate(capacity: count)
    start.initialize(repeating: element, count: count)
  }

  deinit { start.deallocate() }
}
