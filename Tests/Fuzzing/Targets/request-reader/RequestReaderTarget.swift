@testable import MockServer

/// The mock server reads the same requests, or the same failure, however the bytes are cut; it never
/// traps, and keeps no more than its limits.
///
/// The input: whether it is a long one (63), four sizes of chunks, the bytes. In a long one a byte
/// `FF` repeats the one before it, as often as the byte after it says, twice at most: without that no
/// input would come near the limits. It takes a hundred times as long.
func testOneInput(_ bytes: [UInt8]) {
    var input = FuzzInput(bytes)
    let isLong = input.choice() == 63
    let sizes = input.sizes()
    let sent = isLong ? expanded(input.remaining) : input.remaining
    let whole = RequestRun([sent])
    // A reader that was given little reads again what it has: of a long input, few large chunks.
    let factor = sent.count <= 1024 ? 1 : 1 + sent.count / (1 + sizes.reduce(0, +))
    let cut = RequestRun(sent.chunks(of: sizes, times: factor))
    check(cut == whole, "cut into \(sizes):\n\(cut)\nwhole:\n\(whole)")
    if sent.count <= 256 {
        let single = RequestRun(sent.chunks(of: [1]))
        check(single == whole, "byte by byte:\n\(single)\nwhole:\n\(whole)")
    }
}

private func expanded(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var expansions = 0
    var index = 0
    while index < bytes.count {
        if bytes[index] == 0xFF, expansions < 2, let last = result.last, index + 1 < bytes.count {
            result += [UInt8](repeating: last, count: repetitions(bytes[index + 1]))
            expansions += 1
            index += 2
        } else {
            result.append(bytes[index])
            index += 1
        }
    }
    return result
}

/// Up to 120 KiB from most bytes, from `F0` to `FF` 64 KiB to 1 MiB.
private func repetitions(_ byte: UInt8) -> Int {
    byte < 0xF0 ? Int(byte) << 9 : (Int(byte) - 0xEF) << 16
}
