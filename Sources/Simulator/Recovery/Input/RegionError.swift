/// What is wrong with the description of a region.
package enum RegionError: Error, Sendable, Equatable {
  /// Two parts of one kind have a name in common.
  case duplicateName(String)
  /// A part refers to another that does not exist.
  case badReference(part: String, field: String)
  /// A number out of its range.
  case badValue(part: String, field: String)
  /// The VMs of a host take more than it offers.
  case overfull(host: String)
}
