// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours: the language mode is Swift 6 by the tools version.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// One floor of the house; `on` names the floors it rests on and nothing else may be imported.
func floor(_ name: String, on floors: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: floors, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "berth",
  products: [.executable(name: "berth", targets: ["berth"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"])]),
    .target(
      name: "CGLPKShims", dependencies: ["CGLPK"], linkerSettings: [.linkedLibrary("glpk")]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),

    floor("Stochastics"),
    floor("Documents", on: [yams, "CZlib"]),
    floor("CloudModel"),
    floor("Optimization", on: ["CGLPKShims"]),
    floor("Migration", on: ["CloudModel", "Stochastics"]),
    floor("Availability", on: ["Stochastics"]),
    floor("Simulator", on: ["CloudModel", "Stochastics", "Migration", "Availability"]),
    floor("Policies", on: ["CloudModel", "Stochastics", "Optimization", "Migration"]),
    floor(
      "Scenarios",
      on: [
        "Documents", "Stochastics", "CloudModel", "Optimization", "Migration", "Availability",
        "Simulator", "Policies",
      ]),
    floor("Collector", on: ["Documents", "CloudModel", "Scenarios"]),
    floor(
      "Validation",
      on: [
        "Documents", "Stochastics", "CloudModel", "Migration", "Simulator", "Policies", "Scenarios",
        "Collector",
      ]),
    floor(
      "Benchmarking",
      on: ["Documents", "Stochastics", "CloudModel", "Optimization", "Simulator", "Policies"]),
    floor(
      "Reporting",
      on: [
        "Documents", "Stochastics", "CloudModel", "Availability", "Simulator", "Scenarios",
        "Validation",
      ]),
    .executableTarget(
      name: "berth",
      dependencies: [
        argumentParser, "Documents", "CloudModel", "Optimization", "Simulator", "Policies",
        "Scenarios", "Collector", "Validation", "Benchmarking", "Reporting",
      ], swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["CloudModel", "Stochastics"],
      path: "Tests/TestSupport", swiftSettings: strict),
    tests("StochasticsTests", ["Stochastics"]),
    tests("DocumentsTests", ["Documents"]),
    tests("CloudModelTests", ["CloudModel", "TestSupport"]),
    tests("AvailabilityTests", ["Availability", "Stochastics", "TestSupport"]),
    tests("OptimizationTests", ["CGLPKShims", "Optimization"]),
    tests("MigrationTests", ["CloudModel", "Migration", "Stochastics"]),
    tests(
      "SimulatorTests",
      ["Availability", "CloudModel", "Migration", "Simulator", "Stochastics", "TestSupport"]),
    tests("PoliciesTests", ["CloudModel", "Policies", "Stochastics", "TestSupport"]),
    tests(
      "ScenariosTests",
      [
        "CloudModel", "Documents", "Migration", "Policies", "Scenarios", "Simulator",
        "Stochastics", "TestSupport",
      ]),
    tests("ConformanceTests", ["CloudModel", "Policies", "Simulator", "Stochastics"]),
    tests(
      "CollectorTests",
      ["CloudModel", "Collector", "Documents", "Scenarios", "Simulator", "TestSupport"]),
    tests(
      "ValidationTests",
      [
        "CloudModel", "Collector", "Documents", "Migration", "Policies", "Scenarios", "Simulator",
        "Stochastics", "TestSupport", "Validation",
      ]),
    tests(
      "BenchmarkingTests",
      [
        "Benchmarking", "CloudModel", "Documents", "Policies", "Simulator", "Stochastics",
        "TestSupport",
      ]),
    tests("ReportingTests", ["Documents", "Reporting"]),
    .testTarget(
      name: "GoldenTests", dependencies: ["Documents", "Reporting", "Scenarios", "TestSupport"],
      exclude: ["Golden"], swiftSettings: strict),
    tests("EndToEndTests", ["TestSupport"]),
    tests("TidyTests", ["TestSupport"]),
  ]
)
