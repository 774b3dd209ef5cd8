import Documents
import Testing

/// The exact bytes of what is written.
struct WritingTests {
  static let document: Document = [
    "name": "gold", "count": 3, "share": 0.1, "big": 1e21, "none": .null, "on": true,
    "list": [1, [2], ["k": "no"]], "empty": [], "text": "a\"b\n",
  ]

  @Test func `JSON on one line`() {
    #expect(
      Self.document.json()
        == #"{"name":"gold","count":3,"share":0.1,"big":1e+21,"none":null,"on":true,"#
        + #""list":[1,[2],{"k":"no"}],"empty":[],"text":"a\"b\n"}"#)
    #expect(Document.number(.nan).json() == "null")
    #expect(Document.text("\u{1}é\u{7F}").json() == "\"\\u0001é\u{7F}\"")
  }

  @Test func `JSON with indentation`() {
    let document: Document = ["a": [1, 2], "b": [], "c": ["d": "x"]]
    #expect(
      document.json(.indented) == """
        {
          "a": [
            1,
            2
          ],
          "b": [],
          "c": {
            "d": "x"
          }
        }
        """)
  }

  @Test func `YAML in block style`() {
    #expect(
      Self.document.yaml() == """
        name: gold
        count: 3
        share: 0.1
        big: 1e+21
        none: null
        "on": true
        list:
          - 1
          - - 2
          - k: "no"
        empty: []
        text: "a\\"b\\n"

        """)
    #expect(
      (["memory": "64 GiB", "when": "2026-11-24"] as Document).yaml()
        == "memory: 64 GiB\nwhen: \"2026-11-24\"\n")
  }

  @Test func `CSV with quotes only where needed`() {
    #expect(
      CSVWriter.row([
        "a", "b,c", "d\"e", "f\ng", "", .null, 1, 0.5, true, .number(.nan), ["x", 1], " s",
      ]) == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\"\",,1,0.5,true,,\"[\"\"x\"\",1]\",\" s\"\n")
  }

  @Test func `doubles have the fewest digits`() {
    let numbers: [Double] = [
      0.1 + 0.2, 1.0 / 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -0.0, 100, 1e16,
    ]
    #expect(
      numbers.map { Document.number($0).json() } == [
        "0.30000000000000004", "0.3333333333333333", "5e-324", "1.7976931348623157e+308", "-0.0",
        "100.0", "1e+16",
      ])
  }
}
