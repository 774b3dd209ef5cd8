/// Names as other programs take them, no two equal.
struct ExportNames {
  private var used: Set<String> = []

  /// The name with everything but letters, digits and single underscores made an underscore, and a
  /// number behind it if that is taken.
  ///
  /// **Complexity**: O(1) on average for names that differ.
  mutating func identifier(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      let isPlain =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar) || scalar == "_"
      text.unicodeScalars.append(isPlain ? scalar : "_")
    }
    if let first = text.unicodeScalars.first, !("0"..."9").contains(first) {
      // It can start a name as it is.
    } else {
      text = "n" + text
    }
    var candidate = text
    var number = 2
    while !used.insert(candidate).inserted {
      candidate = "\(text)_\(number)"
      number += 1
    }
    return candidate
  }
}

/// A text of another program's format as part of an XML document.
enum XMLText {
  /// The text with what XML reserves written as entities.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "_"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
