/// What was written on one connection, in words; of long streams only the two ends.
struct SentLog: Sendable {
    private struct Item {
        var step: Step
        var total: Int
        var written = 0

        var text: String {
            written == total
                ? step.summary : "\(written) of \(total) bytes of \(step.summary)"
        }
    }

    private static let kept = 8

    private var first: [Item] = []
    private var last: [Item] = []
    private var omitted = 0

    /// The last reconnection time that was written whole.
    private(set) var retry: Duration?

    /// Notes that a step is about to write.
    ///
    /// - Parameters:
    ///   - step: The step.
    ///   - total: How many bytes it has, before any cut.
    mutating func begin(_ step: Step, total: Int) {
        let item = Item(step: step, total: total)
        guard first.count == Self.kept else { return first.append(item) }
        last.append(item)
        guard last.count > Self.kept else { return }
        last.removeFirst()
        omitted += 1
    }

    /// Notes that the step begun last wrote bytes.
    ///
    /// - Parameter count: How many more.
    mutating func wrote(_ count: Int) {
        let item: Item
        if last.isEmpty {
            guard !first.isEmpty else { return }
            first[first.count - 1].written += count
            item = first[first.count - 1]
        } else {
            last[last.count - 1].written += count
            item = last[last.count - 1]
        }
        guard item.written == item.total else { return }
        switch item.step.kind {
        case .retry(let time), .event(data: _, type: _, id: _, retry: let time?): retry = time
        default: break
        }
    }

    /// What was written, in order.
    var texts: [String] {
        let gap = omitted > 0 ? ["(\(omitted) more)"] : []
        return first.map(\.text) + gap + last.map(\.text)
    }
}
