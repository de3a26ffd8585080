extension Duration {
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

    /// Its components; those of the nearest duration that has any, if its seconds are too many.
    var boundedComponents: (seconds: Int64, attoseconds: Int64) {
        min(max(self, .seconds(Int64.min)), .seconds(Int64.max)).components
    }
}
