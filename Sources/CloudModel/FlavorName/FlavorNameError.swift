/// Why a flavor name is not valid.
package enum FlavorNameError: Error, Hashable, Sendable {
  /// The name does not begin with `SCS-`, so the standard has nothing to say about it.
  case notSCS

  /// CPU and memory cannot be made out at the beginning.
  case mainPart

  /// `rest` is what no rule could read: wrong order, unknown extension or stray letters.
  case extraCharacters(rest: String)

  /// Dots and digits stand where the memory belongs, but they are no number.
  case ramNotANumber(text: String)

  /// A piece was read, but `value` is not allowed there.
  case badField(Field, value: String)

  /// The pieces of a name that have a table or a range; the raw value is the checker's word.
  package enum Field: String, Sendable {
    /// Number of virtual CPUs.
    case cpus
    /// Memory.
    case ram
    /// Number of disks.
    case diskCount = "nrdisks"
    /// Size of a disk.
    case diskSize = "disksize"
    /// CPU generation.
    case cpuGeneration = "cpugen"
    /// The `h` letters of the CPU, or of the GPU's units.
    case performance = "perf"
    /// GPU generation.
    case gpuGeneration = "gen"
    /// GPU units.
    case gpuUnits = "cu"
    /// GPU memory.
    case gpuMemory = "vram"
    /// The `h` letters of the GPU memory.
    case gpuMemoryPerformance = "vramperf"
  }

  /// The reason as a short code: `not-scs`, `main-part`, `extra-characters`, `bad-ram-number` or
  /// `bad-` and the field.
  package var code: String {
    switch self {
    case .notSCS: "not-scs"
    case .mainPart: "main-part"
    case .extraCharacters: "extra-characters"
    case .ramNotANumber: "bad-ram-number"
    case .badField(let field, _): "bad-" + field.rawValue
    }
  }

  /// What the reason is about: the unread rest, or the value as the checker shows it (numbers
  /// plain, text in quotes, `None` for a missing number). Empty where there is nothing to show.
  package var rest: String {
    switch self {
    case .notSCS, .mainPart: ""
    case .extraCharacters(let rest): rest
    case .ramNotANumber(let text): Self.quoted(text)
    case .badField(let field, let value): field.isText ? Self.quoted(value) : value
    }
  }

  /// Text in quotes as the checker prints it, so that its messages and ours compare equal.
  private static func quoted(_ text: String) -> String {
    let mark: Unicode.Scalar =
      text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
    var quoted = String(mark)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\\", mark: quoted += "\\" + String(scalar)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + String(mark)
  }
}

extension FlavorNameError.Field {
  /// Whether the field holds text rather than a number.
  fileprivate var isText: Bool {
    switch self {
    case .performance, .gpuGeneration, .gpuMemoryPerformance: true
    case .cpus, .ram, .diskCount, .diskSize, .cpuGeneration, .gpuUnits, .gpuMemory: false
    }
  }
}
