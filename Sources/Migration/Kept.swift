/// A large value that is kept in one place, so that what refers to it is copied as one pointer.
final class Kept<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) {
    self.value = value
  }
}
