/// Which VMs a rule of a scenario means. Every condition that is given must hold; within one
/// condition any of the patterns may match. A pattern may contain `*`.
package struct VMSelector: Sendable, Hashable {
  /// Patterns for the name, or whole ids: a pattern that meant a name must not hit an id by chance.
  package var names: [String] = []
  /// Patterns for the flavor.
  package var flavors: [String] = []
  /// Patterns for the image's name.
  package var images: [String] = []
  /// Patterns for the project's name.
  package var projects: [String] = []
  /// Patterns for one of the tags.
  package var tags: [String] = []

  /// A selector without conditions, which matches every VM.
  package init() {}

  /// Whether a VM is meant.
  package func matches(_ vm: Int, in cloud: Cloud) -> Bool {
    let image = cloud.vms.image[vm]
    let project = cloud.vms.project[vm]
    return (Self.holds(names, of: [cloud.vms.names[vm]]) || names.contains(cloud.vms.ids[vm]))
      && Self.holds(flavors, of: [cloud.flavors[cloud.vms.flavor[vm]].name])
      && Self.holds(images, of: image < 0 ? [] : [cloud.images[image].name])
      && Self.holds(projects, of: project < 0 ? [] : [cloud.projects[project].name])
      && Self.holds(tags, of: cloud.labels[cloud.vms.labels[vm]].tags)
  }

  private static func holds(_ patterns: [String], of texts: [String]) -> Bool {
    patterns.isEmpty
      || patterns.contains { pattern in texts.contains { wildcard(pattern, matches: $0) } }
  }

  /// Whether a text matches a pattern in which `*` stands for any letters.
  ///
  /// **Complexity**: O(pattern x text), without recursion.
  package static func wildcard(_ pattern: String, matches text: String) -> Bool {
    let pattern = Array(pattern.utf8)
    let text = Array(text.utf8)
    let star = UInt8(ascii: "*")
    var place = 0
    var letter = 0
    var retry: (place: Int, letter: Int)?
    while letter < text.count {
      if place < pattern.count, pattern[place] == star {
        retry = (place, letter)
        place += 1
      } else if place < pattern.count, pattern[place] == text[letter] {
        place += 1
        letter += 1
      } else if let last = retry {
        retry = (last.place, last.letter + 1)
        place = last.place + 1
        letter = last.letter + 1
      } else {
        return false
      }
    }
    while place < pattern.count, pattern[place] == star { place += 1 }
    return place == pattern.count
  }
}

/// What happens to a VM of class `live` that cannot be moved live.
package enum Fallback: String, Sendable, CaseIterable {
  /// It is moved cold if its ceiling permits, else stopped.
  case cold
  /// It is stopped in place.
  case stop
  /// It stays and holds the host. If stated, a ceiling below the wish holds the host, too.
  case hold
}

/// A wish that a scenario states for the VMs that a selector means.
package struct WishRule: Sendable {
  /// Which VMs.
  package var selector: VMSelector
  /// What is wished for them.
  package var wish: PolicyClass
  /// What happens if that fails; nil: the scenario's general rule.
  package var fallback: Fallback?

  /// A wish for some VMs.
  package init(selector: VMSelector, wish: PolicyClass, fallback: Fallback? = nil) {
    self.selector = selector
    self.wish = wish
    self.fallback = fallback
  }
}

/// Everything from outside the cloud that decides the policy class of its VMs.
package struct ClassRules: Sendable {
  /// The release whose abilities count.
  package var release: NovaRelease
  /// Wishes of the scenario; of several rules that mean a VM the first counts.
  package var wishes: [WishRule]
  /// Wishes by project name.
  package var projectDefaults: [String: PolicyClass]
  /// The wish for VMs about which nobody said anything.
  package var cloudDefault: PolicyClass?
  /// What happens where `live` fails; nil: the VM stays.
  package var fallback: Fallback?

  /// Rules for a release, without any wish.
  package init(
    release: NovaRelease = .newestKnown, wishes: [WishRule] = [],
    projectDefaults: [String: PolicyClass] = [:], cloudDefault: PolicyClass? = nil,
    fallback: Fallback? = nil
  ) {
    self.release = release
    self.wishes = wishes
    self.projectDefaults = projectDefaults
    self.cloudDefault = cloudDefault
    self.fallback = fallback
  }
}
