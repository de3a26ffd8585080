extension Duration {
    /// The duration in seconds, to the nearest `Double`.
    ///
    /// Not by way of `components`, which trap from 2⁶³ s on.
    var seconds: Double { self / .seconds(1) }
}
