import ServerSentEvents
import Testing

@testable import sse

/// What the options make of the stream's configuration.
struct ConfigurationTests {
    private func configuration(
        _ change: (inout StreamOptions) -> Void = { _ in }
    ) -> EventStream.Configuration {
        var options = StreamOptions()
        change(&options)
        return options.configuration
    }

    @Test func nothingChangesByItself() {
        let (plain, configuration) = (EventStream.Configuration(), configuration())
        #expect(configuration.reconnection == nil)
        #expect(configuration.timeouts == plain.timeouts)
        #expect(configuration.limits == plain.limits)
        #expect(configuration.credentials == .omit)
        #expect(configuration.terminator == nil)
    }

    @Test func aLongRetryDelayIsNotCapped() {
        let policy = configuration { $0.retryDelay = .seconds(600) }.reconnection
        #expect(policy?.baseDelay == .seconds(600))
        #expect(policy?.maximumDelay == .seconds(600))
        #expect(policy?.isEnabled == true)
    }

    @Test func attemptsCountBeforeAndAfterTheFirstOpen() {
        let policy = configuration { $0.maximumAttempts = 10 }.reconnection
        #expect(policy?.maximumAttempts == 10)
        #expect(policy?.maximumAttemptsBeforeOpen == 10)
    }

    @Test func theCaseOfAMethodDoesNotMatter() {
        let policy = configuration {
            $0.method = "get"
            $0.maximumAttempts = 2
        }.reconnection
        #expect(policy?.isEnabled == true)
    }

    @Test func timingAPostDoesNotRepeatIt() {
        let policy = configuration {
            $0.method = "POST"
            $0.retryDelay = .seconds(1)
        }.reconnection
        #expect(policy?.isEnabled == false)
    }

    @Test func theIdleTimeoutCanBeTurnedOff() {
        #expect(configuration { $0.idleTimeout = .off }.timeouts.idle == nil)
        #expect(
            configuration { $0.idleTimeout = .after(.seconds(1)) }.timeouts.idle == .seconds(1))
    }

    @Test func theTransportIsTheOneThatWasChosen() {
        #expect(configuration().transport is URLSessionTransport)
        #if os(Linux)
            #expect(configuration { $0.transport = .libcurl }.transport is LibcurlTransport)
        #endif
    }

    @Test func headersOfOneNameAreJoined() {
        let configuration = configuration {
            $0.headers = ["A: 1", "a: 2", "Cookie: x=1", "cookie: y=2", "Last-Event-ID: 9"]
                .compactMap {
                    try? Header($0, of: "-H")
                }
        }
        #expect(configuration.headers == ["A": "1, 2", "Cookie": "x=1; y=2"])
        #expect(configuration.lastEventID == "9")
    }
}
