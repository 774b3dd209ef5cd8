import Stochastics

/// Demands of all kinds of rows, drawn from a seed.
enum RandomDemand {
  /// A CSV in which some VMs have lives, some depart, and some are resized.
  static func text(seed: UInt64, rows: Int) -> String {
    var draw = RandomStream(seed: seed, replication: 0, purpose: .generation)
    var text = "time_s,event,vm,flavor,lifetime_s,lifetime_max_s,within_s\n"
    var time = 60
    var live: [(name: String, bound: Int)] = []
    for row in 0..<rows {
      if draw.integer(below: 3) == 0 { time += draw.integer(below: 20) }
      live.removeAll { $0.bound <= time }
      let choice = live.isEmpty ? 0 : draw.integer(below: 4)
      switch choice {
      case 0, 1:
        let life = draw.integer(below: 40)
        let longest = life + draw.integer(below: 40)
        let lives = draw.integer(below: 2) == 0
        let within = [0, 0, 10, 60][draw.integer(below: 4)]
        text += "\(time),arrive,v\(row),small,\(lives ? "\(life),\(longest)" : ","),\(within)\n"
        live.append(("v\(row)", lives ? time + longest : .max))
      case 2:
        text += "\(time),resize,\(live[draw.integer(below: live.count)].name),large,,,\n"
      default:
        let gone = live.remove(at: draw.integer(below: live.count))
        text += "\(time),depart,\(gone.name),,,,\n"
      }
    }
    return text
  }
}
