import ServerSentEvents

/// `EventParser` gives what the reference parser gives, for any bytes, however they are cut, and over
/// the end of a connection; with a small limit, the same error wherever they are cut.
///
/// The input: the limit, where the connection ends (in 63rds), four sizes of chunks, the bytes.
func testOneInput(_ bytes: [UInt8]) {
    var input = FuzzInput(bytes)
    let limit = input.choice()
    let end = input.choice()
    let sizes = input.sizes()
    let body = input.remaining
    let bodies = body.isEmpty ? [body] : body.split(at: body.count * end / 63)
    for limit in [nil, limit] {
        let whole = run(bodies.map { [$0] }, limit: limit, orders: [])
        checkAgainstReference(whole, bodies, limit: limit ?? .max)
        let chunks = bodies.map { $0.chunks(of: sizes) }
        let cut = run(chunks, limit: limit, orders: [.eachByte, .interleaved, .allAtOnce])
        check(cut == whole, "limit \(limit, default: "none"), cut:\n\(cut)\nwhole:\n\(whole)")
    }
}

/// Has the bodies read with and without comments, and in further orders; it must make no difference.
private func run(
    _ bodies: [[[UInt8]]], limit: Int?, orders: [ParserRun.Order]
) -> ParserRun {
    let run = ParserRun(bodies, limit: limit, order: .eachChunk, reportsComments: true)
    let plain = run.withoutComments
    for order in [.eachChunk] + orders {
        let other = ParserRun(bodies, limit: limit, order: order, reportsComments: false)
        check(other == plain, "next, \(order):\n\(other)\nnextElement:\n\(run)")
    }
    for order in orders {
        let other = ParserRun(bodies, limit: limit, order: order, reportsComments: true)
        check(other == run, "\(order):\n\(other)\neach chunk:\n\(run)")
    }
    return run
}

private func checkAgainstReference(_ run: ParserRun, _ bodies: [[UInt8]], limit: Int) {
    var last = Outcome()
    for (bytes, body) in zip(bodies, run.bodies) {
        var expected = ReferenceParser.outcome(of: bytes, lastEventID: last.lastEventID)
        expected.reconnectionTime = expected.reconnectionTime ?? last.reconnectionTime
        if let error = body.error {
            check(error == .eventTooLarge && bytes.count > limit, "\(error) for \(bytes)")
            // What was read before the error.
            expected.elements = Array(expected.elements.prefix(body.outcome.elements.count))
            check(
                body.outcome.elements.elementsEqual(expected.elements),
                "\(body.outcome) before the error, not \(expected)")
        } else {
            check(body.outcome == expected, "\(body.outcome), not \(expected)")
        }
        last = body.outcome
    }
}
