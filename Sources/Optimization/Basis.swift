/// Which rows and columns of a relaxation lie at a bound: where a later solve may start.
package struct Basis: Sendable, Equatable {
  /// The state of each row, in the solver's own numbers.
  let rows: [UInt8]
  /// The state of each column.
  let columns: [UInt8]

  init(_ states: [UInt8], rows count: Int) {
    rows = Array(states[..<count])
    columns = Array(states[count...])
  }
}
