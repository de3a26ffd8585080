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

    /// The time as a person reads it, to the millisecond: `0.312`, `1:02.500`, `1:00:00.000`.
    var clockText: String {
        let milliseconds = Int64(self / .milliseconds(1))
        return "\((milliseconds / 1000).minutesText).\((milliseconds % 1000).padded(to: 3))"
    }

    /// The time as a person reads it, to the second: `0:42`, `1:00:00`.
    var watchText: String {
        let seconds = components.seconds
        return seconds < 60 ? "0:\(seconds.padded(to: 2))" : seconds.minutesText
    }
}

extension Int64 {
    /// Seconds, with the minutes and hours that they have.
    fileprivate var minutesText: String {
        if self < 60 { return "\(self)" }
        let rest = "\((self / 60 % 60)):\((self % 60).padded(to: 2))"
        return self < 3600
            ? rest
            : "\(self / 3600):\((self / 60 % 60).padded(to: 2)):\((self % 60).padded(to: 2))"
    }

    fileprivate func padded(to width: Int) -> String {
        let digits = "\(self)"
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
