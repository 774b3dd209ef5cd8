/// What a service said to a call.
package struct APIAnswer: Sendable, Equatable {
  /// The HTTP status.
  package var status: Int
  /// The body as received.
  package var body: [UInt8]
  /// The version that the service answered in; nil where the service has none.
  package var microversion: Microversion?
  /// Where it is from, for messages: a file of the capture.
  package var origin: String

  /// An answer.
  package init(status: Int, body: [UInt8], microversion: Microversion?, origin: String) {
    self.status = status
    self.body = body
    self.microversion = microversion
    self.origin = origin
  }
}

/// Something that answers read calls: recorded answers, a cloud.
package protocol AnswerSource: Sendable {
  /// What it is, for people.
  var name: String { get }

  /// The best answer to a call: the most privileged account's, with a status of 200 if there is
  /// one, and of the highest version that the call allows. Nil: it was never asked or the service
  /// is absent.
  ///
  /// A list may come in pages; the request for the next has `limit` and `marker` in its query.
  /// **Errors**: `CollectorError` when an answer is there but cannot be read.
  func answer(to request: APIRequest) throws(CollectorError) -> APIAnswer?
}
