extension Duration {
    /// The longest sleep asked of a clock, 10 years: beyond it, an instant could overflow.
    static let longest = Duration.seconds(10 * 365 * 86_400)

    /// Its components; those of the nearest duration that has any, if its seconds are too many.
    var boundedComponents: (seconds: Int64, attoseconds: Int64) {
        min(max(self, .seconds(Int64.min)), .seconds(Int64.max)).components
    }
}
