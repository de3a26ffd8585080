import Foundation
import MockServer
import Testing

extension RunningTests {
    /// The options that make the request, as the server sees it.
    @Suite struct RequestTests {
        private func request(_ options: [String], input: String = "") async throws -> Request {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .hold])])
                let arguments = options + ["--count", "1", server.url("/feed").absoluteString]
                let ending = try await Tool(arguments, input: input).ended()
                #expect(ending.status == 0)
                #expect(ending.error == "")
                return try await server.connection(1, on: "/feed").request
            }
        }

        @Test func withoutOptionsItIsAGet() async throws {
            let request = try await request([])
            #expect(request.method == "GET")
            #expect(request.headers["Accept"] == "text/event-stream")
            #expect(request.lastEventID == nil)
        }

        #if os(Linux)
            /// URLSession names itself, which libcurl does not.
            @Test(arguments: [("urlsession", false), ("libcurl", true)])
            func theTransportCarriesTheRequest(name: String, isAnonymous: Bool) async throws {
                let request = try await request(["--transport", name])
                #expect((request.headers["User-Agent"] == nil) == isAnonymous)
            }

            @Test func aConnectionThatIsRefusedFails() async throws {
                let ending = try await Tool.run(
                    "--transport", "libcurl", "--reconnect", "never", "http://127.0.0.1:1/")
                #expect(ending.status == 1)
                #expect(ending.error.hasPrefix("sse: The server could not be reached"))
            }
        #endif

        @Test func headersAreSent() async throws {
            let request = try await request([
                "-H", "Authorization: Bearer x:y", "--header=X-A:  1 ", "-Hx-a: 2", "--header",
                "Accept: text/*",
            ])
            #expect(request.headers["Authorization"] == "Bearer x:y")
            #expect(request.headers["X-A"] == "1, 2")
            #expect(request.headers["Accept"] == "text/*")
        }

        @Test func dataImpliesPost() async throws {
            let request = try await request(["-d", "a=1", "--data", "b=2"])
            #expect(request.method == "POST")
            #expect(String(decoding: request.body, as: UTF8.self) == "a=1&b=2")
            #expect(request.headers["Content-Type"] == "application/x-www-form-urlencoded")
        }

        @Test func theMethodAndTheContentTypeCanBeChosen() async throws {
            let request = try await request([
                "-X", "PUT", "-d{\"a\":1}", "-H", "content-type: application/json",
            ])
            #expect(request.method == "PUT")
            #expect(String(decoding: request.body, as: UTF8.self) == "{\"a\":1}")
            #expect(request.headers["Content-Type"] == "application/json")
        }

        @Test func dataIsReadFromAFile() async throws {
            let file = FileManager.default.temporaryDirectory
                .appendingPathComponent("sse-\(UUID().uuidString)")
            try Data("line 1\nline 2\n".utf8).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let request = try await request(["-d", "@\(file.path)"])
            #expect(String(decoding: request.body, as: UTF8.self) == "line 1\nline 2\n")
        }

        @Test func dataIsReadFromStandardInput() async throws {
            let request = try await request(["-d", "@-"], input: "piped")
            #expect(String(decoding: request.body, as: UTF8.self) == "piped")
        }

        @Test(arguments: [
            ["--last-event-id", "7é"], ["--last-event-id=7é"], ["-H", "last-event-id: 7é"],
        ])
        func theLastEventIDIsSent(options: [String]) async throws {
            #expect(try await request(options).lastEventID == "7é")
        }

        @Test(arguments: [true, false])
        func cookiesAreKeptOnlyIfAsked(isAsked: Bool) async throws {
            try await withServer { server in
                server.script(
                    "/feed",
                    [
                        .stream(
                            [.retry(.zero), .event("one"), .end], headers: ["Set-Cookie": "a=b"]),
                        .stream([.event("two"), .hold]),
                    ])
                let options = ["--count", "2", server.url("/feed").absoluteString]
                let ending = try await Tool(options + (isAsked ? ["--cookies"] : [])).ended()
                #expect(ending.status == 0)
                let second = try await server.connection(2, on: "/feed")
                #expect(second.request.headers["Cookie"] == (isAsked ? "a=b" : nil))
            }
        }
    }
}
