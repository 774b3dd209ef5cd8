import CGLPKShims

extension IntegerProgram {
  /// Solves the program on the calling thread.
  ///
  /// Equal programs and options give equal outcomes on any thread as long as no time limit is
  /// set. Several threads may solve at once.
  ///
  /// - Throws: `SolverError` if the program or an option is not valid, or the solver failed.
  ///   Infeasible programs and limits are outcomes, not errors.
  package func solve(_ options: SolverOptions = SolverOptions()) throws(SolverError) -> Outcome {
    try options.check()
    let program = try CheckedProgram(self, relaxed: options.relaxesIntegers)
    if program.hasEmptyDomain {
      return Outcome(.infeasible, isRepeatable: options.timeLimit == nil)
    }
    // The solver refuses a program without columns.
    if program.columnCount == 0 { return program.solvedWithoutColumns(options) }
    return try program.outcome(of: program.callSolver(options), options)
  }
}

extension Outcome {
  /// An outcome without a point.
  init(_ status: Status, isRepeatable: Bool) {
    self.init(
      status: status, values: nil, objective: nil, bound: nil, duals: nil, reducedCosts: nil,
      basis: nil, nodes: 0, iterations: 0, isRepeatable: isRepeatable)
  }
}

/// What the C side gave back.
private struct SolverReply {
  var result = berth_glpk_result()
  var values: [Double]
  var reducedCosts: [Double]
  var duals: [Double]
  var basis: [UInt8]
  var message = [CChar](repeating: 0, count: 1024)
}

extension CheckedProgram {
  /// Without variables every row is constantly 0, so the bounds of the rows decide.
  fileprivate func solvedWithoutColumns(_ options: SolverOptions) -> Outcome {
    let isRepeatable = options.timeLimit == nil
    for row in rowLowerBounds.indices where rowLowerBounds[row] > 0 || rowUpperBounds[row] < 0 {
      return Outcome(.infeasible, isRepeatable: isRepeatable)
    }
    let relaxed = options.relaxesIntegers
    return Outcome(
      status: .optimal, values: [], objective: objectiveConstant, bound: objectiveConstant,
      duals: relaxed ? [Double](repeating: 0, count: rowCount) : nil,
      reducedCosts: relaxed ? [] : nil, basis: nil, nodes: 0, iterations: 0,
      isRepeatable: isRepeatable)
  }

  /// The states of the rows and columns to start from; columns that the basis does not know lie at
  /// their lower bound. nil without a basis, or with one of other rows.
  private func startingBasis(_ options: SolverOptions) -> [UInt8]? {
    guard options.relaxesIntegers, let basis = options.startingBasis,
      basis.rows.count == rowCount, basis.columns.count <= columnCount
    else { return nil }
    let added = [UInt8](
      repeating: UInt8(BERTH_GLPK_AT_LOWER), count: columnCount - basis.columns.count)
    return basis.rows + basis.columns + added
  }

  fileprivate func callSolver(_ options: SolverOptions) -> SolverReply {
    var reply = SolverReply(
      values: [Double](repeating: 0, count: columnCount),
      reducedCosts: [Double](repeating: 0, count: columnCount),
      duals: [Double](repeating: 0, count: rowCount),
      basis: startingBasis(options) ?? [UInt8](repeating: 0, count: rowCount + columnCount))
    var shape = berth_glpk_shape(
      rows: Int32(rowCount), columns: Int32(columnCount), entries: Int32(entryCount),
      constant: objectiveConstant, maximize: direction == .maximize ? 1 : 0)
    var settings = options.shimOptions
    settings.warm = startingBasis(options) == nil ? 0 : 1
    let kinds: [UInt8] =
      isInteger.isEmpty
      ? [UInt8](repeating: 0, count: columnCount) : isInteger.map { $0 ? 1 : 0 }
    _ = berth_glpk_solve(
      &shape, &settings, rowLowerBounds, rowUpperBounds, lowerBounds, upperBounds, costs, kinds,
      entryRows, entryColumns, entryValues, &reply.result, &reply.values, &reply.reducedCosts,
      &reply.duals, &reply.basis, &reply.message, reply.message.count)
    return reply
  }

  fileprivate func outcome(
    of reply: SolverReply, _ options: SolverOptions
  ) throws(SolverError) -> Outcome {
    let result = reply.result
    let status: Outcome.Status
    var hasPoint = false
    switch Int(result.status) {
    case BERTH_GLPK_OPTIMAL:
      status = .optimal
      hasPoint = true
    case BERTH_GLPK_POINT:
      status = try limitedStatus(result)
      hasPoint = true
    case BERTH_GLPK_NO_POINT: status = try limitedStatus(result)
    case BERTH_GLPK_INFEASIBLE: status = .infeasible
    case BERTH_GLPK_UNBOUNDED: status = .unbounded
    case BERTH_GLPK_FAULT: throw .fault(message: reply.text)
    default: throw .gaveUp(code: Int(result.code))
    }
    let values = hasPoint ? try verified(reply.values) : nil
    let objective = values.map(objective(at:))
    let hasDuals = options.relaxesIntegers && status == .optimal
    let isEnded = status == .infeasible || status == .unbounded
    return Outcome(
      status: status, values: values, objective: objective,
      bound: isEnded || result.has_bound == 0
        ? nil : status == .optimal ? objective : bound(result.bound, objective),
      duals: hasDuals ? reply.duals : nil, reducedCosts: hasDuals ? reply.reducedCosts : nil,
      basis: hasDuals ? Basis(reply.basis, rows: rowCount) : nil,
      nodes: result.nodes, iterations: result.iterations,
      isRepeatable: options.timeLimit == nil)
  }

  /// A point is a bound of what the best can be at least: the tree's bound may lie behind it when
  /// only nodes worse than the point are left.
  private func bound(_ bound: Double, _ objective: Double?) -> Double {
    guard let objective else { return bound }
    return direction == .minimize ? min(bound, objective) : max(bound, objective)
  }

  private func limitedStatus(_ result: berth_glpk_result) throws(SolverError) -> Outcome.Status {
    switch Int(result.stop) {
    case BERTH_GLPK_STOP_GAP: .withinGap
    case BERTH_GLPK_STOP_NODES: .limited(.nodes)
    case BERTH_GLPK_STOP_ITERATIONS: .limited(.iterations)
    case BERTH_GLPK_STOP_TIME: .limited(.time)
    default: throw .gaveUp(code: Int(result.code))
    }
  }
}

extension SolverReply {
  /// What the solver printed, without the line break at its end.
  var text: String {
    let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }
}

extension SolverOptions {
  fileprivate var shimOptions: berth_glpk_options {
    berth_glpk_options(
      relaxation: relaxesIntegers ? 1 : 0, presolve: presolves ? 1 : 0, warm: 0,
      cuts: generatesCuts ? 1 : 0, relative_gap: relativeGap,
      time_limit_ms: timeLimitMilliseconds, node_limit: nodeLimit ?? 0,
      iteration_limit: iterationLimit ?? 0)
  }
}
