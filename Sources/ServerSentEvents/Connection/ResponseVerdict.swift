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
        case 200 where head.headers.mediaType != "text/event-stream": self = .wrongContentType
        case 200: self = head.hasPlainBody ? .stream : .wrongCoding
        case 204: self = .finished
        case 301, 302, 303, 307, 308: self = .redirect(location: head.headers["location"] ?? "")
        default: self = .refused
        }
    }
}
