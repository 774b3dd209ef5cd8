package import Stochastics

/// A distribution of one number as a file holds it.
package struct DistributionRecord: Sendable, Equatable {
  /// Which family.
  package enum Family: String, CaseIterable, Sendable {
    /// Always `value`.
    case constant
    /// Between `low` and `high`.
    case uniform
    /// With a `mean`.
    case exponential
    /// With `median` and `sigma`, or `mean` and `cv`.
    case lognormal
    /// With `mean` and `deviation`, between `low` and `high`.
    case normal
    /// One of `values`, drawn by `weights`.
    case table
  }

  /// The family.
  package var family = Family.constant
  /// The value of a constant.
  package var value: Double?
  /// The mean.
  package var mean: Double?
  /// The median.
  package var median: Double?
  /// Standard deviation of the logarithm.
  package var sigma: Double?
  /// Standard deviation over mean.
  package var cv: Double?
  /// Standard deviation.
  package var deviation: Double?
  /// The least value.
  package var low: Double?
  /// The greatest value.
  package var high: Double?
  /// Recorded values.
  package var values: [Double] = []
  /// Their weights; empty: all the same.
  package var weights: [Double] = []

  /// A constant without a value yet.
  package init() {}

  /// Why a record is no distribution.
  package enum Fault: Error, Sendable, Equatable {
    /// The family needs these keys.
    case missing(String)
    /// A parameter is out of range, or there are no values.
    case bad(String)
  }

  /// The distribution that it means.
  ///
  /// **Errors**: `Fault`.
  package func distribution() throws(Fault) -> Distribution {
    let result = try unchecked()
    do throws(StochasticsError) { try result.check() } catch { throw .bad(Self.words(error)) }
    return result
  }

  private func unchecked() throws(Fault) -> Distribution {
    switch family {
    case .constant:
      if let value { return .constant(value) }
      throw .missing("`value`")
    case .uniform:
      if let low, let high { return .uniform(low: low, high: high) }
      throw .missing("`low` and `high`")
    case .exponential:
      if let mean { return .exponential(mean: mean) }
      throw .missing("`mean`")
    case .lognormal: return .lognormal(try lognormal())
    case .normal:
      if let mean, let deviation {
        return .truncatedNormal(
          mean: mean, deviation: deviation, low: low ?? 0, high: high ?? .greatestFiniteMagnitude)
      }
      throw .missing("`mean` and `deviation`")
    case .table: return .empirical(try table())
    }
  }

  private func lognormal() throws(Fault) -> LognormalShape {
    if let median, let sigma {
      if median > 0, sigma >= 0 { return LognormalShape(median: median, sigma: sigma) }
      throw .bad("`median` must be above zero")
    }
    if let mean, let cv {
      if mean > 0, cv >= 0 { return LognormalShape(mean: mean, cv: cv) }
      throw .bad("`mean` must be above zero")
    }
    throw .missing("`median` and `sigma`, or `mean` and `cv`")
  }

  private func table() throws(Fault) -> EmpiricalTable {
    if values.isEmpty { throw .missing("`values`") }
    do throws(StochasticsError) {
      return try EmpiricalTable(values: values, weights: weights.isEmpty ? nil : weights)
    } catch { throw .bad(Self.words(error)) }
  }

  private static func words(_ error: StochasticsError) -> String {
    switch error {
    case .badParameter(let name, let value): "`\(name)` must not be \(value)"
    case .countMismatch: "`weights` must be as many as `values`"
    default: "`weights` must not all be zero"
    }
  }
}
