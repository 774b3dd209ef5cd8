package import CloudModel

/// The host whose residual is most aligned with the request: the greatest dot product of both, each
/// resource in units of the mean capacity of a host.
///
/// A VM with much memory goes where much memory is left, so vCPUs and memory run out together. The
/// product also grows with what is left, so the policy spreads rather than packs.
package struct DotProduct: PlacementPolicy {
  package static let name = "dot-product"
  package static let summary =
    "the host whose vCPUs and memory left, weighted by what the VM asks for, are the most"
  package static let source =
    "Panigrahy et al., Heuristics for vector bin packing, Microsoft Research, 2011"

  package init(options: Properties) throws(PlacementPolicyError) {
    _ = try PolicyOptions(options, allowing: Self.parameters)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    let perMilliCPU = Self.inverseSquareMean(context.fleet.capacityMilliCPU)
    let perMemoryMiB = Self.inverseSquareMean(context.fleet.capacityMemoryMiB)
    return .ordered(
      HostOrder(
        .greatest { request in
          HostOrder.Weight(
            perMilliCPU: Double(request.milliCPU) * perMilliCPU,
            perMemoryMiB: Double(request.memoryMiB) * perMemoryMiB)
        }))
  }

  /// One over the square of the mean, as request and residual are both divided by it; 0 where no
  /// host has any.
  private static func inverseSquareMean(_ capacities: [Int32]) -> Double {
    let sum = capacities.reduce(0.0) { $0 + Double($1) }
    guard sum > 0 else { return 0 }
    let mean = sum / Double(capacities.count)
    return 1 / (mean * mean)
  }
}
