import Foundation

/// The libcurl of this machine, for tests of what depends on its version.
enum Libcurl {
    /// Whether it is of the versions that let the transport see every head as it came.
    ///
    /// Version 8.23 does not: a transfer coding that it does not know, or a CR in a field, is a
    /// connection that failed. It also writes the hex digits of a path in capitals.
    static let isVersion7: Bool = {
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
