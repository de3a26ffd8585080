/// What the head of an answer means for an event stream.
///
/// Source: [WHATWG HTML, "Processing
/// model"](https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model).
enum ResponseVerdict: Equatable {
    /// The body is an event stream.
    case stream
    /// The server wants no client to connect again (204).
    case finished
    /// The stream is elsewhere; an empty string if the answer does not say where.
    case redirect(location: String)
    /// The answer is no event stream: its status is wrong.
    case refused
    /// The answer is no event stream: its content type is wrong.
    case wrongContentType
    /// The answer may be an event stream, but it is compressed.
    case wrongCoding

    init(_ head: ResponseHead) {
        switch head.status {
        case 200 where !Self.isEventStream(head.headers): self = .wrongContentType
        case 200: self = head.hasPlainBody ? .stream : .wrongCoding
        case 204: self = .finished
        case 301, 302, 303, 307, 308: self = .redirect(location: head.headers["location"] ?? "")
        default: self = .refused
        }
    }

    /// The media type must match exactly, in any case; whatever parameters follow do not count.
    private static func isEventStream(_ headers: HeaderFields) -> Bool {
        guard let value = headers["content-type"] else { return false }
        let mediaType = value.prefix { $0 != ";" }
        let start = mediaType.drop(while: isBlank)
        let blanks = start.reversed().prefix(while: isBlank).count
        return start.dropLast(blanks).lowercased() == "text/event-stream"
    }

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t"
    }
}
