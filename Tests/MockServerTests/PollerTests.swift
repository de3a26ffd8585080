import Foundation
import Locking
import Testing

@testable import MockServer

/// The pollers that this system has.
let pollers: [any Poller] = {
    var pollers: [any Poller] = [DispatchPoller.shared]
    #if os(Linux)
        if let epoll = try? EpollPoller.shared() { pollers.append(epoll) }
    #endif
    return pollers
}()

/// Both pollers do the same, so that the one for other systems is tested here.
@Suite(.timeLimit(.minutes(1)))
struct PollerTests {
    /// Two connected sockets, closed with this.
    private final class Pair {
        let one: Int32
        let other: Int32

        init() throws {
            var pair: [Int32] = [-1, -1]
            try #require(socketpair(AF_UNIX, streamType, 0, &pair) == 0)
            (one, other) = (pair[0], pair[1])
        }

        func write() throws {
            try #require(send(other, "x", 1, 0) == 1)
        }

        deinit {
            close(one)
            close(other)
        }
    }

    #if os(Linux)
        @Test func linuxHasEpoll() {
            #expect(pollers.count == 2)
        }
    #endif

    @Test(arguments: pollers)
    func whatCanBeReadIsTold(poller: any Poller) async throws {
        let pair = try Pair()
        let told = Promise<Readiness>()
        let watch = poller.watch(pair.one) { told.keep($0) }
        try pair.write()
        watch.ask(for: .reading)
        #expect(try await told.value() == .reading)
        try await cancelled(watch)
    }

    @Test(arguments: pollers)
    func whatCanBeWrittenToIsTold(poller: any Poller) async throws {
        let pair = try Pair()
        let told = Promise<Readiness>()
        let watch = poller.watch(pair.one) { told.keep($0) }
        watch.ask(for: [.reading, .writing])
        #expect(try await told.value() == .writing)
        try await cancelled(watch)
    }

    @Test(arguments: pollers)
    func itIsToldAgainAndAgain(poller: any Poller) async throws {
        let pair = try Pair()
        let count = Protected(0)
        let told = Promise<Void>()
        let watch = poller.watch(pair.one) { _ in
            let isEnough = count.withLock { count in
                count += 1
                return count == 3
            }
            if isEnough { told.keep() }
        }
        try pair.write()
        watch.ask(for: .reading)
        try await told.value()
        try await cancelled(watch)
    }

    @Test(arguments: pollers)
    func theEndIsToldToWhoReads(poller: any Poller) async throws {
        let pair = try Pair()
        let told = Promise<Readiness>()
        let watch = poller.watch(pair.one) { told.keep($0) }
        watch.ask(for: .reading)
        shutdown(pair.other, Int32(SHUT_RDWR))
        #expect(try await told.value() == .reading)
        try await cancelled(watch)
    }

    @Test(arguments: pollers)
    func whatIsNotAskedForIsNotTold(poller: any Poller) async throws {
        let (quiet, loud) = (try Pair(), try Pair())
        let silence = Promise<Readiness>()
        let told = Promise<Readiness>()
        let off = poller.watch(quiet.one) { silence.keep($0) }
        let on = poller.watch(loud.one) { told.keep($0) }
        off.ask(for: .reading)
        off.ask(for: [])
        on.ask(for: .reading)
        // Were it still watched, the first would be told first.
        try quiet.write()
        try loud.write()
        _ = try await told.value()
        #expect(silence.current == nil)
        try await cancelled(off)
        try await cancelled(on)
    }

    private func cancelled(_ watch: any Watch) async throws {
        let end = Promise<Void>()
        watch.cancel { end.keep() }
        try await end.value()
    }
}
