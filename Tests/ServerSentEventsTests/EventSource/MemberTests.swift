import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension EventSourceTests {
    /// What the browser's interface has.
    @Suite struct MemberTests {
        @Test func connectsWhenItIsCreated() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script("/feed", [.stream([.hold])])
                let source = EventSource(server)
                try await server.connection(1, on: "/feed")
                source.close()
            }
        }

        @Test func urlAndCredentialsAreThoseItWasCreatedWith() throws {
            var configuration = EventStream.Configuration.test(ScriptedTransport([]))
            let url = try URL.test("http://127.0.0.1/feed?a=b")
            let plain = EventSource(url: url, configuration: configuration)
            configuration.credentials = .include
            let including = EventSource(URLRequest(url: url), configuration: configuration)
            #expect(plain.url == url && including.url == url)
            #expect(!plain.withCredentials && including.withCredentials)
        }

        @Test func theNumbersOfTheStatesAreTheStandards() {
            typealias State = EventSource.ReadyState
            #expect([State.connecting, .open, .closed].map(\.rawValue) == [0, 1, 2])
        }

        @Test func everyStateIsToldAndShown() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script(
                    "/feed",
                    [
                        .stream(Step.events(1...1) + [.gate("drop"), .drop(.fin)]),
                        .stream(Step.events(2...2) + [.hold]),
                    ])
                let gate = Gate()
                let source = EventSource(server) { configuration in
                    configuration.lastEventID = "0"
                    configuration.prepareRequest = { _, _ in await gate.pass() }
                }
                var states = source.readyStates.makeAsyncIterator()
                var events = source.events.makeAsyncIterator()
                #expect(await states.next() == .connecting)
                #expect(source.readyState == .connecting)
                #expect(source.lastEventID == "0")

                gate.open()
                #expect(await states.next() == .open)
                #expect(source.readyState == .open)
                #expect(try await events.data(1) == ["1"])
                #expect(source.lastEventID == "1")

                server.openGate("drop")
                #expect(await states.next() == .connecting)
                #expect(source.readyState == .connecting)

                gate.open()
                #expect(await states.next() == .open)
                #expect(try await events.data(1) == ["2"])
                #expect(source.lastEventID == "2")

                source.close()
                #expect(await states.next() == .closed)
                #expect(source.readyState == .closed)
                #expect(await states.next() == nil)
                #expect(source.error == nil)
            }
        }

        @Test func opensAndErrorsAreToldAcrossReconnections() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script(
                    "/feed",
                    [
                        .status(503),
                        .stream(Step.events(1...2) + [.drop(.fin)], headers: ["X-Number": "1"]),
                        .stream(Step.events(3...4) + [.hold], headers: ["X-Number": "2"]),
                    ])
                let source = EventSource(server)
                var opens = source.opens.makeAsyncIterator()
                var errors = source.errors.makeAsyncIterator()
                var messages = source.messages.makeAsyncIterator()

                #expect(try await messages.data(4) == data(1...4))
                #expect(await opens.next()?.headers["x-number"] == "1")
                #expect(await opens.next()?.headers["x-number"] == "2")
                #expect(await errors.next()?.code == .refused)
                #expect(await errors.next()?.code == .connectionFailed)
                #expect(source.error == nil, "none of them was the end")
                source.close()
                #expect(await opens.next() == nil)
                #expect(await errors.next() == nil)
            }
        }

        @Test func everyTypeGoesToThoseWhoWantIt() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script(
                    "/feed",
                    [
                        .stream([
                            .event("1"), .event("2", type: "price"), .event("3", type: "message"),
                            // As one character, then as a letter and an accent.
                            .event("4", type: "\u{E9}"), .event("5", type: "e\u{301}"), .end,
                        ]),
                        .status(204),
                    ])
                let source = EventSource(server)
                let (messages, prices) = (source.messages, source.events(ofType: "price"))
                let (composed, none) = (source.events(ofType: "\u{E9}"), source.events(ofType: "x"))
                let events = source.events
                #expect(try await events.data() == data(1...5))
                #expect(try await messages.data() == ["1", "3"])
                #expect(try await prices.data() == ["2"])
                #expect(try await composed.data() == ["4"])
                #expect(try await none.data() == [])
            }
        }

        @Test func whatIsPrintedTellsNoSecret() throws {
            var configuration = EventStream.Configuration.test(ScriptedTransport([]))
            configuration.headers["X-Key"] = "hunter2"
            let url = try URL.test("http://127.0.0.1/feed?key=hunter2")
            let source = EventSource(url: url, configuration: configuration)
            var text = ""
            dump(source, to: &text)
            dump(source.messages, to: &text)
            dump(source.messages.makeAsyncIterator(), to: &text)
            #expect(text.contains("readyState"))
            #expect(!text.contains("hunter2"))
        }
    }
}
