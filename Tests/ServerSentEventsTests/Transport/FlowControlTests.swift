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
        #expect(flow.attached(Reins()).name == nil)
        #expect(flow.keeps(chunk(999)).name == nil)
        #expect(flow.keeps(chunk(100)).name == "pause")
        #expect(flow.told().name == nil)
        #expect(flow.lendsKept().name == nil)
        #expect(flow.lendsKept().name == "resume")
    }

    @Test func betweenTheMarksNothingChanges() {
        var flow = FlowControl(limits: Self.limits)
        _ = flow.attached(Reins())
        _ = flow.keeps(chunk(1000))
        _ = flow.told()
        _ = flow.lendsKept()
        #expect(flow.keeps(chunk(400)).name == nil)
        #expect(flow.lendsKept().name == nil, "400 lent is above the low mark")
        #expect(flow.lendsKept().name == "resume")
    }

    @Test func signalsNeverOverlap() {
        var flow = FlowControl(limits: Self.limits)
        _ = flow.attached(Reins())
        #expect(flow.keeps(chunk(1000)).name == "pause")
        _ = flow.lendsKept()
        #expect(flow.lendsKept().name == nil, "the pause is still being told")
        #expect(flow.told().name == "resume")
        #expect(flow.told().name == nil)
    }

    @Test func aPauseThatPassedWhileATellingIsForgotten() {
        var flow = FlowControl(limits: Self.limits)
        _ = flow.attached(Reins())
        _ = flow.keeps(chunk(1000))
        _ = flow.lendsKept()
        _ = flow.lendsKept()
        _ = flow.keeps(chunk(1000))
        #expect(flow.told().name == nil, "paused it was told, paused it has to be")
    }

    @Test func whatCameBeforeTheConnectionCounts() {
        var flow = FlowControl(limits: Self.limits)
        #expect(flow.keeps(chunk(1000)).name == nil)
        #expect(flow.attached(Reins()).name == "pause")
    }

    @Test func admitsUpToTheMaximum() {
        var flow = FlowControl(limits: Self.limits)
        #expect(flow.admits(chunk(5000)), "a single chunk of any size")
        _ = flow.keeps(chunk(1500))
        #expect(flow.admits(chunk(500)))
        #expect(!flow.admits(chunk(501)))
        _ = flow.lendsKept()
        #expect(!flow.admits(chunk(501)), "what is lent still counts")
    }

    @Test func smallChunksWeighWhatTheyCost() {
        var flow = FlowControl(limits: Self.limits)
        var count = 0
        while flow.admits([0]) {
            _ = flow.keeps([0])
            count += 1
        }
        #expect(count == 2000 / (FlowControl.overhead + 1))
    }

    @Test func detachedHasNoMoreSignals() {
        var flow = FlowControl(limits: Self.limits)
        _ = flow.attached(Reins())
        #expect(flow.detach() != nil)
        #expect(flow.detach() == nil)
        #expect(flow.keeps(chunk(1000)).name == nil)
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
        case .none: nil
        }
    }
}
