extension ResponseChannel {
    /// The pieces of an answer that nobody has asked for yet.
    struct Kept {
        var flow: FlowControl
        private var head: ResponseHead?
        private var chunks: [[UInt8]] = []
        private var ending: Part?

        init(_ flow: FlowControl) {
            self.flow = flow
        }

        var isEnded: Bool { ending != nil }

        var isEmpty: Bool { head == nil && chunks.isEmpty && ending == nil }

        /// The first head counts, whether it was taken already or not: a second one is a mistake of a
        /// custom transport.
        mutating func add(_ head: ResponseHead) {
            if !isEnded, !flow.hasHead { self.head = head }
        }

        mutating func add(_ chunk: [UInt8]) {
            chunks.append(chunk)
        }

        /// The first end counts: what follows is the transport's echo of a close.
        mutating func end(_ end: ResponseEnd, at now: Duration) {
            if !isEnded { ending = .end(end, at: now) }
        }

        /// The next piece, in the order head, body, end.
        mutating func take() -> Part? {
            if let head {
                self.head = nil
                return .head(head)
            }
            if !chunks.isEmpty {
                defer { chunks = [] }
                return .chunks(chunks)
            }
            return ending
        }
    }
}
