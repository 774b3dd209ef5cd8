package import Scenarios

/// The tables of a run folder as CSV, the summary first.
package enum RunTables {
  /// All tables of an answer.
  package static func all(_ answer: EvacuationAnswer) -> [(name: String, csv: String)] {
    let plan = answer.plan
    return [
      ("summary", PlanTables.comparison(of: [answer]).text(.csv)),
      ("moves", PlanTables.moves(of: plan).text(.csv)),
      ("left_behind", PlanTables.rows(of: plan, "left_behind").text(.csv)),
      ("classes", PlanTables.rows(of: plan, "classes").text(.csv)),
      ("bounds", PlanTables.rows(of: plan, "bounds").text(.csv)),
      ("parameters", PlanTables.rows(of: plan, "parameters").text(.csv)),
      ("replications", PlanTables.replications(of: answer).text(.csv)),
    ]
  }
}
