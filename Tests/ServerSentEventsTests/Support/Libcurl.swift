import Foundation

/// The libcurl of this machine, for tests of what depends on its version.
enum Libcurl {
    /// Whether a transfer coding that it does not know reaches the transport.
    ///
    /// Some version after 7.88, and before 8.23, refuses the connection instead: the stream fails with
    /// `connectionFailed`, after its attempts.
    static let tellsOfTransferCodings: Bool = {
        #if os(Linux)
            typealias Version = @convention(c) () -> UnsafePointer<CChar>?
            guard let library = dlopen("libcurl.so.4", RTLD_NOW),
                let symbol = dlsym(library, "curl_version"),
                let text = unsafeBitCast(symbol, to: Version.self)()
            else { return false }
            return String(cString: text).hasPrefix("libcurl/7.")
        #else
            true
        #endif
    }()
}
