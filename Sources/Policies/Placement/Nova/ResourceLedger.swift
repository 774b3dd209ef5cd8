/// What a provider has of a resource class.
package struct ResourceInventory: Sendable, Equatable {
  /// The class, as `VCPU`.
  package var resource: String
  /// All there is.
  package var total: Int
  /// What is not given away.
  package var reserved: Int
  /// The smallest amount of one allocation.
  package var minUnit: Int
  /// The largest amount of one allocation.
  package var maxUnit: Int
  /// Amounts are multiples of it.
  package var stepSize: Int
  /// How often each unit is given away.
  package var ratio: Double

  /// An inventory; without other limits one allocation may take all.
  package init(
    _ resource: String, total: Int, reserved: Int = 0, minUnit: Int = 1, maxUnit: Int? = nil,
    stepSize: Int = 1, ratio: Double = 1
  ) {
    self.resource = resource
    self.total = total
    self.reserved = reserved
    self.minUnit = minUnit
    self.maxUnit = maxUnit ?? total
    self.stepSize = stepSize
    self.ratio = ratio
  }

  /// (total - reserved) x ratio, before it is rounded down.
  var exactCapacity: Double { Double(total - reserved) * ratio }

  /// (total - reserved) x ratio, rounded down.
  package var capacity: Int { Int(min(max(exactCapacity, -1e15), 1e15)) }

  func admits(_ amount: Int, used: Int) -> Bool {
    Double(used + amount) <= exactCapacity && amount >= minUnit && amount <= maxUnit
      && amount % max(stepSize, 1) == 0
  }
}

/// A resource provider of Placement.
package struct ResourceProvider: Sendable, Equatable {
  /// The identifier.
  package var name: String
  /// The identifier of the provider above, or nil for a root.
  package var parent: String?
  /// What it has, sorted by class.
  package var inventories: [ResourceInventory]
  /// Its traits.
  package var traits: Set<String>
  /// Its aggregates.
  package var aggregates: Set<String>

  /// A provider.
  package init(
    name: String, parent: String? = nil, inventories: [ResourceInventory], traits: Set<String>,
    aggregates: Set<String> = []
  ) {
    self.name = name
    self.parent = parent
    self.inventories = inventories.sorted { $0.resource < $1.resource }
    self.traits = traits
    self.aggregates = aggregates
  }
}

/// What one consumer holds of one provider.
package struct ResourceAllocation: Sendable, Hashable {
  /// The provider.
  package var provider: String
  /// Amounts, sorted by class.
  package var amounts: [ResourceAmount]

  /// An allocation.
  package init(provider: String, amounts: [ResourceAmount]) {
    self.provider = provider
    self.amounts = amounts.sorted { $0.resource < $1.resource }
  }
}

/// Placement's state: providers, and who holds how much of them.
///
/// **Source**: Placement 16.0.0, `placement/objects/allocation.py` for the checks of a claim.
package struct ResourceLedger: Sendable, Equatable {
  /// Providers, sorted by name.
  package private(set) var providers: [ResourceProvider]
  private let places: [String: Int]
  private var used: [[Int]]
  private var held: [String: [ResourceAllocation]] = [:]

  /// Providers of which nothing is used.
  package init(_ providers: [ResourceProvider]) {
    self.providers = providers.sorted { $0.name < $1.name }
    places = Dictionary(
      self.providers.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    used = self.providers.map { [Int](repeating: 0, count: $0.inventories.count) }
  }

  /// The index of a provider, or nil if there is none of that name.
  package func place(of provider: String) -> Int? { places[provider] }

  /// What is used of an inventory.
  package func used(_ inventory: Int, of provider: Int) -> Int { used[provider][inventory] }

  /// Consumers that hold something, sorted.
  package var consumers: [String] { held.keys.sorted() }

  /// What a consumer holds, sorted by provider.
  package func allocations(of consumer: String) -> [ResourceAllocation] { held[consumer] ?? [] }

  /// Gives a consumer what it asks for if it is there; else changes nothing.
  ///
  /// Allocations on unknown providers or classes are refused.
  package mutating func claim(_ allocations: [ResourceAllocation], for consumer: String) -> Bool {
    let isRoomy = allocations.allSatisfy { allocation in
      guard let place = places[allocation.provider] else { return false }
      return allocation.amounts.allSatisfy { amount in
        guard let column = column(of: amount.resource, in: place) else { return false }
        return providers[place].inventories[column].admits(
          amount.amount, used: used[place][column])
      }
    }
    if isRoomy { assign(allocations, to: consumer) }
    return isRoomy
  }

  /// Adds allocations without asking whether there is room: what a record says is so.
  package mutating func assign(_ allocations: [ResourceAllocation], to consumer: String) {
    book(allocations, sign: 1)
    let all = allocations.filter { places[$0.provider] != nil }
    held[consumer] = ((held[consumer] ?? []) + all).sorted { $0.provider < $1.provider }
  }

  /// Takes back all that a consumer holds.
  package mutating func release(_ consumer: String) {
    guard let allocations = held.removeValue(forKey: consumer) else { return }
    book(allocations, sign: -1)
  }

  /// Lets another consumer hold what this one holds, as a migration holds the source.
  package mutating func rename(_ consumer: String, to other: String) {
    guard let allocations = held.removeValue(forKey: consumer) else { return }
    held[other] = allocations
  }

  /// Sets or removes a trait of a provider.
  package mutating func setTrait(_ trait: String, _ isPresent: Bool, of provider: String) {
    guard let place = places[provider] else { return }
    if isPresent {
      providers[place].traits.insert(trait)
    } else {
      providers[place].traits.remove(trait)
    }
  }

  func column(of resource: String, in provider: Int) -> Int? {
    providers[provider].inventories.firstIndex { $0.resource == resource }
  }

  private mutating func book(_ allocations: [ResourceAllocation], sign: Int) {
    for allocation in allocations {
      guard let place = places[allocation.provider] else { continue }
      for amount in allocation.amounts {
        guard let column = column(of: amount.resource, in: place) else { continue }
        used[place][column] += sign * amount.amount
      }
    }
  }
}
