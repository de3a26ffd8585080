import Observation

/// Waits until a model is as expected; the test's time limit bounds it.
@MainActor func wait(
    for model: PricesModel, until isExpected: (PricesModel) -> Bool
) async {
    while !Task.isCancelled {
        let (changes, change) = AsyncStream.makeStream(of: Void.self)
        let isDone = withObservationTracking {
            isExpected(model)
        } onChange: {
            change.finish()
        }
        if isDone { return }
        for await _ in changes {}
    }
}
