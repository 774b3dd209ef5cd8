import CloudModel
import Scenarios

/// Notices as lines for people.
enum NoticeWording {
  /// A headed list, empty without notices.
  static func lines(_ notices: [NoticeRecord], namesWaves: Bool) -> [String] {
    guard !notices.isEmpty else { return [] }
    return ["", "NOTICES"]
      + notices.map { notice in
        let start = namesWaves ? "wave \(notice.wave)" : "the start"
        let by =
          notice.by.map { "by \(Wording.instant($0))" }
          ?? "\(Wording.duration(notice.notice)) before \(start)"
        return "  \(by)  \(notice.project ?? "VMs without a project"): "
          + "\(Wording.count(Int(notice.vms), "VM")) of class \(notice.policyClass.rawValue)"
          + (namesWaves ? " in wave \(notice.wave)" : "")
      }
  }
}
