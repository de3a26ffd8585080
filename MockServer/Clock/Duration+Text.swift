extension Duration {
    /// The whole milliseconds in it, saturating.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = boundedComponents
        let (product, isTooLong) = Int(clamping: seconds).multipliedReportingOverflow(by: 1_000)
        let (sum, isTooMuch) = product.addingReportingOverflow(
            Int(attoseconds / 1_000_000_000_000_000))
        return isTooLong || isTooMuch ? (seconds < 0 ? .min : .max) : sum
    }

    /// The duration as a person would write it: `3 ms`, `0.4 ms`, `1.5 s`.
    var text: String {
        let (seconds, attoseconds) = boundedComponents
        let microseconds = attoseconds / 1_000_000_000_000
        if seconds.magnitude >= 1 {
            return Self.decimal(Int(clamping: seconds), abs(Int(microseconds / 1_000)), 3) + " s"
        }
        let milliseconds = Int(microseconds / 1_000)
        if abs(milliseconds) >= 10 { return "\(milliseconds) ms" }
        return Self.decimal(milliseconds, abs(Int(microseconds % 1_000)) / 100, 1) + " ms"
    }

    private static func decimal(_ whole: Int, _ fraction: Int, _ digits: Int) -> String {
        guard fraction > 0 else { return "\(whole)" }
        var text = String(fraction)
        text = String(repeating: "0", count: max(0, digits - text.count)) + text
        while text.hasSuffix("0") { text.removeLast() }
        return "\(whole).\(text)"
    }
}
