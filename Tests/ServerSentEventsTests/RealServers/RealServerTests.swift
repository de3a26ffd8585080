#if os(Linux)
    import Foundation
    import RealPrograms
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// Servers of others: Python's and Node's, as the guides show them.
        @Suite(
            .enabled(if: !RealServer.Kind.installed.isEmpty, "neither python3 nor node installed"))
        struct RealServerTests {
            private static let transports: [TestedTransport] = [.urlSession, .libcurl]

            private func events(
                _ server: RealServer, _ path: String, over tested: TestedTransport,
                configure: (inout EventStream.Configuration) -> Void = { _ in }
            ) throws -> EventStream {
                var configuration = tested.configuration
                // A real server needs real time to come back.
                configuration.clock = ContinuousClock()
                configuration.reconnection?.maximumAttemptsBeforeOpen = nil
                configure(&configuration)
                return EventStream(url: try server.url(path), configuration: configuration)
            }

            /// The types of the random events, all of which have data and an ID.
            @Test(arguments: RealServer.Kind.installed, transports)
            func randomEvents(_ kind: RealServer.Kind, _ tested: TestedTransport) async throws {
                let server = try await RealServer(kind)
                let stream = try events(server, "/random?n=30", over: tested) {
                    $0.reconnection = .never
                }
                let all = try await stream.all()
                #expect(all.map(\.lastEventID) == (1...30).map(String.init))
                for event in all {
                    let text = "é \(event.lastEventID)\nin two lines"
                    switch event.type {
                    case "price":
                        #expect(try event.decode([String: Double].self) == ["price": 99.5])
                    case "message", "news", "alert": #expect(event.data == text)
                    default: Issue.record("\(event)")
                    }
                }
                #expect(Set(all.map(\.type)).count > 1)
            }

            @Test(arguments: RealServer.Kind.installed, transports)
            func aServerThatIsKilledAndStartedAgainLosesNothing(
                _ kind: RealServer.Kind, _ tested: TestedTransport
            ) async throws {
                var server = try await RealServer(kind)
                var updates = try events(server, "/ticker", over: tested).updates
                    .makeAsyncIterator()
                var numbers: [Int] = []
                var drops = 0
                while numbers.count < 25, let update = try await updates.next() {
                    switch update {
                    case .event(let event):
                        let number = try #require(Int(event.lastEventID))
                        #expect(event.data == "\(number * number)")
                        numbers.append(number)
                        guard numbers.count == 5 || numbers.count == 15 else { continue }
                        await server.kill()
                    case .disconnected:
                        drops += 1
                        // The second time it stays away for one attempt more.
                        guard drops != 2 else { continue }
                        server = try await RealServer(kind, port: server.port)
                    default: break
                    }
                }
                #expect(numbers == Array(1...25))
                #expect(drops == 3)
            }

            @Test(arguments: RealServer.Kind.installed, transports)
            func aBroadcastReachesAll(
                _ kind: RealServer.Kind, _ tested: TestedTransport
            ) async throws {
                let server = try await RealServer(kind)
                var one = try events(server, "/subscribe", over: tested).makeAsyncIterator()
                var two = try events(server, "/subscribe", over: tested).makeAsyncIterator()
                #expect(try await one.next()?.type == "welcome")
                #expect(try await two.next()?.type == "welcome")
                for (id, text) in [("1", "to all"), ("2", "é\n漢")] {
                    let count = try await server.send(text)
                    #expect(count == 2)
                    for event in [try await one.next(), try await two.next()] {
                        #expect(event == ServerSentEvent(data: text, lastEventID: id))
                    }
                }
            }

            @Test(arguments: RealServer.Kind.installed, transports)
            func whatWasMissedIsSentAgain(
                _ kind: RealServer.Kind, _ tested: TestedTransport
            ) async throws {
                let server = try await RealServer(kind)
                for text in ["a", "b", "c"] { _ = try await server.send(text) }
                let control = ConnectionControl()
                var events = try events(server, "/subscribe", over: tested) {
                    $0.lastEventID = "1"
                    $0.control = control
                }.makeAsyncIterator()
                var seen: [String] = []
                while seen.count < 2, let event = try await events.next() {
                    if event.type == "message" { seen.append(event.data) }
                }
                control.pause()
                _ = try await server.send("d")
                control.resume()
                while seen.count < 3, let event = try await events.next() {
                    if event.type == "message" { seen.append(event.data) }
                }
                #expect(seen == ["b", "c", "d"])
            }
        }
    }
#endif
