import CloudModel

/// The hosts of each partition in buckets by what they have left, for orders by residual.
///
/// A bucket is a stack of hosts, linked through a column: the host that changed last is on top. A
/// bit of a bitmap says which buckets hold one, a bit of a summary which words of the bitmap are
/// not zero, so that the next bucket in the order is found by counting trailing zeros.
///
/// **Complexity**: 12 bytes a host; of a bucket 4 bytes and a bit; a change O(1).
struct ResidualIndex: Sendable {
  /// The place of a host: its neighbours in the stack, -1 for none, and its bucket, -1 for none.
  struct Link: Sendable {
    var next: Int32 = -1
    var previous: Int32 = -1
    var bucket: Int32 = -1
  }

  let grid: ResidualGrid
  var links: [Link]
  /// The top of each bucket's stack, partition by partition; -1 if it is empty.
  var tops: [Int32]
  /// The bitmap, and behind it its summary, in one column.
  var words: [UInt64]
  /// How many words the bitmap has, and so where its summary begins.
  let wordCount: Int

  /// An index without hosts.
  init(grid: ResidualGrid, partitions: Int, hosts: Int) {
    self.grid = grid
    let buckets = grid.cells * partitions
    precondition(
      buckets <= Int(Int32.max), "The partitions have more buckets than can be numbered.")
    links = [Link](repeating: Link(), count: hosts)
    tops = [Int32](repeating: -1, count: buckets)
    wordCount = buckets >> 6
    words = [UInt64](repeating: 0, count: wordCount + buckets >> 12 + 1)
  }

  /// Puts a host that is in no bucket on top of one.
  mutating func push(_ host: Int, to bucket: Int) {
    Self.relink(host, from: false, to: bucket, &links, &tops, &words, wordCount)
  }

  /// Takes a host out of its bucket.
  mutating func remove(_ host: Int) {
    Self.relink(host, from: true, to: -1, &links, &tops, &words, wordCount)
  }

  /// Puts a host on top of another bucket, or again on top of its own.
  @inline(__always)
  mutating func move(_ host: Int, to bucket: Int) {
    Self.relink(host, from: true, to: bucket, &links, &tops, &words, wordCount)
  }

  /// The columns come one by one, as a span of one of them excludes access to the whole.
  @inline(__always)
  private static func relink(
    _ host: Int, from isIn: Bool, to bucket: Int, _ links: inout [Link], _ tops: inout [Int32],
    _ words: inout [UInt64], _ wordCount: Int
  ) {
    var links = links.mutableSpan
    var tops = tops.mutableSpan
    var words = words.mutableSpan
    if isIn { remove(host, &links, &tops, &words, wordCount) }
    if bucket >= 0 {
      push(host, to: bucket, &links, &tops, &words, wordCount)
    } else {
      links[host].bucket = -1
    }
  }

  /// Puts a host that is in no bucket on top of one.
  @inline(__always)
  static func push(
    _ host: Int, to bucket: Int, _ links: inout MutableSpan<Link>, _ tops: inout MutableSpan<Int32>,
    _ words: inout MutableSpan<UInt64>, _ wordCount: Int
  ) {
    let top = tops[bucket]
    tops[bucket] = Int32(truncatingIfNeeded: host)
    links[host] = Link(next: top, previous: -1, bucket: Int32(truncatingIfNeeded: bucket))
    if top >= 0 {
      links[Int(top)].previous = Int32(truncatingIfNeeded: host)
    } else {
      words[bucket >> 6] |= 1 &<< UInt64(truncatingIfNeeded: bucket)
      words[wordCount &+ bucket >> 12] |= 1 &<< UInt64(truncatingIfNeeded: bucket >> 6)
    }
  }

  /// Takes a host out of its bucket; its link still names the bucket.
  @inline(__always)
  static func remove(
    _ host: Int, _ links: inout MutableSpan<Link>, _ tops: inout MutableSpan<Int32>,
    _ words: inout MutableSpan<UInt64>, _ wordCount: Int
  ) {
    let link = links[host]
    if link.next >= 0 { links[Int(link.next)].previous = link.previous }
    if link.previous >= 0 {
      links[Int(link.previous)].next = link.next
      return
    }
    let bucket = Int(link.bucket)
    tops[bucket] = link.next
    guard link.next < 0 else { return }
    let word = words[bucket >> 6] & ~(1 &<< UInt64(truncatingIfNeeded: bucket))
    words[bucket >> 6] = word
    if word == 0 {
      words[wordCount &+ bucket >> 12] &= ~(1 &<< UInt64(truncatingIfNeeded: bucket >> 6))
    }
  }

  /// The hosts of a bucket, the top first.
  func stack(_ bucket: Int) -> [Int] {
    var hosts: [Int] = []
    var host = tops[bucket]
    while host >= 0 {
      hosts.append(Int(host))
      host = links[Int(host)].next
    }
    return hosts
  }

  /// What is wrong with the links and bitmaps; nil if nothing is.
  ///
  /// **Complexity**: O(hosts + buckets).
  func inconsistency() -> String? {
    var seen = 0
    for bucket in tops.indices {
      let hosts = stack(bucket)
      seen += hosts.count
      let bit = words[bucket >> 6] >> UInt64(bucket & 63) & 1
      if (bit == 1) != !hosts.isEmpty { return "bit of bucket \(bucket)" }
      var above: Int32 = -1
      for host in hosts {
        if links[host].bucket != Int32(bucket) { return "bucket of host \(host)" }
        if links[host].previous != above { return "link back of host \(host)" }
        above = Int32(host)
      }
    }
    for word in 0..<wordCount {
      let bit = words[wordCount + word >> 6] >> UInt64(word & 63) & 1
      if (bit == 1) != (words[word] != 0) { return "summary of word \(word)" }
    }
    return seen == links.count(where: { $0.bucket >= 0 }) ? nil : "a host is in no stack"
  }
}
