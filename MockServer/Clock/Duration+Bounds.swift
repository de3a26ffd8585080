extension Duration {
    /// The longest sleep asked of a clock, 10 years: beyond it, an instant could overflow.
    static let longest = Duration.seconds(10 * 365 * 86_400)

    /// The sum, or the nearest duration there is.
    func saturatingSum(_ other: Duration) -> Duration {
        let (sum, isOut) = attoseconds.addingReportingOverflow(other.attoseconds)
        return isOut
            ? Duration(attoseconds: other < .zero ? .min : .max) : Duration(attoseconds: sum)
    }

    /// The difference, or the nearest duration there is.
    func saturatingDifference(_ other: Duration) -> Duration {
        let (difference, isOut) = attoseconds.subtractingReportingOverflow(other.attoseconds)
        return isOut
            ? Duration(attoseconds: self < .zero ? .min : .max) : Duration(attoseconds: difference)
    }

    /// What a clock of the system can be asked to sleep for: not less than nothing, not longer than
    /// ``longest``.
    var boundedSleep: Duration { min(max(self, .zero), .longest) }

    /// Its components; those of the nearest duration that has any, if its seconds are too many.
    var boundedComponents: (seconds: Int64, attoseconds: Int64) {
        min(max(self, .seconds(Int64.min)), .seconds(Int64.max)).components
    }
}
