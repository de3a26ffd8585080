@testable import MockServer

extension RequestParser.Head {
    /// A request without fields or a body, as if it had been read.
    static func get(_ path: String) -> RequestParser.Head {
        RequestParser.Head(
            request: Request(method: "GET", path: path), framing: .length(0), count: 0,
            keepsAlive: true, takesChunks: true, expectsContinue: false)
    }
}
