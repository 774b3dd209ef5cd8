extension Purpose {
  /// Resampling of recorded data for intervals.
  package static let bootstrap = Purpose(rawValue: 40)
  /// Outages of single months, as for the credits of a promise.
  package static let months = Purpose(rawValue: 41)
}
