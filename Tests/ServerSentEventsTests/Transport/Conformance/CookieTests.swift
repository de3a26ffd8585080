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

        @Test(arguments: TestedTransport.overSockets)
        func aStreamThatDidNotAskSendsNone(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(path, [.status(204, headers: setCookie), .repeatLast])
                try await ask(server, over: tested, .include)
                try await ask(server, over: tested, .omit)
                try await ask(server, over: tested, .include)
                #expect(try await carried(server) == [false, false, true])
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func aStreamThatDidNotAskStoresNone(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(path, [.status(204, headers: setCookie), .repeatLast])
                try await ask(server, over: tested, .omit)
                try await ask(server, over: tested, .omit)
                try await ask(server, over: tested, .include)
                #expect(try await carried(server) == [false, false, false])
            }
        }

        @Test(arguments: TestedTransport.overSockets)
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
        @Test(arguments: TestedTransport.overSockets)
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

        /// Each answer sets as many as one may; the fourth makes it more than a host may have.
        ///
        /// At a host of its own, as the cookies of other tests would go as well. libcurl goes by
        /// the `Host` field if there is one.
        @Test(
            arguments: TestedTransport.overSockets, [[:], ["host": "\(UUID().uuidString).test:1"]])
        func aHostThatSetsTooManyLosesThem(
            _ tested: TestedTransport, headers: [String: String]
        ) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                let answers = (1...4).map { answer in
                    Reply.status(204, headers: cookies(named: "\(name)-\(answer)", count: 50))
                }
                server.script(path, answers + [.status(204, headers: setCookie), .status(204)])
                let host = "\(UUID().uuidString).localhost"
                for _ in 1...6 {
                    try await ask(server, at: host, over: tested, .include, headers: headers)
                }
                var counts: [Int] = []
                for number in 1...6 {
                    let request = try await server.connection(number, on: path).request
                    let sent = request.headers["Cookie"] ?? ""
                    counts.append(sent.components(separatedBy: name).count - 1)
                }
                #expect(counts == [0, 50, 100, 150, 0, 1])
            }
        }

        private func cookies(named name: String, count: Int) -> Headers {
            var headers = Headers()
            for number in 1...count {
                headers.append(name: "Set-Cookie", value: "\(name)-\(number)=b; Path=\(path)")
            }
            return headers
        }
    }
}
