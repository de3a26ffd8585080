extension ResponseChannel {
    /// What has come, who waits for it, and whether the connection should be reading.
    enum StateMachine: ~Copyable {
        typealias Waiter = CheckedContinuation<Part?, Never>

        /// No consumer waits; what comes is kept.
        case keeping(Kept)
        /// A consumer waits, nothing is kept.
        case waiting(Wait)
        /// The end was handed over, or the consumer has left; whatever comes now is late.
        case closed

        init(limits: FlowControl.Limits) {
            self = .keeping(Kept(FlowControl(limits: limits)))
        }

        /// What to do once the lock is released.
        struct Action {
            var resume: (waiter: Waiter, part: Part?)?
            var signal: FlowControl.Signal?
            var close: (any TransportConnection)?

            static var none: Action { Action() }
        }

        struct Wait {
            let waiter: Waiter
            let since: Duration
            var flow: FlowControl
        }

        // MARK: From the transport

        mutating func received(_ head: ResponseHead) -> Action {
            switch consume self {
            case .keeping(var kept):
                kept.add(head)
                self = .keeping(kept)
                return .none
            case .waiting(let wait):
                self = .keeping(Kept(wait.flow))
                return Action(resume: (wait.waiter, .head(head)))
            case .closed:
                self = .closed
                return .none
            }
        }

        mutating func received(_ chunk: [UInt8]) -> Action {
            switch consume self {
            case .keeping(var kept):
                guard !kept.isEnded, kept.flow.admits(chunk) else {
                    kept.end(.overflow)
                    let connection = kept.flow.detach()
                    self = .keeping(kept)
                    return Action(close: connection)
                }
                kept.add(chunk)
                let signal = kept.flow.keeps(chunk)
                self = .keeping(kept)
                return Action(signal: signal)
            case .waiting(var wait):
                let signal = wait.flow.lends(chunk)
                self = .keeping(Kept(wait.flow))
                return Action(resume: (wait.waiter, .chunks([chunk])), signal: signal)
            case .closed:
                self = .closed
                return .none
            }
        }

        mutating func ended(_ end: ResponseEnd) -> Action {
            switch consume self {
            case .keeping(var kept):
                kept.end(end)
                _ = kept.flow.detach()
                self = .keeping(kept)
                return .none
            case .waiting(let wait):
                self = .closed
                return Action(resume: (wait.waiter, .end(end)))
            case .closed:
                self = .closed
                return .none
            }
        }

        mutating func attached(_ connection: any TransportConnection) -> Action {
            switch consume self {
            case .keeping(var kept):
                // An answer that came whole before this call needs no reins.
                guard !kept.isEnded else {
                    self = .keeping(kept)
                    return Action(close: connection)
                }
                let signal = kept.flow.attached(connection)
                self = .keeping(kept)
                return Action(signal: signal)
            case .waiting(var wait):
                let signal = wait.flow.attached(connection)
                self = .waiting(wait)
                return Action(signal: signal)
            case .closed:
                self = .closed
                return Action(close: connection)
            }
        }

        mutating func told() -> FlowControl.Signal? {
            switch consume self {
            case .keeping(var kept):
                let signal = kept.flow.told()
                self = .keeping(kept)
                return signal
            case .waiting(var wait):
                let signal = wait.flow.told()
                self = .waiting(wait)
                return signal
            case .closed:
                self = .closed
                return nil
            }
        }

        // MARK: From the stream

        enum Answer {
            case deliver(Part, FlowControl.Signal?)
            case wait(FlowControl.Signal?)
            case end
        }

        mutating func asked() -> Answer {
            switch consume self {
            case .keeping(var kept):
                switch kept.take() {
                case .some(.end(let end)):
                    self = .closed
                    return .deliver(.end(end), nil)
                case .some(.head(let head)):
                    self = .keeping(kept)
                    return .deliver(.head(head), nil)
                case .some(.chunks(let chunks)):
                    let signal = kept.flow.lendsKept()
                    self = .keeping(kept)
                    return .deliver(.chunks(chunks), signal)
                case .none:
                    let signal = kept.flow.lendsKept()
                    self = .keeping(kept)
                    return .wait(signal)
                }
            case .waiting:
                preconditionFailure("a channel has one consumer, and it is waiting already")
            case .closed:
                self = .closed
                return .end
            }
        }

        /// The consumer found nothing and waits; what has come since goes to it at once.
        mutating func waits(_ waiter: Waiter, since: Duration) -> Action {
            switch consume self {
            case .keeping(let kept):
                guard kept.isEmpty else {
                    self = .keeping(kept)
                    switch asked() {
                    case .deliver(let part, let signal):
                        return Action(resume: (waiter, part), signal: signal)
                    case .wait, .end:
                        preconditionFailure("what is kept was not delivered")
                    }
                }
                self = .waiting(Wait(waiter: waiter, since: since, flow: kept.flow))
                return .none
            case .waiting:
                preconditionFailure("a channel has one consumer, and it is waiting already")
            case .closed:
                self = .closed
                return Action(resume: (waiter, nil))
            }
        }

        mutating func closed() -> Action {
            switch consume self {
            case .keeping(var kept):
                self = .closed
                return Action(close: kept.flow.detach())
            case .waiting(var wait):
                self = .closed
                return Action(resume: (wait.waiter, nil), close: wait.flow.detach())
            case .closed:
                self = .closed
                return .none
            }
        }

        // MARK: From the watchdog

        /// Since when a consumer has been waiting in vain; `nil` while none is.
        var waitingSince: Duration? {
            switch self {
            case .keeping: nil
            case .waiting(let wait): wait.since
            case .closed: nil
            }
        }

        /// The answer has taken too long, or the wait that began at `since`, unless it is over.
        mutating func timedOut(waitingSince since: Duration?) -> Action {
            switch consume self {
            case .keeping(var kept):
                guard since == nil else {
                    self = .keeping(kept)
                    return .none
                }
                kept.end(.timedOut)
                let connection = kept.flow.detach()
                self = .keeping(kept)
                return Action(close: connection)
            case .waiting(var wait):
                guard since == nil || wait.since == since else {
                    self = .waiting(wait)
                    return .none
                }
                self = .closed
                return Action(resume: (wait.waiter, .end(.timedOut)), close: wait.flow.detach())
            case .closed:
                self = .closed
                return .none
            }
        }
    }
}
