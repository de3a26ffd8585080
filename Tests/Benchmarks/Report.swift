import Foundation

/// Where the figures go: a table, or an object of JSON for each.
struct Report {
    private let writesJSON: Bool
    /// Where plots are written; `nil` if none are wanted.
    let plots: URL?

    init(writesJSON: Bool, plots: URL?) {
        self.writesJSON = writesJSON
        self.plots = plots
        if !writesJSON {
            print(Self.row("benchmark", "value", "unit", "limit", "ratio"))
        }
    }

    /// Writes a figure.
    ///
    /// - Parameters:
    ///   - benchmark: The benchmark's name.
    ///   - value: What was measured.
    ///   - unit: The unit of value and limit.
    ///   - limit: What a loop that does the least possible reached in the same run.
    func add(_ benchmark: String, _ value: Double, unit: String, limit: Double? = nil) {
        let ratio = limit.map { value / $0 }
        if writesJSON {
            var line =
                #"{"benchmark":"\#(benchmark)","value":\#(Self.text(value)),"unit":"\#(unit)""#
            if let limit, let ratio {
                line += #","limit":\#(Self.text(limit)),"ratio":\#(Self.text(ratio))"#
            }
            print(line + "}")
        } else {
            print(
                Self.row(
                    benchmark, Self.text(value), unit, limit.map(Self.text) ?? "-",
                    ratio.map(Self.text) ?? "-"))
        }
    }

    /// Says on the standard error stream why there are no figures.
    func skip(_ suite: String, because reason: String) {
        Main.complain("\(suite): skipped: \(reason)")
    }

    private static func row(
        _ name: String, _ value: String, _ unit: String, _ limit: String, _ ratio: String
    ) -> String {
        name + padding(name, 30) + padding(value, 10) + value + " " + unit + padding(unit, 8)
            + padding(limit, 9) + limit + padding(ratio, 8) + ratio
    }

    private static func padding(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - text.count, 0))
    }

    /// A number with about three digits that mean something.
    private static func text(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 100 else { return "\(Int(clamping: value))" }
        let scale: Double = abs(value) < 10 ? 100 : 10
        return "\((value * scale).rounded() / scale)"
    }
}

extension Int {
    fileprivate init(clamping value: Double) {
        self = Int(exactly: value.rounded()) ?? (value > 0 ? .max : 0)
    }
}
