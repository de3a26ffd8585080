extension Duration {
    /// The time in seconds, as a JSON number rounded to milliseconds: `3`, `0.5`, `1.234`.
    var secondsText: String {
        let (seconds, attoseconds) = components
        let rounded = (attoseconds + 500_000_000_000_000) / 1_000_000_000_000_000
        let milliseconds = rounded % 1000
        let whole = seconds + rounded / 1000
        guard milliseconds != 0 else { return "\(whole)" }
        let digits = String(milliseconds)
        var fraction = String(repeating: "0", count: 3 - digits.count) + digits
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(whole).\(fraction)"
    }
}
