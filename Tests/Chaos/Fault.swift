/// What can become of a connection.
package enum Fault: String, CaseIterable, Sendable {
    case cleanEnd
    case endOfClosedBody
    case halfClose
    case finBetweenEvents
    case finInsideALine
    case resetBetweenEvents
    case resetInsideALine
    case truncatedLength
    case malformedChunk
    case silenceBetweenEvents
    case silenceInsideALine
    case silenceBeforeTheHead
    case cutHead
    case noHTTP
    case resetBeforeTheHead
    case refusal
    case refusalWithRetryAfter
    case redirect

    /// What ends the process on Linux if URLSession meets it: a head that is cut.
    package static let fatalToURLSession: Set<Fault> = [.cutHead]
}
