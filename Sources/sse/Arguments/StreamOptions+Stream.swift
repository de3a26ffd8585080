import Foundation
import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension StreamOptions {
    /// The stream that the options describe; reads the files that `-d` names.
    ///
    /// - Parameter url: The URL.
    /// - Returns: The stream.
    /// - Throws: ``UsageError`` if a file cannot be read, or the method carries no body.
    func stream(of url: URL) throws(UsageError) -> EventStream {
        EventStream(try request(for: url), configuration: configuration)
    }

    /// The request that the options describe; reads the files that `-d` names.
    ///
    /// - Parameter url: The URL.
    /// - Returns: The request.
    /// - Throws: ``UsageError`` if a file cannot be read, or the method carries no body.
    func request(for url: URL) throws(UsageError) -> URLRequest {
        var request = URLRequest(url: url)
        request.httpMethod = effectiveMethod
        if !data.isEmpty {
            guard !["GET", "HEAD"].contains(effectiveMethod) else {
                throw UsageError(
                    "-d gives a body, which \(effectiveMethod) cannot carry: use POST.")
            }
            request.httpBody = try body()
            // What curl sends, so that a command line moves between the two.
            request.setValue(
                "application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        }
        return request
    }

    var configuration: EventStream.Configuration {
        var configuration = EventStream.Configuration()
        configuration.headers = headerFields
        configuration.lastEventID = lastEventID ?? value(of: "Last-Event-ID") ?? ""
        configuration.credentials = keepsCookies ? .include : .omit
        configuration.reconnection = policy
        configuration.transport = eventTransport
        configuration.terminator = until.map { .data($0) }
        switch idleTimeout {
        case .some(.off): configuration.timeouts.idle = nil
        case .some(.after(let time)): configuration.timeouts.idle = time
        case .none: break
        }
        if let maximumEventSize { configuration.limits.eventSize = maximumEventSize }
        return configuration
    }

    private var eventTransport: any EventTransport {
        switch transport {
        case .urlsession:
            return .urlSession
        case .libcurl:
            #if os(Linux)
                return .libcurl
            #else
                preconditionFailure("the command line was refused")
            #endif
        }
    }

    private var effectiveMethod: String { method?.uppercased() ?? (data.isEmpty ? "GET" : "POST") }

    /// `nil` leaves the choice to the stream, which knows better than to repeat a POST.
    private var policy: ReconnectionPolicy? {
        guard reconnection != nil || retryDelay != nil || maximumAttempts != nil else { return nil }
        var policy: ReconnectionPolicy =
            switch reconnection {
            case .some(.default): .default
            case .some(.standard): .standard
            case .some(.never): .never
            case .none: ["GET", "HEAD"].contains(effectiveMethod) ? .default : .never
            }
        if let retryDelay {
            policy.baseDelay = retryDelay
            policy.maximumDelay = max(policy.maximumDelay, retryDelay)
        }
        if let maximumAttempts {
            policy.maximumAttempts = maximumAttempts
            policy.maximumAttemptsBeforeOpen = maximumAttempts
        }
        return policy
    }

    /// The values of `-d` joined by `&`, as curl joins them.
    private func body() throws(UsageError) -> Data {
        var body = Data()
        for (index, part) in data.enumerated() {
            if index > 0 { body.append(UInt8(ascii: "&")) }
            body.append(try Self.content(part))
        }
        return body
    }

    private static func content(_ part: String) throws(UsageError) -> Data {
        guard part.hasPrefix("@") else { return Data(part.utf8) }
        let path = String(part.dropFirst())
        do {
            return path == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data()
                : try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw UsageError(
                "-d \(part.debugDescription) names a file that cannot be read: check its path.")
        }
    }

    /// The fields of `-H`; those of one name are joined, as only one of each is sent.
    private var headerFields: [String: String] {
        var fields: [String: String] = [:]
        for header in headers where !isSame(header.name, "Last-Event-ID") {
            let name = fields.keys.first { isSame($0, header.name) } ?? header.name
            let separator = isSame(name, "Cookie") ? "; " : ", "
            fields[name] = fields[name].map { $0 + separator + header.value } ?? header.value
        }
        return fields
    }

    private func value(of name: String) -> String? {
        headers.last { isSame($0.name, name) }?.value
    }

    private func isSame(_ one: String, _ other: String) -> Bool {
        one.lowercased() == other.lowercased()
    }
}
