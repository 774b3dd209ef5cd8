/// What the model of Nova's scheduler refuses to answer for.
package enum NovaError: Error, Sendable, Equatable {
  /// A release whose scheduler was not read.
  case release(String)
  /// A filter that is not modelled.
  case filter(String)
  /// A weigher that is not modelled.
  case weigher(String)
  /// A setting that Nova does not have, or that is not known here.
  case unknownSetting(String)
  /// A setting with a value that it cannot have.
  case value(setting: String, found: String, allowed: String)
  /// A setting whose value has an effect that is not modelled.
  case notModelled(setting: String, found: String)
}

extension NovaError: CustomStringConvertible {
  /// What was found and what is possible, in one sentence without a full stop.
  package var description: String {
    switch self {
    case .release(let found):
      "the scheduler of release \(found) is not modelled; only that of Nova 34 is"
    case .filter(let name): "the filter `\(name)` is not modelled"
    case .weigher(let name): "the weigher `\(name)` is not modelled"
    case .unknownSetting(let name): "the setting `\(name)` is not known"
    case .value(let setting, let found, let allowed):
      "the setting `\(setting)` must be \(allowed), found \"\(found)\""
    case .notModelled(let setting, let found):
      "the setting `\(setting)` has the value \"\(found)\", whose effect is not modelled"
    }
  }
}
