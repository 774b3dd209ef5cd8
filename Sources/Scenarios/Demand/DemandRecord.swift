/// The demand of a scenario as its file holds it: a trace, or what to generate.
package struct DemandRecord: Sendable, Equatable {
  /// Path of a demand in CSV or JSON Lines, relative to the scenario.
  package var trace: String?
  /// Path of the table of its flavors.
  package var flavorsFile: String?
  /// Flavors, where no table names them.
  package var flavors: [DemandFlavorRecord] = []
  /// Share of the demand that is kept.
  package var keep = 1.0
  /// Where the trace begins to count, in microseconds since its start.
  package var from: Int64 = 0
  /// Where the demand ends, in microseconds since the start of the trace.
  package var until: Int64?
  /// How many times longer the gaps between events are than in the trace.
  package var stretch = 1.0
  /// What to generate, if there is no trace.
  package var generate: GenerateRecord?

  /// No demand yet.
  package init() {}
}

/// A flavor of a demand.
package struct DemandFlavorRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// Virtual CPUs, also parts of one.
  package var vcpus = 0.0
  /// Bytes of memory.
  package var memory: Int64 = 0
  /// Bytes of local disk.
  package var disk: Int64 = 0
  /// Devices that it asks for.
  package var devices: [DemandDevicesRecord] = []
  /// Traits that the host must have, or must not have after `!`.
  package var traits: [String] = []
  /// How often it is asked for, for readers of the file.
  package var frequency: Double?

  /// No flavor yet.
  package init() {}

  /// What it asks of a host; amounts are rounded up to thousandths, MiB and GiB.
  package var flavor: DemandFlavor {
    DemandFlavor(
      name: name, milliCPU: DemandNumbers.roundedUp(vcpus * 1000),
      memoryMiB: Int32(clamping: (memory + 1_048_575) >> 20),
      diskGiB: Int32(clamping: (disk + 1_073_741_823) >> 30),
      devices: devices.map {
        DemandFlavor.Devices(types: $0.types, count: $0.count, share: $0.share)
      },
      traits: traits)
  }
}

/// Devices that a flavor asks for.
package struct DemandDevicesRecord: Sendable, Equatable {
  /// Names of the types that will do.
  package var types: [String] = []
  /// How many.
  package var count: Int32 = 1
  /// How much of each, in thousandths.
  package var share: Int32 = 1000

  /// No devices yet.
  package init() {}
}

/// The first line of a demand in JSON Lines.
package struct DemandHeaderRecord: Sendable, Equatable {
  /// What the file is.
  package var format = DemandFormat.demand
  /// The version of the format.
  package var formatVersion = "1.0"
  /// The flavors of the demand.
  package var flavors: [DemandFlavorRecord] = []

  /// A header without flavors.
  package init() {}
}

/// The word by which a demand says what it is.
package enum DemandFormat: String, CaseIterable, Sendable {
  /// A demand.
  case demand
}

/// What is generated.
package struct GenerateRecord: Sendable, Equatable {
  /// Arrivals of bursts in an hour.
  package var perHour = 0.0
  /// VMs of a burst; nil: one.
  package var batch: DistributionRecord?
  /// Factors of the 24 hours of a day; empty: all the same.
  package var daily: [Double] = []
  /// Which flavors, and how often.
  package var mix: [MixRecord] = []
  /// How long VMs stay, in seconds; nil: they stay.
  package var lifetime: DistributionRecord?
  /// Resizes of a running VM in an hour.
  package var resizesPerHour = 0.0

  /// Nothing to generate yet.
  package init() {}
}

/// A flavor of a mix.
package struct MixRecord: Sendable, Equatable {
  /// The name of the flavor.
  package var flavor = ""
  /// The zone that is asked for; nil: any.
  package var zone: String?
  /// Weight among the others.
  package var weight = 1.0

  /// No flavor yet.
  package init() {}
}
