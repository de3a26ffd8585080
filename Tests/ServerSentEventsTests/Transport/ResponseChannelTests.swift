import Locking
import MockServer
import Synchronization
import Testing

@testable import ServerSentEvents

/// Named input–state–result: K is a channel that keeps, W one whose consumer waits, C a closed one.
@Suite struct ResponseChannelTests {
    private static let head = ResponseHead(status: 200, headers: ["A": "b"])

    private let clock = ManualClock()
    private let reins = RecordingReins()

    private func channel(
        high: Int = 1000, low: Int = 300, maximum: Int = 2000
    ) -> ResponseChannel {
        ResponseChannel(
            limits: FlowControl.Limits(high: high, low: low, maximum: maximum),
            time: TimeSource(clock))
    }

    // MARK: What comes while nobody waits

    @Test func asked_K_deliversHeadBodyAndEndInOrder() async {
        let channel = channel()
        channel.receive(Self.head)
        channel.receive([1])
        channel.receive([2, 3])
        channel.finish()
        #expect(await channel.next().name == "head 200")
        #expect(await channel.next().name == "chunks [[1], [2, 3]]")
        #expect(await channel.next().name == "complete")
        #expect(await channel.next().name == "nothing")
    }

    @Test func head_K_afterTheBody_comesFirst() async {
        let channel = channel()
        channel.receive([1])
        channel.receive(Self.head)
        #expect(await channel.next().name == "head 200")
        #expect(await channel.next().name == "chunks [[1]]")
    }

    @Test func head_K_theFirstOneCounts() async {
        let channel = channel()
        channel.receive(Self.head)
        channel.receive(ResponseHead(status: 404))
        channel.receive([1])
        #expect(await channel.next().name == "head 200")
        #expect(await channel.next().name == "chunks [[1]]")
    }

    @Test func emptyChunk_K_isNothing() async {
        let channel = channel()
        channel.receive([])
        channel.finish()
        #expect(await channel.next().name == "complete")
    }

    @Test func end_K_theFirstOneCounts() async {
        let channel = channel()
        channel.finish()
        channel.finish(failing: CancellationError())
        channel.receive(Self.head)
        #expect(await channel.next().name == "complete")
    }

    @Test func failure_K_isDelivered() async {
        let channel = channel()
        channel.finish(failing: CancellationError())
        #expect(await channel.next().name == "failed")
    }

    @Test func timeOut_K_endsTheAnswerAndClosesTheConnection() async {
        let channel = channel()
        channel.attach(reins)
        channel.receive([1])
        channel.timeOut()
        #expect(reins.pulls == [.close])
        #expect(await channel.next().name == "chunks [[1]]")
        #expect(await channel.next().name == "timedOut")
    }

    @Test func headTimeOut_K_countsOnlyUntilTheHeadHasCome() async {
        let channel = channel()
        channel.attach(reins)
        channel.receive(Self.head)
        channel.timeOutHead()
        #expect(reins.pulls.isEmpty, "though nobody has looked at it")
        #expect(await channel.next().name == "head 200")

        let silent = self.channel()
        silent.attach(reins)
        silent.timeOutHead()
        #expect(reins.pulls == [.close])
        #expect(await silent.next().name == "timedOut")
    }

    @Test func end_K_tellsWhenItCame() async {
        let channel = channel()
        clock.advance(by: .seconds(3))
        channel.finish()
        clock.advance(by: .seconds(60))
        guard case .end(.complete, at: .seconds(3)) = await channel.next() else {
            Issue.record("not an end after 3 s")
            return
        }
    }

    @Test func silence_K_endsTheAnswerAfterWhatHasCome() async {
        let channel = channel()
        channel.attach(reins)
        channel.receive([1])
        #expect(channel.watch(limit: .seconds(10)) == .seconds(10))
        clock.advance(by: .seconds(4))
        #expect(channel.watch(limit: .seconds(10)) == .seconds(6))
        clock.advance(by: .seconds(6))
        #expect(channel.watch(limit: .seconds(10)) == nil)
        #expect(reins.pulls == [.close])
        #expect(await channel.next().name == "chunks [[1]]")
        #expect(await channel.next().name == "timedOut")
    }

    @Test func silence_K_isCountedFromTheHead() {
        let channel = channel()
        channel.attach(reins)
        clock.advance(by: .seconds(60))
        channel.receive(Self.head)
        #expect(channel.watch(limit: .seconds(10)) == .seconds(10))
    }

    @Test func silence_paused_K_isOurOwn() async {
        let channel = channel()
        channel.attach(reins)
        channel.receive(Array(repeating: 0, count: 1000))
        clock.advance(by: .seconds(60))
        #expect(channel.watch(limit: .seconds(10)) == .seconds(10))
        _ = await channel.next()
        let task = Task { await channel.next().name }
        await isWaiting(channel)
        #expect(reins.pulls == [.pause, .resume])
        #expect(channel.watch(limit: .seconds(10)) == .seconds(10), "counted from the resume")
        clock.advance(by: .seconds(10))
        #expect(channel.watch(limit: .seconds(10)) == nil)
        #expect(await task.value == "timedOut")
    }

    // MARK: What comes while a consumer waits

    @Test func head_W_isDelivered() async {
        #expect(await whileWaiting { $0.receive(Self.head) } == "head 200")
    }

    @Test func chunk_W_isDelivered() async {
        #expect(await whileWaiting { $0.receive([7]) } == "chunks [[7]]")
    }

    @Test func end_W_isDelivered() async {
        #expect(await whileWaiting { $0.finish() } == "complete")
    }

