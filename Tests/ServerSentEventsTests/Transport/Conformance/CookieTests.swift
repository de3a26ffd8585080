import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// Cookies go where they came from, and only with streams that ask for them.
    ///
    /// What is stored lasts as long as the process: so each test has a path and a cookie of its own.
    @Suite struct CookieTests {
        private let path = "/\(UUID().uuidString)"
        private let name = UUID().uuidString

        private var setCookie: Headers { ["Set-Cookie": "\(name)=b; Path=\(path)"] }

        private func ask(
            _ server: MockEventServer, at host: String = "127.0.0.1", over tested: TestedTransport,
            _ credentials: EventStream.Credentials, headers: [String: String] = [:]
        ) async throws {
            var configuration = tested.configuration
            configuration.credentials = credentials
            configuration.headers = headers
            let url = try #require(URL(string: "http://\(host):\(server.port)\(path)"))
            let events = try await EventStream(url: url, configuration: configuration).all()
            #expect(events.isEmpty)
        }

        /// Whether each request carried the cookie.
        private func carried(_ server: MockEventServer) async throws -> [Bool] {
            var all: [Bool] = []
            for number in 1...server.journal.count {
                let request = try await server.connection(number, on: path).request
                all.append(request.headers["Cookie"]?.contains("\(name)=b") ?? false)
            }
            return all
        }

        @Test(arguments: TestedTransport.allCases)
        func aStreamThatDidNotAskSendsNone(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(path, [.status(204, headers: setCookie), .repeatLast])
                try await ask(server, over: tested, .include)
                try await ask(server, over: tested, .omit)
                try await ask(server, over: tested, .include)
                #expect(try await carried(server) == [false, false, true])
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aStreamThatDidNotAskStoresNone(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(path, [.status(204, headers: setCookie), .repeatLast])
                try await ask(server, over: tested, .omit)
                try await ask(server, over: tested, .omit)
                try await ask(server, over: tested, .include)
                #expect(try await carried(server) == [false, false, false])
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func anotherHostGetsNone(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(path, [.status(204, headers: setCookie), .repeatLast])
                try await ask(server, over: tested, .include)
                try await ask(server, at: "localhost", over: tested, .include)
                try await ask(server, over: tested, .include)
                #expect(try await carried(server) == [false, false, true])
            }
        }

        /// The cookies of the one host are not sent to the other, and the caller's own neither.
        @Test(arguments: TestedTransport.allCases)
        func aRedirectTakesNoneAlong(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    path,
                    [
                        .status(204, headers: setCookie),
                        .redirect(to: "http://localhost:\(server.port)\(path)"), .status(204),
                    ])
                try await ask(server, over: tested, .include)
                try await ask(server, over: tested, .include, headers: ["Cookie": "mine=1"])
                #expect(try await carried(server) == [false, true, false])
                let request = try await server.connection(3, on: path).request
                #expect(request.headers["Cookie"]?.contains("mine=1") != true)
            }
        }
    }
}
