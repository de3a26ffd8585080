import Foundation
import Testing

@testable import ServerSentEvents

/// The table of the article "Handling errors" tells what becomes of a stream, row by row.
@Suite(.timeLimit(.minutes(1))) struct ErrorTableTests {
    private struct Lost: Error {}

    private struct Cause: Sendable {
        var row: String
        var answers: [ScriptedTransport.Answer]
        var needsTerminator = false
        var configure: @Sendable (inout EventStream.Configuration) -> Void = { _ in }
    }

    /// The rows; cancelling and decoding have suites of their own.
    private static let causes = [
        Cause(row: "status 204", answers: [{ $0.status(204) }]),
        Cause(
            row: "the terminator comes", answers: [{ $0.open(["data: [DONE]\n\n"]) }],
            needsTerminator: true),
        Cause(row: "the server ends the body", answers: [{ $0.stream("data: one\n\n") }]),
        Cause(
            row: "an open connection is lost",
            answers: [
                {
                    $0.open(["data: one\n\n"])
                    $0.finish(failing: Lost())
                }
            ]),
        Cause(
            row: "the server cannot be reached, or ends without an answer",
            answers: [{ $0.finish(failing: Lost()) }, { $0.finish() }]),
        Cause(
            row: "no answer in time, or silence",
            answers: [
                { $0.timeOutHead() },
                {
                    $0.open(["data: one\n\n"])
                    $0.timeOut()
                },
            ]),
        Cause(
            row: "status 408, 425, 429, 500, 502, 503 or 504",
            answers: ReconnectionPolicy.default.retryableStatuses.sorted().map { status in
                { $0.status(status) }
            }),
        Cause(row: "another status", answers: [{ $0.status(401) }, { $0.status(501) }]),
        Cause(
            row: "another content type",
            answers: [{ $0.status(200, ["Content-Type": "text/html"]) }]),
        Cause(
            row: "a compressed answer",
            answers: [
                {
                    $0.status(
                        200, ["Content-Type": "text/event-stream", "Content-Encoding": "gzip"])
                }
            ]),
        Cause(row: "a redirect that cannot be followed", answers: [{ $0.status(302) }]),
        Cause(
            row: "an event that is too large", answers: [{ $0.open(["data: 12345678\n\n"]) }],
            configure: { $0.limits.eventSize = 8 }),
        Cause(
            row: "a buffer that overflows, the server sends IDs",
            answers: [{ $0.open(["id: 1\ndata: one\n\n", "data: two\n\n"]) }],
            configure: { $0.limits = tight }),
        Cause(
            row: "a buffer that overflows, without IDs",
            answers: [{ $0.open(["data: one\n\n", "data: two\n\n"]) }],
            configure: { $0.limits = tight }),
        Cause(
            row: "``EventStream/Configuration-swift.struct/prepareRequest`` throws",
            answers: [{ $0.stream() }],
            configure: { $0.prepareRequest = { _, _ in throw Lost() } }),
        Cause(
            row: "a setting or a request that cannot be used", answers: [{ $0.stream() }],
            configure: { $0.headers = ["A": "two\nlines"] }),
    ]

    /// One chunk and no more.
    private static var tight: EventStream.Limits {
        var limits = EventStream.Limits()
        (limits.bufferLow, limits.bufferHigh, limits.bufferMaximum) = (1, 70, 100)
        return limits
    }

    private let rows: [[String]]

    init() throws {
        let article = try Repository.text("Docs/ServerSentEvents.docc/HandlingErrors.md")
        let table = article.components(separatedBy: "| What happens |").last ?? ""
        rows = table.components(separatedBy: "\n\n")[0].split(separator: "\n").dropFirst(2).map {
            $0.dropFirst(2).dropLast(2).components(separatedBy: " | ")
        }
    }

    /// What becomes of a stream that gets an answer, in the words of the table.
    private func outcome(
        of answer: @escaping ScriptedTransport.Answer, _ cause: Cause, _ policy: ReconnectionPolicy,
        hasTerminator: Bool
    ) async throws -> String {
        let (stream, transport) = try scripted([answer, { $0.status(204) }]) {
            $0.reconnection = policy
            if hasTerminator { $0.terminator = .data("[DONE]") }
            cause.configure(&$0)
        }
        do {
            _ = try await stream.all()
        } catch let error as EventStreamError {
            return "``EventStreamError/Code/\(error.code)``"
        }
        return transport.requests.count > 1 ? "connects again" : "the sequence ends"
    }

    private func cell(_ cause: Cause, _ policy: ReconnectionPolicy) async throws -> [String] {
        var cells: Set<String> = []
        for answer in cause.answers {
            let ending = try await outcome(of: answer, cause, policy, hasTerminator: true)
            if cause.needsTerminator {
                cells.insert(ending)
                continue
            }
            let plain = try await outcome(of: answer, cause, policy, hasTerminator: false)
            cells.insert(
                plain == ending ? plain : "\(plain); before its terminator: \(ending)")
        }
        return cells.sorted()
    }

    @Test func everyRowIsTrue() async throws {
        for cause in Self.causes {
            let row = try #require(rows.first { $0[0] == cause.row }, "no row: \(cause.row)")
            try #require(row.count == 3)
            #expect(try await cell(cause, .default) == [row[1]], "\(cause.row)")
            #expect(try await cell(cause, .never) == [row[2]], "\(cause.row)")
        }
        let others = ["the task is cancelled, the loop is left", "a payload that does not fit"]
        #expect(Set(rows.map { $0[0] }) == Set(Self.causes.map(\.row) + others))
    }
}
