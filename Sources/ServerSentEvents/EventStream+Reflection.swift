import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension EventStream: CustomReflectable {
    /// What `print` and `dump` show: no header field's value, and of the URL neither the user, the
    /// password nor the query.
    public var customMirror: Mirror {
        let url = Redaction.url(request.url?.absoluteString ?? "-")
        return Mirror(
            self,
            children: [
                "request": "\(request.httpMethod ?? "GET") \(url)",
                "headers": Self.redacted(request.allHTTPHeaderFields ?? [:]),
                "configuration": configuration,
            ],
            displayStyle: .struct)
    }

    /// Which names a service takes for secrets is not known: all values are.
    fileprivate static func redacted(_ headers: [String: String]) -> [String: String] {
        headers.mapValues { _ in Redaction.mark }
    }
}

extension EventStream.Configuration: CustomReflectable {
    /// What `print` and `dump` show: of header fields only the names, of a transport only the type.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "headers": EventStream.redacted(headers),
                "secretHeaders": secretHeaders,
                "credentials": credentials,
                "lastEventID": lastEventID,
                "reconnection": reconnection as Any,
                "isControlled": control != nil,
                "terminator": terminator as Any,
                "timeouts": timeouts,
                "limits": limits,
                "preparesRequest": prepareRequest != nil,
                "reviewsReconnection": reviewReconnection != nil,
                "isObserved": observe != nil,
                "transport": type(of: transport),
                "clock": type(of: clock),
                "generator": type(of: generator),
            ],
            displayStyle: .struct)
    }
}

extension EventStream.Driver: CustomReflectable {
    // What iterators show: the request under way is no business of a log.
    @usableFromInline var customMirror: Mirror {
        Mirror(self, children: ["stream": stream], displayStyle: .struct)
    }
}
