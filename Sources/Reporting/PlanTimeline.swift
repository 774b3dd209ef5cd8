import CloudModel
package import Scenarios

/// A plan as a picture: for each source its moves in time, the work, and the edge of the window.
///
/// SVG without scripts or remote parts. Colours are safe for colour-blind readers, and every bar
/// carries its name, so that nothing depends on colour alone.
package struct PlanTimeline {
  private let plan: PlanRecord
  private let lanes: [Lane]
  private let end: Double

  /// Bars that do not overlap, on one line of the picture.
  private struct Lane {
    var host: String
    var isFirst: Bool
    var bars: [Bar]
  }

  private struct Bar {
    var start: Double
    var end: Double
    var label: String
    var colour: String
  }

  private static let width = 900.0
  private static let left = 130.0
  private static let right = 16.0
  private static let top = 44.0
  private static let laneHeight = 22.0

  /// The picture of a plan.
  package init(_ plan: PlanRecord) {
    self.plan = plan
    let longest = max(plan.window, plan.duration.p95, plan.duration.bound)
    end = max(1, longest * 1.04)
    var hosts = plan.hosts
    for move in plan.moves where !hosts.contains(move.source) { hosts.append(move.source) }
    lanes = hosts.flatMap { Self.lanes(of: $0, plan: plan) }
  }

  private static func lanes(of host: String, plan: PlanRecord) -> [Lane] {
    var bars = plan.moves.filter { $0.source == host }.map { move in
      Bar(
        start: move.start, end: move.start + move.duration,
        label: "\(move.vm) \(move.action.rawValue)", colour: colour(of: move))
    }
    if plan.work > 0, plan.hosts.contains(host) {
      let drained = plan.moves.map { $0.start + $0.duration }.max() ?? 0
      bars.append(
        Bar(start: drained, end: drained + plan.work, label: "work", colour: "#56B4E9"))
    }
    var lanes: [Lane] = []
    for bar in bars.enumerated().sorted(by: {
      ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
    }).map(\.element) {
      let free = lanes.firstIndex { ($0.bars.last?.end ?? 0) <= bar.start }
      if let free {
        lanes[free].bars.append(bar)
      } else {
        lanes.append(Lane(host: host, isFirst: lanes.isEmpty, bars: [bar]))
      }
    }
    return lanes
  }

  private static func colour(of move: MoveRecord) -> String {
    switch move.action {
    case .live: "#0072B2"
    case .cold: "#E69F00"
    case .stop: "#999999"
    case .recreate: "#CC79A7"
    case .rebuild: "#009E73"
    }
  }

  private var height: Double { Self.top + Double(lanes.count) * Self.laneHeight + 40 }

  private func x(_ seconds: Double) -> Double {
    Self.left + seconds / end * (Self.width - Self.left - Self.right)
  }

  /// The picture as SVG.
  package var svg: String {
    let size = "\(number(Self.width)) \(number(height))"
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size)\""
        + " font-family=\"sans-serif\" font-size=\"11\" role=\"img\">",
      "<title>\(escaped(title))</title>",
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
      text(Self.left, 18, title, size: 13),
    ]
    lines += axis
    for (index, lane) in lanes.enumerated() {
      lines += drawing(of: lane, at: Self.top + Double(index) * Self.laneHeight)
    }
    lines += window + legend
    return (lines + ["</svg>"]).map { $0 + "\n" }.joined()
  }

  private var title: String {
    let names = plan.hosts.joined(separator: ", ")
    return "\(names): p50 \(Wording.duration(plan.duration.p50)), "
      + "p95 \(Wording.duration(plan.duration.p95)), window \(Wording.duration(plan.window))"
  }

  private var axis: [String] {
    let bottom = height - 40
    return ticks.flatMap { second in
      [
        "<line x1=\"\(number(x(second)))\" y1=\"\(number(Self.top - 8))\" "
          + "x2=\"\(number(x(second)))\" y2=\"\(number(bottom))\" stroke=\"#dddddd\"/>",
        text(x(second), Self.top - 12, Wording.duration(second), anchor: "middle"),
      ]
    }
  }

  /// At most nine ticks, at round times.
  private var ticks: [Double] {
    let steps: [Double] = [
      10, 30, 60, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400, 604_800, 2_592_000,
    ]
    let step = steps.first { end / $0 <= 9 } ?? end
    return stride(from: 0, through: end, by: step).map { $0 }
  }

  private func drawing(of lane: Lane, at y: Double) -> [String] {
    var lines: [String] = []
    if lane.isFirst {
      lines.append(text(Self.left - 8, y + 14, lane.host, anchor: "end"))
    }
    for bar in lane.bars {
      let start = x(bar.start)
      let width = max(2, x(bar.end) - start)
      lines.append(
        "<rect x=\"\(number(start))\" y=\"\(number(y + 2))\" width=\"\(number(width))\" "
          + "height=\"\(number(Self.laneHeight - 4))\" rx=\"2\" fill=\"\(bar.colour)\">"
          + "<title>\(escaped(bar.label)), \(Wording.duration(bar.start)) to "
          + "\(Wording.duration(bar.end))</title></rect>")
      let needed = Double(bar.label.count) * 6
      if needed + 6 < width {
        lines.append(text(start + 4, y + 15, bar.label, colour: "#ffffff"))
      } else if bar.end == lane.bars.last?.end {
        lines.append(text(start + width + 4, y + 15, bar.label))
      }
    }
    return lines
  }

  private var window: [String] {
    let edge = number(x(plan.window))
    let bottom = number(height - 40)
    return [
      "<line x1=\"\(edge)\" y1=\"\(number(Self.top - 8))\" x2=\"\(edge)\" y2=\"\(bottom)\" "
        + "stroke=\"#D55E00\" stroke-width=\"2\" stroke-dasharray=\"5 3\"/>",
      text(x(plan.window) - 4, height - 44, "window ends", anchor: "end", colour: "#D55E00"),
    ]
  }

  private var legend: [String] {
    let entries = [
      ("live", "#0072B2"), ("cold", "#E69F00"), ("stop", "#999999"), ("recreate", "#CC79A7"),
      ("work", "#56B4E9"),
    ]
    return entries.enumerated().flatMap { index, entry in
      let start = Self.left + Double(index) * 90
      return [
        "<rect x=\"\(number(start))\" y=\"\(number(height - 24))\" width=\"12\" height=\"12\" "
          + "fill=\"\(entry.1)\"/>",
        text(start + 17, height - 14, entry.0),
      ]
    }
  }

  private func text(
    _ x: Double, _ y: Double, _ content: String, size: Int = 11, anchor: String = "start",
    colour: String = "#222222"
  ) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" font-size=\"\(size)\" "
      + "text-anchor=\"\(anchor)\" fill=\"\(colour)\">\(escaped(content))</text>"
  }

  private func number(_ value: Double) -> String { Wording.fixed(value, 1) }

  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
