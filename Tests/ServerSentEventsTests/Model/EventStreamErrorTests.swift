import Foundation
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

    /// What an alert shows that takes any error.
    @Test func itsLocalizedDescriptionIsTheMessage() {
        let error: any Error = EventStreamError(
            .connectionFailed, "It failed: try again.", underlying: Cause())
        #expect(error.localizedDescription == "It failed: try again.")
        #expect((error as NSError).localizedDescription == "It failed: try again.")
    }

    /// Chunks are no compression.
    @Test(arguments: [
        (["Content-Encoding": "gzip", "Transfer-Encoding": "chunked"], "gzip"),
        (["Content-Encoding": "identity, BR", "Transfer-Encoding": "gzip, chunked"], "br, gzip"),
    ])
    func aWrongCodingIsNamed(fields: [String: String], named: String) {
        let headers = HeaderFields(fields.map { HeaderFields.Field(name: $0, value: $1) })
        let error = EventStreamError.wrongCoding(ResponseHead(status: 200, headers: headers))
        #expect(error.message.contains("compressed (\"\(named)\")"))
    }

    @Test func responseTextIsRepairedUTF8() {
        let response = EventStreamError.Response(ResponseHead(status: 500), body: [0x61, 0xFF])
        #expect(response.text == "a\u{FFFD}")
    }
}
