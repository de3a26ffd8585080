import Testing

@testable import ServerSentEvents

/// Named input–state–result.
@Suite struct ConnectionStateMachineTests {
    private static let accepted = ResponseHead(
        status: 200, headers: ["Content-Type": "text/event-stream"])

    @Test func asked_idle_connects() {
        #expect(ConnectionStateMachine().asked() == .connect)
    }

    @Test func asked_connecting_receives() {
        #expect(connecting().asked() == .receive)
    }

    @Test func asked_open_receives() {
        #expect(open().asked() == .receive)
    }

    @Test func asked_refused_receives() {
        #expect(refused().asked() == .receive)
    }

    @Test func asked_waiting_waits() {
        #expect(waiting().asked() == .wait(.seconds(2)))
    }

    @Test func asked_waited_connects() {
        var machine = waiting()
        machine.waited()
        #expect(machine.asked() == .connect)
    }

    @Test func asked_finished_ends() {
        var machine = open()
        machine.finished()
        #expect(machine.asked() == .end)
    }

    @Test func head_connecting_opens() {
        var machine = connecting()
        #expect(machine.received(Self.accepted, at: .seconds(1)) == .open)
    }

    @Test func head204_connecting_finishes() {
        var machine = connecting()
        #expect(machine.received(ResponseHead(status: 204), at: .zero) == .finish)
        #expect(machine.asked() == .end)
    }

    @Test func redirects_connecting_areCounted() {
        var machine = connecting()
        let head = ResponseHead(status: 307, headers: ["Location": "/b"])
        #expect(machine.received(head, at: .zero) == .follow(location: "/b", redirects: 1))
        #expect(machine.received(head, at: .zero) == .follow(location: "/b", redirects: 2))
        #expect(machine.asked() == .receive)
    }

    @Test func head_refused_isIgnored() {
        var machine = refused()
        #expect(machine.received(Self.accepted, at: .zero) == .ignore)
        #expect(machine.received([[1]]) == .receive)
    }

    @Test func head_open_isIgnored() {
        var machine = open()
        #expect(machine.received(ResponseHead(status: 404), at: .zero) == .ignore)
        #expect(machine.received([[1]]) == .parse)
    }

    @Test func chunks_connecting_areIgnored() {
        var machine = connecting()
        #expect(machine.received([[1]]) == .receive)
    }

    @Test func chunks_refused_areCollectedUpToTheLimit() throws {
        var machine = refused()
        let limit = ConnectionStateMachine.bodyLimit
        #expect(machine.received([[1, 2], [3]]) == .receive)
        #expect(machine.received([Array(repeating: 4, count: limit), [5]]) == .disconnect)
        let disconnection = machine.ended(.complete, at: .seconds(9))
        let response = try #require(disconnection.error?.response)
        #expect(response.body.count == limit)
        #expect(response.body.starts(with: [1, 2, 3, 4]))
        #expect(response.status == 503)
    }

    @Test func end_connecting_isAFailedConnection() {
        var machine = connecting()
        #expect(machine.ended(.complete, at: .seconds(9)).error?.code == .connectionFailed)
    }

    @Test func timeOut_connecting_isATimeOut() {
        var machine = connecting()
        #expect(machine.ended(.timedOut, at: .seconds(9)).error?.code == .timedOut)
    }

    @Test func failure_connecting_carriesTheCause() {
        var machine = connecting()
        let disconnection = machine.ended(.failed(CancellationError()), at: .seconds(9))
        #expect(disconnection.error?.underlying is CancellationError)
        #expect(disconnection.openedAt == nil)
    }

    @Test func end_open_isAnEnd() {
        var machine = open()
        let disconnection = machine.ended(.complete, at: .seconds(9))
        #expect(disconnection.error == nil)
        #expect(disconnection.openedAt == .seconds(1))
        #expect(disconnection.endedAt == .seconds(9))
        guard case .ended = disconnection.cause else {
            Issue.record("\(disconnection.cause)")
            return
        }
    }

    @Test func failure_open_isAFailedConnection() {
        var machine = open()
        #expect(
            machine.ended(.failed(CancellationError()), at: .seconds(9)).error?.code
                == .connectionFailed)
    }

    @Test func timeOut_open_isATimeOut() {
        var machine = open()
        #expect(machine.ended(.timedOut, at: .seconds(9)).error?.code == .timedOut)
    }

    @Test func overflow_open_isAnOverflow() {
        var machine = open()
        guard case .overflowed = machine.ended(.overflow, at: .seconds(9)).cause else {
            Issue.record("not an overflow")
            return
        }
    }

    @Test(arguments: [ResponseEnd.complete, .timedOut, .overflow, .failed(CancellationError())])
    func end_refused_isTheRefusal(end: ResponseEnd) {
        var machine = refused()
        _ = machine.received([Array("busy".utf8)])
        let error = machine.ended(end, at: .seconds(9)).error
        #expect(error?.code == .refused)
        #expect(error?.response?.text == "busy")
    }

    @Test func wrongContentType_connecting_isCollected() {
        var machine = connecting()
        let head = ResponseHead(status: 200, headers: ["Content-Type": "text/html"])
        #expect(machine.received(head, at: .zero) == .receiveBody)
        let error = machine.ended(.complete, at: .seconds(9)).error
        #expect(error?.code == .wrongContentType)
        #expect(error?.message.contains("\"text/html\"") == true)
    }

    @Test(arguments: ["Content-Encoding", "Transfer-Encoding"])
    func wrongCoding_connecting_isNotCollected(field: String) {
        var machine = connecting()
        var head = Self.accepted
        head.headers[field] = "gzip"
        #expect(machine.received(head, at: .zero) == .disconnect)
        let error = machine.ended(.complete, at: .seconds(9)).error
        #expect(error?.code == .wrongCoding)
        #expect(error?.message.contains("\"gzip\"") == true)
    }

    @Test func codedRefusal_connecting_isNotCollected() {
        var machine = connecting()
        let head = ResponseHead(status: 404, headers: ["Content-Encoding": "br"])
        #expect(machine.received(head, at: .zero) == .disconnect)
        #expect(machine.ended(.complete, at: .seconds(9)).error?.code == .refused)
    }

    private func connecting() -> ConnectionStateMachine {
        var machine = ConnectionStateMachine()
        machine.connecting()
        return machine
    }

    private func open() -> ConnectionStateMachine {
        var machine = connecting()
        _ = machine.received(Self.accepted, at: .seconds(1))
        return machine
    }

    private func refused() -> ConnectionStateMachine {
        var machine = connecting()
        let action = machine.received(ResponseHead(status: 503), at: .zero)
        #expect(action == .receiveBody)
        return machine
    }

    private func waiting() -> ConnectionStateMachine {
        var machine = open()
        _ = machine.ended(.complete, at: .seconds(9))
        machine.reconnects(after: .seconds(2))
        return machine
    }
}

extension Disconnection {
    fileprivate var error: EventStreamError? {
        if case .failed(let error) = cause { error } else { nil }
    }
}
