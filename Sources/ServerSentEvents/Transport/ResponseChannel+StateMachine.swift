extension ResponseChannel {
    /// What has come, who waits for it, and whether the connection should be reading.
    enum StateMachine: ~Copyable {
        /// Not a checked one: its layout is known to the compiler, and every state below hands it over
        /// once.
        typealias Waiter = UnsafeContinuation<Part?, Never>

        /// No consumer waits; what comes is kept.
        case keeping(Kept)
        /// A consumer waits, nothing is kept.
        case waiting(Wait)
        /// The end was handed over, or the consumer has left; whatever comes now is late, but a
        /// signal may still be on its way to the connection.
        case closed(FlowControl)

        init(limits: FlowControl.Limits) {
            self = .keeping(Kept(FlowControl(limits: limits)))
        }

        /// What to do once the lock is released.
        struct Action {
            var resume: (waiter: Waiter, part: Part?)?
            var signal: FlowControl.Signal?

            static var none: Action { Action() }
        }

        struct Wait {
            let waiter: Waiter
            var flow: FlowControl
        }

        // MARK: From the transport

        mutating func received(_ head: ResponseHead, at now: Duration) -> Action {
            switch consume self {
            case .keeping(var kept):
                kept.add(head)
                kept.flow.receivedHead(at: now)
                self = .keeping(kept)
                return .none
            case .waiting(var wait):
                wait.flow.receivedHead(at: now)
                self = .keeping(Kept(wait.flow))
                return Action(resume: (wait.waiter, .head(head)))
            case .closed(let flow):
                self = .closed(flow)
                return .none
            }
        }

        mutating func received(_ chunk: [UInt8], at now: Duration) -> Action {
            switch consume self {
            case .keeping(var kept):
                guard !kept.isEnded, kept.flow.admits(chunk) else {
                    kept.end(.overflow, at: now)
                    let signal = kept.flow.close()
                    self = .keeping(kept)
                    return Action(signal: signal)
                }
                kept.add(chunk)
                let signal = kept.flow.keeps(chunk, at: now)
                self = .keeping(kept)
                return Action(signal: signal)
            case .waiting(var wait):
                let signal = wait.flow.lends(chunk, at: now)
                self = .keeping(Kept(wait.flow))
                return Action(resume: (wait.waiter, .chunks([chunk])), signal: signal)
            case .closed(let flow):
                self = .closed(flow)
                return .none
            }
        }

        mutating func ended(_ end: ResponseEnd, at now: Duration) -> Action {
            switch consume self {
            case .keeping(var kept):
                kept.end(end, at: now)
                kept.flow.ended()
                self = .keeping(kept)
                return .none
            case .waiting(var wait):
                wait.flow.ended()
                self = .closed(wait.flow)
                return Action(resume: (wait.waiter, .end(end, at: now)))
            case .closed(var flow):
                flow.ended()
                self = .closed(flow)
                return .none
            }
        }

        mutating func attached(_ connection: any TransportConnection, at now: Duration) -> Action {
            switch consume self {
            case .keeping(var kept):
                // An answer that came whole before this call needs no reins.
                guard !kept.isEnded else {
                    self = .keeping(kept)
                    return Action(signal: .close(connection))
                }
                let signal = kept.flow.attached(connection, at: now)
                self = .keeping(kept)
                return Action(signal: signal)
            case .waiting(var wait):
                let signal = wait.flow.attached(connection, at: now)
                self = .waiting(wait)
                return Action(signal: signal)
            case .closed(let flow):
                self = .closed(flow)
                return Action(signal: .close(connection))
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
            case .closed(var flow):
                let signal = flow.told()
                self = .closed(flow)
                return signal
            }
        }

        var wantsPause: Bool {
            switch self {
            case .keeping(let kept): kept.flow.wantsPause
            case .waiting(let wait): wait.flow.wantsPause
            case .closed: false
            }
        }

        // MARK: From the stream

        enum Answer {
            case deliver(Part, FlowControl.Signal?)
            case wait(FlowControl.Signal?)
            case end
        }

        mutating func asked(at now: Duration) -> Answer {
            switch consume self {
            case .keeping(var kept):
                switch kept.take() {
                case .some(.end(let end, let time)):
                    self = .closed(kept.flow)
                    return .deliver(.end(end, at: time), nil)
                case .some(.head(let head)):
                    self = .keeping(kept)
                    return .deliver(.head(head), nil)
                case .some(.chunks(let chunks)):
                    let signal = kept.flow.lendsKept(at: now)
                    self = .keeping(kept)
                    return .deliver(.chunks(chunks), signal)
                case .none:
                    let signal = kept.flow.lendsKept(at: now)
                    self = .keeping(kept)
                    return .wait(signal)
                }
            case .waiting:
                preconditionFailure("a channel has one consumer, and it is waiting already")
            case .closed(let flow):
                self = .closed(flow)
                return .end
            }
        }

        /// The consumer found nothing and waits; what has come since goes to it at once.
        mutating func waits(_ waiter: Waiter, at now: Duration) -> Action {
            switch consume self {
            case .keeping(let kept):
                guard kept.isEmpty else {
                    self = .keeping(kept)
                    switch asked(at: now) {
                    case .deliver(let part, let signal):
                        return Action(resume: (waiter, part), signal: signal)
                    case .wait, .end:
                        preconditionFailure("what is kept was not delivered")
                    }
                }
                self = .waiting(Wait(waiter: waiter, flow: kept.flow))
                return .none
            case .waiting:
                preconditionFailure("a channel has one consumer, and it is waiting already")
            case .closed(let flow):
                self = .closed(flow)
                return Action(resume: (waiter, nil))
            }
        }

        mutating func closed() -> Action {
            switch consume self {
            case .keeping(var kept):
                let signal = kept.flow.close()
                self = .closed(kept.flow)
                return Action(signal: signal)
            case .waiting(var wait):
                let signal = wait.flow.close()
                self = .closed(wait.flow)
                return Action(resume: (wait.waiter, nil), signal: signal)
            case .closed(let flow):
                self = .closed(flow)
                return .none
            }
        }

        // MARK: From the watch

        enum Watch {
            /// Look again after this time.
            case sleep(Duration)
            /// The server has been silent for too long.
            case end(Action)
        }

        /// A time may have passed without a sign of the network.
        ///
        /// A connection that is paused is not silent: it may not speak.
        mutating func watched(at now: Duration, limit: Duration) -> Watch {
            switch consume self {
            case .keeping(let kept):
                let remaining = Self.remaining(kept.flow, at: now, limit: limit)
                self = .keeping(kept)
                return remaining > .zero ? .sleep(remaining) : .end(cut(.timedOut, at: now))
            case .waiting(let wait):
                let remaining = Self.remaining(wait.flow, at: now, limit: limit)
                self = .waiting(wait)
                return remaining > .zero ? .sleep(remaining) : .end(cut(.timedOut, at: now))
            case .closed(let flow):
                self = .closed(flow)
                return .end(.none)
            }
        }

        private static func remaining(
            _ flow: FlowControl, at now: Duration, limit: Duration
        ) -> Duration {
            flow.isPaused ? limit : flow.lastSign + limit - now
        }

        /// The answer is to end here, as it has taken too long or another one is wanted.
        mutating func cut(_ end: ResponseEnd, at now: Duration) -> Action {
            switch consume self {
            case .keeping(var kept):
                kept.end(end, at: now)
                let signal = kept.flow.close()
                self = .keeping(kept)
                return Action(signal: signal)
            case .waiting(var wait):
                let signal = wait.flow.close()
                self = .closed(wait.flow)
                return Action(
                    resume: (wait.waiter, .end(end, at: now)), signal: signal)
            case .closed(let flow):
                self = .closed(flow)
                return .none
            }
        }

        /// The head of the answer has taken too long, unless it has come meanwhile.
        mutating func headTimedOut(at now: Duration) -> Action {
            switch consume self {
            case .keeping(let kept):
                self = .keeping(kept)
                return kept.flow.hasHead ? .none : cut(.timedOut, at: now)
            case .waiting(let wait):
                self = .waiting(wait)
                return wait.flow.hasHead ? .none : cut(.timedOut, at: now)
            case .closed(let flow):
                self = .closed(flow)
                return .none
            }
        }
    }
}
