import MockServer

/// Who may use the inspector: pages that it served itself, and programs on this machine.
///
/// Listening on loopback is not enough. Any page in a browser can send requests here, and one whose
/// name is made to resolve to 127.0.0.1 (DNS rebinding) can read the answers as well.
struct InspectorAccess {
    /// The values of `Host` that are this server's.
    private let hosts: Set<String>

    init(port: Int) {
        hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
    }

    /// The answer to a request that is none of these; `nil` if it may pass.
    func refusal(of request: Request) -> Reply? {
        // The name that the browser was told: a rebound one is its attacker's.
        guard let host = request.headers["Host"]?.lowercased(), hosts.contains(host) else {
            return .text("This is not the host that was asked for.", 403)
        }
        switch request.method {
        case "GET", "HEAD": return nil
        case "POST": break
        default: return .text("The inspector takes GET and POST.", 405)
        }
        // Browsers send it with every POST; a program that is no browser sends none.
        if let origin = request.headers["Origin"]?.lowercased(), origin != "http://\(host)" {
            return .text("Another site sent this.", 403)
        }
        // A form cannot say so, and a script of another site has to ask before, which is refused.
        let type = request.headers["Content-Type"]?.lowercased().prefix { $0 != ";" }
        guard type == "application/json" else {
            return .text("A command is application/json.", 415)
        }
        return nil
    }
}
