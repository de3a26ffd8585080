import Foundation

/// The attempts a second of each scenario over time, one small plot below the other, as SVG.
struct FleetPlot {
    /// The colours for a light page or for a dark one.
    struct Theme {
        let suffix: String
        let text: String
        let quiet: String
        let line: String
        let limit: String

        static let all = [
            Theme(suffix: "", text: "#1d1d1f", quiet: "#6e6e73", line: "#0057b8", limit: "#b3261e"),
            Theme(
                suffix: "~dark", text: "#f5f5f7", quiet: "#a1a1a6", line: "#6cb4ff",
                limit: "#ff8a80"),
        ]
    }

    private static let seconds = 240
    private static let (width, height, gap, left) = (520.0, 64.0, 44.0, 76.0)
    /// A second's attempts from one to a million, on a logarithmic scale.
    private static let decades = 6.0

    private static let number = IntegerFormatStyle<Int>(locale: Locale(identifier: "en_US"))

    let text: String

    init(_ fleets: [(scenario: Scenario, fleet: Fleet)], _ theme: Theme) {
        let total = Self.gap + Double(fleets.count) * (Self.height + Self.gap)
        var parts = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.left + Self.width) + 20) \
            \(Int(total))" font-family="system-ui, sans-serif" font-size="12" fill="\(theme.text)">
            """
        ]
        for (index, (scenario, fleet)) in fleets.enumerated() {
            let top = Self.gap + Double(index) * (Self.height + Self.gap)
            let bottom = top + Self.height
            parts.append(
                """
                <text x="\(Self.left)" y="\(top - 10)" font-weight="600">\(scenario.title)\
                <tspan font-weight="400" fill="\(theme.quiet)">, at most \(fleet.peak.formatted(Self.number)) a second, all \
                back after \(fleet.recovered) s</tspan></text>
                """)
            parts.append(
                """
                <rect x="\(Self.left)" y="\(top)" width="\(Self.x(Fleet.outage) - Self.left)" \
                height="\(Self.height)" fill="\(theme.quiet)" fill-opacity="0.2"/>
                """)
            for (value, label) in [(1.0, "1"), (1000, "1,000"), (1_000_000, "1,000,000")] {
                let y = Self.y(value, bottom)
                parts.append(
                    """
                    <line x1="\(Self.left)" x2="\(Self.left + Self.width)" y1="\(y)" y2="\(y)" \
                    stroke="\(theme.quiet)" stroke-opacity="0.3"/><text x="\(Self.left - 6)" \
                    y="\(y + 4)" text-anchor="end" fill="\(theme.quiet)">\(label)</text>
                    """)
            }
            let limit = Self.y(Double(Fleet.capacity), bottom)
            parts.append(
                """
                <line x1="\(Self.left)" x2="\(Self.left + Self.width)" y1="\(limit)" y2="\(limit)" \
                stroke="\(theme.limit)" stroke-dasharray="4 3"/>
                """)
            let bars = fleet.attempts.prefix(Self.seconds).enumerated().filter { $0.element > 0 }
            let path = bars.map { second, count in
                let x = Self.x(second) + 1
                return "M\(x) \(bottom)V\(Self.y(Double(count), bottom))"
            }
            parts.append(
                "<path d=\"\(path.joined())\" stroke=\"\(theme.line)\" stroke-width=\"2\"/>")
        }
        let bottom = Int(total) - 20
        for second in stride(from: 0, through: Self.seconds, by: 60) {
            parts.append(
                """
                <text x="\(Self.x(second))" y="\(bottom)" text-anchor="middle" \
                fill="\(theme.quiet)">\(second) s</text>
                """)
        }
        text = (parts + ["</svg>", ""]).joined(separator: "\n")
    }

    private static func x(_ second: Int) -> Double {
        left + Double(second) / Double(seconds) * width
    }

    private static func y(_ count: Double, _ bottom: Double) -> Double {
        let share = max(log10(count), 0) / decades
        return ((bottom - share * height) * 10).rounded() / 10
    }
}
