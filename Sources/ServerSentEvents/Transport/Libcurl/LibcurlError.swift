#if os(Linux)
    internal import CLibcurl

    /// Why libcurl brought no answer, or not all of it.
    ///
    /// ```swift
    /// #if os(Linux)
    ///     if let cause = error.underlying as? LibcurlError { print(cause.code, cause.message) }
    /// #endif
    /// ```
    ///
    /// It quotes neither a header field nor more of the URL than its host.
    public struct LibcurlError: Error, Sendable, Hashable {
        /// The number that libcurl gives this failure, such as 7 for a connection that was refused.
        ///
        /// Source: [libcurl error codes](https://curl.se/libcurl/c/libcurl-errors.html).
        public var code: Int

        /// What happened, in a few words.
        public var message: String

        init(_ code: Int, _ message: String) {
            self.code = code
            self.message = message
        }

        /// How a transfer failed; `nil` if its answer is complete.
        init?(code: Int32, systemError: Int32, hadHead: Bool, detail: String = "") {
            switch Int(code) {
            case CLIBCURL_OK:
                // libcurl is content with any line of a head.
                if hadHead { return nil }
                self.init(
                    CLIBCURL_WEIRD_SERVER_REPLY,
                    "The connection ended inside the head of the answer")
            case CLIBCURL_TOO_LARGE:
                self.init(CLIBCURL_TOO_LARGE, "The head of the answer is larger than 256 KiB")
            case CLIBCURL_OUT_OF_MEMORY where !hadHead:
                // libcurl says so of both.
                self.init(
                    CLIBCURL_OUT_OF_MEMORY,
                    "Out of memory, or a line of the head is larger than 100 KiB")
            case CLIBCURL_TLS_FAILED where !detail.isEmpty,
                CLIBCURL_CERTIFICATE_REFUSED where !detail.isEmpty:
                // The code's own text is the same for a wrong host and a certificate that has expired.
                self.init(Int(code), detail)
            default:
                var message = String(cString: clibcurl_text(code))
                if systemError != 0 {
                    message += ": " + String(cString: clibcurl_system_text(systemError))
                }
                self.init(Int(code), message)
            }
        }

        /// The failure of a call, unless it succeeded.
        init?(_ code: Int32) {
            self.init(code: code, systemError: 0, hadHead: true)
        }

        static func unusable(_ problem: String) -> LibcurlError {
            LibcurlError(CLIBCURL_FAILED_INIT, problem)
        }

        static let outOfMemory = LibcurlError(
            CLIBCURL_OUT_OF_MEMORY, "Out of memory, or of descriptors")

        /// The error of a stream that did not get as far as a connection: to ask again is of use only
        /// if something was short.
        var beforeConnecting: any Error {
            guard code == CLIBCURL_FAILED_INIT else { return self }
            return EventStreamError(.invalidRequest, message)
        }
    }

    extension LibcurlError: CustomStringConvertible {
        /// The message and the code.
        public var description: String { "\(message) (libcurl \(code))" }
    }
#endif
