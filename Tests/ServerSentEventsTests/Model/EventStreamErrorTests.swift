import Testing

@testable import ServerSentEvents

@Suite struct EventStreamErrorTests {
    private struct Cause: Error, CustomStringConvertible {
        let description = "no route"
    }

    @Test func describesItselfAndItsCause() {
        let error = EventStreamError(
            .connectionFailed, "It failed: try again.", underlying: Cause())
        #expect("\(error)" == "It failed: try again. (no route)")
        #expect("\(error.code)" == "connectionFailed")
    }

    @Test func responseTextIsRepairedUTF8() {
        let response = EventStreamError.Response(ResponseHead(status: 500), body: [0x61, 0xFF])
        #expect(response.text == "a\u{FFFD}")
    }
}
