import Foundation
import Testing

@testable import ServerSentEvents

@Suite struct EventDecodingTests {
    private func failure(
        _ data: String, type: String = "price", sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> EventStreamError {
        try #require(throws: EventStreamError.self, sourceLocation: sourceLocation) {
            try ServerSentEvent(type: type, data: data).decode(Price.self)
        }
    }

    @Test func decodesItsData() throws {
        let event = ServerSentEvent(data: #"{"amount": 41, "sources": [{"name": "日本"}]}"#)
        let price = try event.decode(Price.self)
        #expect(price == Price(amount: 41, sources: [Price.Source(name: "日本")]))
        let same: Price = try event.decode()
        #expect(same == price)
    }

    /// Lines are joined by line feeds, which are white space in JSON.
    @Test func decodesSeveralLines() throws {
        #expect(try ServerSentEvent(data: "{\n\"amount\":\n1}").decode(Price.self).amount == 1)
        #expect(try ServerSentEvent(data: "42").decode(Int.self) == 42)
    }

    @Test func takesTheDecodersStrategies() throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        let event = ServerSentEvent(data: "60")
        #expect(
            try event.decode(Date.self, using: decoder) == Date(timeIntervalSince1970: 60))
    }

    private static let reasons = [
        ("", "its data is empty"),
        ("{", "its data is not valid JSON for it"),
        ("{}", "it has no `amount`"),
        ("null", "its data is null"),
        ("[]", "its data is no Dictionary<String, Any>"),
        (#"{"amount": null}"#, "`amount` is null"),
        (#"{"amount": "1"}"#, "`amount` is no Int"),
        (#"{"amount": 1, "currency": "hidden"}"#, "the value of `currency` is not valid"),
        (#"{"amount": 1, "sources": [{"name": "a"}, {}]}"#, "it has no `sources[1].name`"),
        (#"{"amount": 1, "tags": {"hidden": "a"}}"#, "`tags.…` is no Int"),
    ]

    @Test(arguments: reasons)
    func theErrorSaysWhy(data: String, reason: String) throws {
        let error = try failure(data)
        #expect(error.code == .decodingFailed)
        #expect(error.event == ServerSentEvent(type: "price", data: data))
        #expect(error.underlying is DecodingError)
        #expect(
            error.message == """
                An event of type "price" cannot be decoded as Price, as \(reason): compare the \
                error's `event` with that type.
                """)
        #expect("\(error)" == error.message)
    }

    @Test func theErrorShowsNoMoreOfTheTypeThanAName() throws {
        #expect(try failure("", type: "a b").message.hasPrefix(#"An event of type "a…" "#))
        let long = try failure("", type: String(repeating: "x", count: 100_000))
        #expect(long.message.utf8.count < 300)
    }

    /// A type of the app's own, whose decoding throws an error of its own.
    private struct Picky: Decodable {
        struct Refusal: Error {}

        init(from decoder: any Decoder) throws { throw Refusal() }
    }

    @Test func anErrorOfTheTypesOwnIsBelow() throws {
        let error = try #require(throws: EventStreamError.self) {
            try ServerSentEvent(data: "1").decode(Picky.self)
        }
        #expect(error.code == .decodingFailed)
        #expect(error.underlying is Picky.Refusal)
        #expect(error.message.contains("as Picky, as its `underlying` error says:"))
    }
}

extension SecrecyTests {
    @Test(arguments: [
        "hidden", #"{"amount": "hidden"}"#, #"{"amount": 1, "currency": "hidden"}"#,
        #"{"amount": 1, "tags": {"hidden": "hidden"}}"#, #"{"hidden": 1}"#,
        #"{"amount": 1, hidden"#,
    ])
    func ofAnEventThatCannotBeDecoded(data: String) throws {
        let event = ServerSentEvent(type: "price", data: data, lastEventID: "hidden")
        let failed = try #require(throws: EventStreamError.self) { try event.decode(Price.self) }
        expectNoSecret(in: failed)
        let unknown = try #require(throws: EventStreamError.self) {
            try EventRouter<Int>(unknownTypes: .throw).output(for: event)
        }
        #expect(unknown.code == .unknownType)
        expectNoSecret(in: unknown)
    }
}
