import Documents
import Testing

/// Vectors of FIPS 180-4 and of the NIST examples.
struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func `known texts`(text: String, expected: String) {
    #expect(SHA256.hexadecimal(Array(text.utf8)) == expected)
  }

  @Test func `a million letters, in pieces of any size`() {
    for size in [1, 63, 64, 65, 1000] {
      var hash = SHA256()
      let piece = Array(repeating: UInt8(ascii: "a"), count: size)
      var left = size == 1 ? 1000 : 1_000_000
      let expected =
        size == 1
        ? "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
        : "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      while left > 0 {
        hash.update(Array(piece.prefix(left)))
        left -= min(size, left)
      }
      #expect(hash.hexadecimal() == expected)
    }
  }
}
