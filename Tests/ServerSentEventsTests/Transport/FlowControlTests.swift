import Synchronization
import Testing

@testable import ServerSentEvents

@Suite struct FlowControlTests {
    private static let limits = FlowControl.Limits(high: 1000, low: 300, maximum: 2000)

    /// A chunk of this weight.
    private func chunk(_ weight: Int) -> [UInt8] {
        Array(repeating: 0, count: weight - FlowControl.overhead)
    }

    @Test func pausesAtHighAndResumesAtLow() {
        var flow = FlowControl(limits: Self.limits)
        #expect(flow.attached(Reins(), at: .zero).name == nil)
        #expect(flow.keeps(chunk(999), at: .zero).name == nil)
        #expect(flow.keeps(chunk(100), at: .zero).name == "pause")
        #expect(flow.told().name == nil)
        #expect(flow.lendsKept(at: .zero).name == nil)
        #expect(flow.lendsKept(at: .zero).name == "resume")
    }

    @Test func betweenTheMarksNothingChanges() {
        var flow = FlowControl(limits: Self.limits)
        _ = flow.attached(Reins(), at: .zero)
        _ = flow.keeps(chunk(1000), at: .zero)
        _ = flow.told()
        _ = flow.lendsKept(at: .zero)
        #expect(flow.keeps(chunk(400), at: .zero).name == nil)
        #expect(flow.lendsKept(at: .zero).name == nil, "400 lent is above the low mark")
        #expect(flow.lendsKept(at: .zero).name == "resume")
    }

    @Test func signalsNeverOverlap() {
        var flow = FlowControl(limits: Self.limits)
        _ = flow.attached(Reins(), at: .zero)
        #expect(flow.keeps(chunk(1000), at: .zero).name == "pause")
        _ = flow.lendsKept(at: .zero)
        #expect(flow.lendsKept(at: .zero).name == nil, "the pause is still being told")
        #expect(flow.told().name == "resume")
        #expect(flow.told().name == nil)
    }

    @Test func aPauseThatPassedWhileATellingIsForgotten() {
        var flow = FlowControl(limits: Self.limits)
        _ = flow.attached(Reins(), at: .zero)
        _ = flow.keeps(chunk(1000), at: .zero)
        _ = flow.lendsKept(at: .zero)
        _ = flow.lendsKept(at: .zero)
        _ = flow.keeps(chunk(1000), at: .zero)
        #expect(flow.told().name == nil, "paused it was told, paused it has to be")
    }

    @Test func whatCameBeforeTheConnectionCounts() {
        var flow = FlowControl(limits: Self.limits)
        #expect(flow.keeps(chunk(1000), at: .zero).name == nil)
        #expect(flow.attached(Reins(), at: .zero).name == "pause")
    }

    @Test func admitsUpToTheMaximum() {
        var flow = FlowControl(limits: Self.limits)
        #expect(flow.admits(chunk(5000)), "a single chunk of any size")
        _ = flow.keeps(chunk(999), at: .zero)
        #expect(flow.admits(chunk(5000)), "and one before a pause was asked for")
        _ = flow.keeps(chunk(501), at: .zero)
        #expect(flow.admits(chunk(500)))
        #expect(!flow.admits(chunk(501)))
        _ = flow.lendsKept(at: .zero)
        #expect(!flow.admits(chunk(501)), "what is lent still counts")
    }

    @Test func smallChunksWeighWhatTheyCost() {
        var flow = FlowControl(limits: Self.limits)
        var count = 0
        while flow.admits([0]) {
            _ = flow.keeps([0], at: .zero)
            count += 1
        }
        #expect(count == 2000 / (FlowControl.overhead + 1))
    }

    @Test func nothingFollowsAClose() {
        var flow = FlowControl(limits: Self.limits)
        _ = flow.attached(Reins(), at: .zero)
        #expect(flow.close().name == "close")
        #expect(flow.close().name == nil)
        #expect(flow.keeps(chunk(1000), at: .zero).name == nil)
    }

    @Test func aCloseWaitsForTheSignalThatIsBeingTold() {
        var flow = FlowControl(limits: Self.limits)
        _ = flow.attached(Reins(), at: .zero)
        #expect(flow.keeps(chunk(1000), at: .zero).name == "pause")
        #expect(flow.close().name == nil)
        #expect(flow.lendsKept(at: .zero).name == nil)
        #expect(flow.told().name == "close")
        #expect(flow.told().name == nil)
    }

    @Test func anAnswerThatEndedHasNoMoreSignals() {
        var flow = FlowControl(limits: Self.limits)
        _ = flow.attached(Reins(), at: .zero)
        flow.ended()
        #expect(flow.keeps(chunk(1000), at: .zero).name == nil)
        #expect(flow.close().name == nil)
    }

    private struct Reins: TransportConnection {
        func pause() {}
        func resume() {}
        func close() {}
    }
}

extension FlowControl.Signal? {
    fileprivate var name: String? {
        switch self {
        case .pause: "pause"
        case .resume: "resume"
        case .close: "close"
        case .none: nil
        }
    }
}
