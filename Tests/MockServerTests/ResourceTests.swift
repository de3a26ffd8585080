#if os(Linux)
    import Foundation
    import MockServer
    import Testing

    /// What the server takes from the process, measured in processes of their own.
    ///
    /// There no other test opens anything. They run one after the other, as an exit test that waits
    /// for its process blocks a thread of the tasks.
    @Suite(.serialized, .timeLimit(.minutes(1)))
    struct ResourceTests {
        /// After so many seconds a process that hangs is ended by SIGALRM, and its test fails.
        private static let limit: UInt32 = 60

        @Test func twoHundredServersLeakNoSocket() async {
            await #expect(processExitsWith: .success) {
                alarm(Self.limit)
                let before = sockets().count
                for _ in 0..<200 {
                    try await MockEventServer.run { server in
                        server.script("/", [.stream([.event("one"), .hold]), .status(204)])
                        let client = try await RawClient.get("/", from: server.port)
                        #expect(await client.receive(until: "one").contains("one"))
                        let other = try await RawClient.get("/", from: server.port)
                        #expect(await other.receive(until: "\r\n\r\n").contains("204"))
                        if server.port % 2 == 0 { await client.close() }
                    }
                }
                try #require(sockets().count <= before)
            }
        }

        @Test func noChildProcessInheritsASocket() async {
            await #expect(processExitsWith: .success) {
                alarm(Self.limit)
                let before = sockets()
                try await MockEventServer.run { server in
                    server.script("/", [.stream([.event("one"), .hold])])
                    let client = try await RawClient.get("/", from: server.port)
                    #expect(await client.receive(until: "one").contains("one"))
                    let new = sockets().subtracting(before)
                    // The listener, the client and the server's side of it.
                    try #require(new.count == 3)
                    for descriptor in new {
                        try #require(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
                    }
                }
            }
        }

        @Test func aCrowdNeedsNoThreads() async {
            await #expect(processExitsWith: .success) {
                alarm(Self.limit)
                let count = 1_500
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let steps: [Step] = [
                        .event("one"), .gate("go"), .event("two"), .mark("sent"), .hold,
                    ]
                    server.script("/", [.stream(steps), .repeatLast])
                    let crowd = Crowd()
                    try crowd.connect(count, to: server.port, request: RawClient.request("/"))
                    _ = try await server.connection(count, on: "/")
                    server.openGate("go")
                    for number in 1...count {
                        try await server.connection(number, on: "/").reached("sent")
                    }
                    let threads = try threadCount()
                    try #require(threads < 20, "\(threads) threads")
                    try await until {
                        crowd.read()
                        return crowd.received.allSatisfy {
                            $0.suffix(6).elementsEqual("wo\n\n\r\n".utf8)
                        }
                    }
                    crowd.leave()
                    for number in 1...count {
                        let ending = try await server.connection(number, on: "/").ended()
                        try #require(ending.by == .client)
                    }
                }
            }
        }

        @Test(.enabled(if: hardDescriptorLimit() > 10_200, "the system allows too few descriptors"))
        func fiveThousandSubscribersAndOneThatDoesNotRead() async {
            await #expect(processExitsWith: .success) {
                alarm(Self.limit)
                let count = 5_000
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let room = server.channel("/room")
                    let request = RawClient.request("/room")
                    let stalled = try await RawClient.connect(
                        to: server.port, receiveBuffer: 4_096)
                    try await stalled.send(request)
                    try await room.subscribers(atLeast: 1)
                    var sent = 0
                    while room.send(.padding(65_536)) == 1, sent < 1_000 { sent += 1 }
                    try #require(sent < 1_000, "\(sent) were taken")
                    // The kernel may take a little more of it later.
                    for _ in 0..<12 { room.send(.padding(65_536)) }
                    let crowd = Crowd()
                    try crowd.connect(count, to: server.port, request: request)
                    try await room.subscribers(atLeast: count + 1)
                    for number in 1..<10 {
                        let got = room.send(.event("\(number)", id: "\(number)"))
                        try #require(got == count, "\(got) got event \(number)")
                    }
                    let got = room.send(.event("last"))
                    try #require(got == count, "\(got) got the last event")
                    let threads = try threadCount()
                    try #require(threads < 20, "\(threads) threads")
                    try await until {
                        crowd.read()
                        return crowd.received.allSatisfy {
                            $0.suffix(8).elementsEqual("last\n\n\r\n".utf8)
                        }
                    }
                    let body = (1..<10).map { "id: \($0)\ndata: \($0)\n\n" } + ["data: last\n\n"]
                    for received in crowd.received {
                        let answer = String(decoding: split(received).body, as: UTF8.self)
                        try #require(chunks(answer).chunks == body)
                    }
                    crowd.leave()
                    try await room.subscribers(atMost: 1)
                    await stalled.close()
                    try await room.subscribers(atMost: 0)
                }
            }
        }

        @Test func runningOutOfDescriptorsIsSurvived() async {
            await #expect(processExitsWith: .success) {
                alarm(Self.limit)
                // The server raises the soft limit to the hard one.
                var limit = rlimit(rlim_cur: 512, rlim_max: 512)
                try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
                let server = try MockEventServer()
                server.script("/", [.status(204), .repeatLast])
                // Dispatch opens a descriptor for the first timer, perhaps after it fired.
                try await until { timerIsOpen() }
                var taken = takeAllDescriptors()
                // One for the client, none for the server.
                close(taken.removeLast())
                let client = try await RawClient.get("/", from: server.port)
                try await until { server.issues.contains { $0.kind == .outOfDescriptors } }
                for descriptor in taken { close(descriptor) }
                try #require(await client.receive(until: "\r\n\r\n").contains("204"))
                try #require(server.issues.count == 1)
                await server.stop()
            }
        }
    }

    private func sockets() -> Set<Int32> {
        descriptors { $0.hasPrefix("socket:") }
    }

    /// The open descriptors of what is wanted.
    private func descriptors(where isWanted: (String) -> Bool) -> Set<Int32> {
        let directory = "/proc/self/fd/"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let wanted = names.filter { name in
            let target = try? FileManager.default.destinationOfSymbolicLink(
                atPath: directory + name)
            return target.map(isWanted) ?? false
        }
        return Set(wanted.compactMap { Int32($0) })
    }

    private func hardDescriptorLimit() -> rlim_t {
        var limit = rlimit()
        _ = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit.rlim_max
    }

    private func threadCount() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }

    private func timerIsOpen() -> Bool {
        !descriptors { $0 == "anon_inode:[timerfd]" }.isEmpty
    }

    private func takeAllDescriptors() -> [Int32] {
        var taken: [Int32] = []
        while true {
            let descriptor = dup(0)
            guard descriptor >= 0 else { return taken }
            taken.append(descriptor)
        }
    }
#endif
