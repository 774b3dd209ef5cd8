import Availability
import Testing

/// Problems in the words of other programs.
@Suite struct ExportTests {
  @Test func `a tree is written in full`() throws {
    let tree = try FaultTree(
      top: "top", events: [BasicEvent("a", 0.5), BasicEvent("b <1>", 1e-6), BasicEvent("c", 0.25)],
      gates: [
        NamedGate("top", .atLeast(2), ["a", "b <1>", "x"]),
        NamedGate("x", .xor, ["a", "c", "b <1>"]),
        NamedGate("unused", .or, ["a"]),
      ])
    let text = tree.openPSA(named: "my tree")
    #expect(
      text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <opsa-mef>
          <define-fault-tree name="my_tree">
            <define-gate name="top">
              <atleast min="2">
                <basic-event name="a"/>
                <basic-event name="b__1_"/>
                <gate name="x"/>
              </atleast>
            </define-gate>
            <define-gate name="x">
              <xor><xor><basic-event name="a"/><basic-event name="c"/></xor>\
        <basic-event name="b__1_"/></xor>
            </define-gate>
          </define-fault-tree>
          <model-data>
            <define-basic-event name="a">
              <float value="0.5"/>
            </define-basic-event>
            <define-basic-event name="b__1_">
              <label>b &lt;1&gt;</label>
              <float value="1e-06"/>
            </define-basic-event>
            <define-basic-event name="c">
              <float value="0.25"/>
            </define-basic-event>
          </model-data>
        </opsa-mef>

        """)
  }

  @Test func `a chain is written in full`() throws {
    let chain = try MarkovChain(
      states: ["up", "down"], initial: 0,
      transitions: [
        .init(from: 0, to: 1, ratePerHour: 0.001), .init(from: 1, to: 0, ratePerHour: 0.25),
      ], down: [1])
    #expect(
      chain.prism(named: "one part") == """
        // one part; rates per hour
        ctmc

        module one_part
          state : [0..1] init 0;

          // up
          [] state=0 -> 0.001 : (state'=1);
          // down
          [] state=1 -> 0.25 : (state'=0);
        endmodule

        label "down" = state=1;

        rewards "hours"
          true : 1;
        endrewards

        """)
  }
}
