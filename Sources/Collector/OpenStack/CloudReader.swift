import CloudModel
import Scenarios

/// Reads lists and records from a source of answers, page by page, and notes what it did without.
struct CloudReader {
  /// No list has more pages than this.
  private static let pageLimit = 10_000

  let source: any AnswerSource
  private(set) var findings: [FindingRecord] = []

  init(_ source: any AnswerSource) { self.source = source }

  /// Adds a finding of the caller's.
  mutating func note(_ finding: FindingRecord) { findings.append(finding) }

  /// A list that cannot be done without.
  ///
  /// **Errors**: `callMissing`, `callRefused`, and those of decoding.
  func needed<Element: OpenStackListed>(
    _ type: Element.Type, _ request: APIRequest
  ) throws(CollectorError) -> Listing<Element> {
    let answer = try neededAnswer(to: request)
    return try pages(type, from: answer, to: request)
  }

  /// A record that cannot be done without.
  ///
  /// **Errors**: `callMissing`, `callRefused`, and those of decoding.
  func neededRecord<Value: Decodable>(
    _ type: Value.Type, _ request: APIRequest
  ) throws(CollectorError) -> (value: Value, file: String) {
    let answer = try neededAnswer(to: request)
    return (try AnswerDecoding.decode(type, from: answer.body, file: answer.origin), answer.origin)
  }

  /// A list that may be absent or refused, which then is a finding; `loss` says what is missing
  /// without it.
  mutating func optional<Element: OpenStackListed>(
    _ type: Element.Type, _ request: APIRequest, loss: String
  ) throws(CollectorError) -> Listing<Element>? {
    guard let answer = try optionalAnswer(to: request, loss: loss) else { return nil }
    return try pages(type, from: answer, to: request)
  }

  /// A list that may be absent or refused without a word.
  func silent<Element: OpenStackListed>(
    _ type: Element.Type, _ request: APIRequest
  ) throws(CollectorError) -> Listing<Element>? {
    guard let answer = try source.answer(to: request), answer.status == 200 else { return nil }
    return try pages(type, from: answer, to: request)
  }

  /// A record that may be absent or refused, which then is a finding if `loss` is not nil.
  mutating func optionalRecord<Value: Decodable>(
    _ type: Value.Type, _ request: APIRequest, loss: String?
  ) throws(CollectorError) -> (value: Value, file: String)? {
    guard let answer = try optionalAnswer(to: request, loss: loss) else { return nil }
    return (try AnswerDecoding.decode(type, from: answer.body, file: answer.origin), answer.origin)
  }

  private mutating func optionalAnswer(
    to request: APIRequest, loss: String?
  ) throws(CollectorError) -> APIAnswer? {
    guard let answer = try source.answer(to: request) else {
      if let loss {
        findings.append(
          FindingKind.callMissing.finding(request.call, "It has no answer; without it \(loss)."))
      }
      return nil
    }
    if answer.status == 200 || answer.status == 300 { return answer }
    if let loss {
      let refusal = Refusal(answer.body)
      let rule = refusal.rule.map { " by the policy rule \($0)" } ?? ""
      findings.append(
        FindingKind.callRefused.finding(
          request.call,
          "It was refused (\(answer.status), \(answer.origin))\(rule); without it \(loss)."))
    }
    return nil
  }

  private func neededAnswer(to request: APIRequest) throws(CollectorError) -> APIAnswer {
    guard let answer = try source.answer(to: request) else {
      throw .callMissing(call: request.call)
    }
    guard answer.status == 200 else {
      let refusal = Refusal(answer.body)
      throw .callRefused(
        call: request.call, file: answer.origin, status: answer.status, rule: refusal.rule,
        message: refusal.message)
    }
    return answer
  }

  /// All pages of a list, from its first on.
  private func pages<Element: OpenStackListed>(
    _ type: Element.Type, from first: APIAnswer, to request: APIRequest
  ) throws(CollectorError) -> Listing<Element> {
    var listing = Listing<Element>(file: first.origin, version: first.microversion)
    var answer = first
    var asked: Set<APIRequest> = []
    for _ in 0..<Self.pageLimit {
      let page = try AnswerDecoding.decode(
        OpenStackPage<Element>.self, from: answer.body, file: answer.origin)
      for (index, item) in page.items.enumerated() {
        listing.items.append(
          Recorded(value: item, file: answer.origin, path: "\(Element.listKey)[\(index)]"))
      }
      guard let next = page.next else { return listing }
      // Only the query is taken: the host in the link is what the service believes of itself.
      var following = request
      following.query = QueryItem.items(of: next.drop { $0 != "?" }.dropFirst())
      guard asked.insert(following).inserted else { break }
      answer = try neededAnswer(to: following)
    }
    throw .endlessPages(call: request.call, pages: asked.count + 1)
  }
}

/// A list with the file of its first page and the version it was answered in.
struct Listing<Element: OpenStackListed>: Sendable {
  var items: [Recorded<Element>] = []
  var file: String
  var version: Microversion?

  init(file: String, version: Microversion?) {
    self.file = file
    self.version = version
  }
}
