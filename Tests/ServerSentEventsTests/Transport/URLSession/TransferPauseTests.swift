#if canImport(FoundationNetworking)
    import Foundation
    import FoundationNetworking
    import MockServer
    import Testing

    @testable import ServerSentEvents

    /// What happens when FoundationNetworking's private parts are not as expected.
    @Suite(.serialized, .timeLimit(.minutes(1))) struct TransferPauseTests {
        enum Step: CaseIterable {
            case queue, storage, existing, easyHandle, rawHandle, library, function

            /// A layout in which this step leads nowhere.
            var layout: TransferPause.Layout {
                var layout = TransferPause.Layout()
                switch self {
                case .queue: layout.queue = "_protocolStorage"
                case .storage: layout.storage = "workQueue"
                case .existing: layout.existing = "invalidated"
                case .easyHandle: layout.easyHandle = "redirectCount"
                case .rawHandle: layout.rawHandle = "pauseState"
                case .library: layout.library = "libcurl.so.0"
                case .function: layout.function = "curl_easy_rest"
                }
                return layout
            }
        }

        @Test(arguments: Step.allCases)
        func anUnknownLayoutIsDiagnosedOnceAndNothingIsLost(at step: Step) async throws {
            let transport = URLSessionTransport(pause: TransferPause(layout: step.layout))
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream([.event("one"), .hold]), .repeatLast])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: .test(transport))
                var lines: [[String]] = [[], []]
                for index in lines.indices {
                    for try await update in stream.updates {
                        lines[index].append(update.line)
                        if update.line == "event one" { break }
                    }
                }
                #expect(lines[0].count == 4)
                #expect(lines[0].dropFirst(2).first?.hasPrefix("diagnostic This version") == true)
                #expect(lines[1] == ["connecting 1", "open 200", "event one"])
            }
        }

        @Test(arguments: ["multiHandle", "rawHandle", "multiFunction", ""])
        func transfersThatCannotBeSeparatedAreDiagnosed(unknown: String) {
            var layout = TransferPause.Layout()
            switch unknown {
            case "multiHandle": layout.multiHandle = "workQueue"
            case "rawHandle": layout.rawHandle = "queue"
            case "multiFunction": layout.multiFunction = "curl_multi_rest"
            default: break
            }
            let pause = TransferPause(layout: layout)
            RoutedSession(cookies: false, pausedBy: pause).retire()
            #expect((pause.takeDiagnostic() == nil) == unknown.isEmpty)
        }

        @Test(arguments: ["curl_easy_setopt", "curl_easy_rest"])
        func aTransferThatRunsIsSettled(by function: String) async throws {
            var layout = TransferPause.Layout()
            layout.easyFunction = function
            let pause = TransferPause(layout: layout)
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream([.event("one"), .hold])])
                let task = URLSession.shared.dataTask(with: server.url("/feed"))
                let queue = try #require(pause.queue(of: task))
                // Before it is started there is nothing to settle, and nothing to complain of.
                #expect(!pause.settle(task))
                task.resume()
                _ = try await server.connection(1, on: "/feed")
                let isSettled = queue.sync { pause.settle(task) }
                #expect(isSettled == (function == "curl_easy_setopt"))
                #expect(pause.takeDiagnostic() == nil)
                task.cancel()
            }
        }

        @Test func theKnownLayoutNeedsNoDiagnostic() async throws {
            let pause = TransferPause()
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream([.event("one"), .hold])])
                let stream = EventStream(
                    url: server.url("/feed"),
                    configuration: .test(URLSessionTransport(pause: pause)))
                for try await _ in stream { break }
                #expect(pause.takeDiagnostic() == nil)
            }
        }
    }
#endif
