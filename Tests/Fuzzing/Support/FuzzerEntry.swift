/// What libFuzzer calls with every input; `testOneInput` is the target that is compiled with it.
///
/// - Parameters:
///   - start: The first byte.
///   - count: How many there are.
/// - Returns: 0, as libFuzzer demands.
///
/// Source: [libFuzzer](https://llvm.org/docs/LibFuzzer.html#fuzz-target).
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    testOneInput(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
