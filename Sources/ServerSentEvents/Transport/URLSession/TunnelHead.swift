#if canImport(FoundationNetworking)
    import Foundation
    import FoundationNetworking

    /// Tells the head with which a proxy opens a tunnel from the head of the server, which comes after
    /// it: URLSession on Linux hands over both.
    struct TunnelHead {
        private var held: HTTPURLResponse?

        /// Whether a request may go through a tunnel.
        static func mayCome(for request: URLRequest) -> Bool {
            let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
            return request.url?.scheme?.lowercased() == "https"
                && names.contains { getenv($0) != nil }
        }

        /// Holds a head back if it may be that of a tunnel; whatever it held was one.
        ///
        /// An event stream has a content type, which a proxy has no reason to send.
        mutating func holds(_ response: HTTPURLResponse, _ head: ResponseHead) -> Bool {
            let isHeld =
                (200..<300).contains(head.status) && head.headers.mediaType != "text/event-stream"
            held = isHeld ? response : nil
            return isHeld
        }

        /// A body, or an end without an error, is the server's: so was the head.
        mutating func take() -> HTTPURLResponse? {
            defer { held = nil }
            return held
        }
    }
#endif
