/// Items of several types to be put into bins that are alike within a pool: what an evacuation
/// asks once its rules are worked out, in words that know nothing of clouds.
///
/// Minimised is the weight of the items left out; among the packings that leave out least, the
/// number of reference items that would still fit is maximised, if there is a reference. Amounts
/// are whole numbers in any unit, one unit per resource.
package struct PackingProblem: Sendable {
  /// A bin with what is free in it.
  package struct Bin: Sendable, Equatable {
    /// The pool the bin belongs to.
    package var pool: Int
    /// Free amount of each resource; a negative amount counts as 0.
    package var free: [Int64]

    /// A bin with its pool and its free amounts.
    package init(pool: Int, free: [Int64]) {
      self.pool = pool
      self.free = free
    }
  }

  /// Items that are alike for every rule.
  package struct ItemType: Sendable, Equatable {
    /// What one item takes of each resource, 0 or more.
    package var demand: [Int64]
    /// Number of items.
    package var count: Int
    /// The pools whose bins may take the items, in rising order.
    package var allowedPools: [Int]
    /// The group that limits how many of its items share a bin, if any.
    package var group: Int?
    /// Cost of leaving one item out.
    package var weight: Int

    /// A type of items.
    package init(
      demand: [Int64], count: Int, allowedPools: [Int], group: Int? = nil, weight: Int = 1
    ) {
      self.demand = demand
      self.count = count
      self.allowedPools = allowedPools
      self.group = group
      self.weight = weight
    }
  }

  /// Members of a group that are in a bin already and stay there.
  package struct Occupancy: Sendable, Equatable {
    /// The bin.
    package var bin: Int
    /// How many members it holds.
    package var members: Int

    /// A number of members in a bin.
    package init(bin: Int, members: Int) {
      self.bin = bin
      self.members = members
    }
  }

  /// Items of which a bin takes a limited number (hard anti-affinity).
  package struct Group: Sendable, Equatable {
    /// Most members in one bin, staying ones included.
    package var limitPerBin: Int
    /// Members that stay where they are.
    package var occupied: [Occupancy]

    /// A group with its limit and its staying members.
    package init(limitPerBin: Int = 1, occupied: [Occupancy] = []) {
      self.limitPerBin = limitPerBin
      self.occupied = occupied
    }
  }

  /// An item that measures what a packing leaves free: whole copies of it, bin by bin.
  package struct Reference: Sendable, Equatable {
    /// What one copy takes of each resource; it takes something.
    package var demand: [Int64]
    /// The pools in whose bins the copies count, in rising order.
    package var pools: [Int]

    /// A reference item with the pools where it counts.
    package init(demand: [Int64], pools: [Int]) {
      self.demand = demand
      self.pools = pools
    }
  }

  /// Number of resources.
  package let resourceCount: Int
  /// Number of pools.
  package let poolCount: Int
  /// The bins, named by position.
  package let bins: [Bin]
  /// The item types, named by position.
  package let types: [ItemType]
  /// The groups, named by position.
  package let groups: [Group]
  /// What measures the room that is left, if that matters.
  package let reference: Reference?

  /// A problem; its indices have to fit together and its counts must not be negative.
  package init(
    resourceCount: Int, poolCount: Int, bins: [Bin], types: [ItemType], groups: [Group] = [],
    reference: Reference? = nil
  ) {
    self.resourceCount = resourceCount
    self.poolCount = poolCount
    self.bins = bins
    self.types = types
    self.groups = groups
    self.reference = reference
    if let reference {
      precondition(
        reference.demand.count == resourceCount && reference.demand.contains { $0 > 0 }
          && reference.demand.allSatisfy { $0 >= 0 },
        "A reference needs one demand per resource, not all of them 0.")
      precondition(
        reference.pools.allSatisfy((0..<poolCount).contains), "A reference names an unknown pool.")
    }
    for bin in bins {
      precondition(bin.free.count == resourceCount, "A bin needs one amount per resource.")
      precondition((0..<poolCount).contains(bin.pool), "A bin names a pool that is not there.")
    }
    for type in types {
      precondition(type.demand.count == resourceCount, "A type needs one demand per resource.")
      precondition(type.demand.allSatisfy { $0 >= 0 }, "A demand must not be negative.")
      precondition(type.count >= 0 && type.weight >= 0, "Counts and weights are 0 or more.")
      precondition(
        type.allowedPools.allSatisfy((0..<poolCount).contains), "A type names an unknown pool.")
      precondition(
        zip(type.allowedPools, type.allowedPools.dropFirst()).allSatisfy { $0 < $1 },
        "The allowed pools of a type stand in rising order.")
      precondition(
        type.group.map(groups.indices.contains) ?? true, "A type names an unknown group.")
    }
    for occupancy in groups.lazy.flatMap(\.occupied) {
      precondition(bins.indices.contains(occupancy.bin), "A group occupies an unknown bin.")
      precondition(occupancy.members >= 0, "A number of members must not be negative.")
    }
  }

  /// Number of items of all types.
  package var itemCount: Int { types.reduce(0) { $0 + $1.count } }
}

extension PackingProblem {
  /// The problem in which the room that is left does not matter.
  package var withoutReference: PackingProblem {
    PackingProblem(
      resourceCount: resourceCount, poolCount: poolCount, bins: bins, types: types, groups: groups)
  }

  /// How many reference items fit while nothing is packed; 0 without a reference.
  package var referenceRoom: Int {
    let instance = PackingInstance(self)
    return (0..<bins.count).reduce(0) { $0 + instance.references(in: instance.free, bin: $1) }
  }
}
