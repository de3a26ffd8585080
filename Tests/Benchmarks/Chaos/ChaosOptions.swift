import ServerSentEvents

/// What `Benchmarks chaos` is told: `[--seconds N] [--seed S] [--streams N] [--transport NAME]`.
struct ChaosOptions {
    var seconds = 600
    var seed: UInt64 = 1
    var streams = 200
    /// On Linux not URLSession: about one reset in 100,000 ends the process inside libdispatch.
    var transport = BenchmarkedTransport.all[BenchmarkedTransport.all.count - 1]

    static let usage =
        "chaos [--seconds N] [--seed S] [--streams N] [--transport "
        + BenchmarkedTransport.all.map(\.name).joined(separator: "|") + "]"

    /// `nil` if the arguments make no sense.
    init?(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { return nil }
            switch name {
            case "--seconds":
                guard let number = Int(value), 1...1_000_000 ~= number else { return nil }
                seconds = number
            case "--streams":
                guard let number = Int(value), 1...10_000 ~= number else { return nil }
                streams = number
            case "--seed":
                guard let number = UInt64(value) else { return nil }
                seed = number
            case "--transport":
                guard let tested = BenchmarkedTransport.named(value) else { return nil }
                transport = tested
            default: return nil
            }
        }
    }
}