    @Test func failure_W_isDelivered() async {
        #expect(await whileWaiting { $0.finish(failing: CancellationError()) } == "failed")
    }

    @Test func close_W_endsTheWait() async {
        #expect(await whileWaiting { $0.close() } == "nothing")
        #expect(reins.pulls == [.close])
    }

    @Test func timeOut_W_endsTheWaitAndClosesTheConnection() async {
        #expect(await whileWaiting { $0.timeOut() } == "timedOut")
        #expect(reins.pulls == [.close])
    }

    @Test func silence_W_endsTheWait() async {
        let name = await whileWaiting { channel in
            clock.advance(by: .seconds(9))
            #expect(channel.watch(limit: .seconds(10)) == .seconds(1))
            clock.advance(by: .seconds(1))
            #expect(channel.watch(limit: .seconds(10)) == nil)
        }
        #expect(name == "timedOut")
        #expect(reins.pulls == [.close])
    }

    @Test func largeChunk_W_pauses() async {
        let name = await whileWaiting { $0.receive(Array(repeating: 0, count: 1000)) }
        #expect(name?.hasPrefix("chunks") == true)
        #expect(reins.pulls == [.pause])
    }

    @Test func cancel_W_endsTheWaitAndClosesTheConnection() async {
        let channel = channel()
        channel.attach(reins)
        let task = Task { await channel.next().name }
        await isWaiting(channel)
        task.cancel()
        #expect(await task.value == "nothing")
        #expect(reins.pulls == [.close])
    }

    // MARK: What comes after the end

    @Test func everything_C_isIgnored() async {
        let channel = channel()
        channel.close()
        channel.receive(Self.head)
        channel.receive([1])
        channel.finish()
        channel.timeOut()
        channel.close()
        #expect(channel.watch(limit: .seconds(1)) == nil)
        #expect(await channel.next().name == "nothing")
    }

    @Test func attach_C_closesTheConnection() {
        let channel = channel()
        channel.close()
        channel.attach(reins)
        #expect(reins.pulls == [.close])
    }

    @Test func attach_afterTheWholeAnswer_closesTheConnection() {
        let channel = channel()
        channel.finish()
        channel.attach(reins)
        #expect(reins.pulls == [.close])
    }

    @Test func close_afterTheWholeAnswer_hasNothingToClose() {
        let channel = channel()
        channel.attach(reins)
        channel.finish()
        channel.close()
        #expect(reins.pulls.isEmpty)
    }

    // MARK: Flow

    @Test func aFullChannelPausesAndADrainedOneResumes() async {
        let channel = channel()
        channel.attach(reins)
        channel.receive(Array(repeating: 0, count: 600))
        #expect(reins.pulls.isEmpty)
        channel.receive(Array(repeating: 0, count: 600))
        #expect(reins.pulls == [.pause])
        _ = await channel.next()
        #expect(reins.pulls == [.pause], "the consumer still has them")
        let task = Task { await channel.next() }
        await isWaiting(channel)
        #expect(reins.pulls == [.pause, .resume])
        channel.close()
        _ = await task.value
    }

    @Test func beyondTheMaximumTheConnectionIsClosedAndNothingIsLostBefore() async {
        let channel = channel(maximum: 1500)
        channel.attach(reins)
        channel.receive(Array(repeating: 1, count: 1000))
        channel.receive(Array(repeating: 2, count: 1000))
        channel.receive([3])
        channel.finish()
        #expect(reins.pulls == [.pause, .close])
        #expect(await channel.next().name?.hasPrefix("chunks [[1, 1") == true)
        #expect(await channel.next().name == "overflow")
        #expect(await channel.next().name == "nothing")
    }

    @Test func aCloseComesAfterThePauseThatIsBeingTold() {
        let channel = channel()
        let reins = RecordingReins { pull in
            if pull == .pause { channel.close() }
        }
        channel.attach(reins)
        channel.receive(Array(repeating: 0, count: 1000))
        #expect(reins.pulls == [.pause, .close])
    }

    @Test func aTransportMayAnswerWithinAPause() async {
        let channel = channel()
        let reins = RecordingReins { pull in
            if pull == .pause { channel.finish() }
        }
        channel.attach(reins)
        channel.receive(Array(repeating: 0, count: 1000))
        #expect(await channel.next().name?.hasPrefix("chunks") == true)
        #expect(await channel.next().name == "complete")
    }

    // MARK: Support

    /// What a waiting consumer gets when this happens.
    private func whileWaiting(
        _ happening: @Sendable (ResponseChannel) -> Void
    ) async -> String? {
        let channel = channel()
        channel.attach(reins)
        let task = Task { await channel.next().name }
        await isWaiting(channel)
        happening(channel)
        return await task.value
    }

    private func isWaiting(_ channel: ResponseChannel) async {
        while !channel.isWaitedFor { await Task.yield() }
    }
}

extension ResponseChannel {
    fileprivate var isWaitedFor: Bool {
        state.withLock { state in
            switch state {
            case .keeping: false
            case .waiting: true
            case .closed: false
            }
        }
    }
}

extension ResponseChannel.Part? {
    fileprivate var name: String? {
        switch self {
        case .head(let head): "head \(head.status)"
        case .chunks(let chunks): "chunks \(chunks)"
        case .end(.complete, _): "complete"
        case .end(.failed, _): "failed"
        case .end(.overflow, _): "overflow"
        case .end(.timedOut, _): "timedOut"
        case .end(.interrupted, _): "interrupted"
        case .none: "nothing"
        }
    }
}
