import Testing

@testable import MockServer

@Suite("Connection: orders to stall") struct StallOrderTests {
    @Test("An order that was taken back leaves the turn to the next one")
    func takenBack() {
        var state = ConnectionState()
        let orders = [state.askToStall(), state.askToStall()]
        #expect(orders == [1, nil], "it is asked already")
        let stood = state.goOn()
        #expect(!stood, "nothing stood still yet")
        let second = state.askToStall()
        #expect(second == 2)
        // Turns are given in the order they were asked for.
        let stands = [state.standStill(1), state.standStill(2)]
        #expect(stands == [false, true])
        let third = state.askToStall()
        #expect(third == nil, "it stands still already")
        let goesOn = [state.goOn(), state.goOn()]
        #expect(goesOn == [true, false])
    }

    @Test("A cancelled order does not withdraw the next one")
    func cancelled() {
        var state = ConnectionState()
        let first = state.askToStall()
        _ = state.goOn()
        let second = state.askToStall()
        #expect([first, second] == [1, 2])
        state.withdrawStall(1)
        #expect(state.stall == .asked(2))
        state.withdrawStall(2)
        let stands = state.standStill(2)
        #expect(!stands)
        #expect(state.stall == .none)
    }

    @Test func nothingStandsStillAfterTheEnd() {
        var state = ConnectionState()
        let order = state.askToStall()
        #expect(order == 1)
        _ = state.end(by: .server, .reset, at: .zero)
        let stands = state.standStill(1)
        #expect(!stands)
        let another = state.askToStall()
        #expect(another == nil)
    }
}
