/// What was written on one connection, in words; of long streams only the two ends.
struct SentLog: Sendable {
    private struct Item {
        var step: Step
        var total: Int
        /// How often in a row it was written whole.
        var times = 0
        /// How much of it was written once more.
        var written = 0

        var texts: [String] {
            var texts: [String] = []
            if times == 1 { texts.append(step.summary) }
            if times > 1 { texts.append("\(step.summary) ×\(times)") }
            if written > 0 || times == 0 {
                texts.append("\(written) of \(total) bytes of \(step.summary)")
            }
            return texts
        }
    }

    private static let kept = 8

    private var first: [Item] = []
    private var last: [Item] = []
    private var omitted = 0
    private var current: Item?

    /// The last reconnection time that was written whole.
    private(set) var retry: Duration?

    /// Notes that a step is about to write.
    ///
    /// - Parameters:
    ///   - step: The step.
    ///   - total: How many bytes it has, before any cut.
    mutating func begin(_ step: Step, total: Int) {
        if let current, current.step == step, current.written == 0, current.times > 0 { return }
        keepCurrent()
        current = Item(step: step, total: total)
    }

    private mutating func keepCurrent() {
        guard let current else { return }
        guard first.count == Self.kept else { return first.append(current) }
        last.append(current)
        guard last.count == Self.kept else { return }
        last.removeFirst()
        omitted += 1
    }

    /// Notes that the step begun last wrote bytes.
    ///
    /// - Parameter count: How many more.
    mutating func wrote(_ count: Int) {
        guard var item = current else { return }
        item.written += count
        if item.written == item.total {
            item.times += 1
            item.written = 0
            switch item.step.kind {
            case .retry(let time), .event(data: _, type: _, id: _, retry: let time?): retry = time
            default: break
            }
        }
        current = item
    }

    /// What was written, in order.
    var texts: [String] {
        let gap = omitted > 0 ? ["(\(omitted) more)"] : []
        return first.flatMap(\.texts) + gap + (last + [current].compactMap { $0 }).flatMap(\.texts)
    }
}
