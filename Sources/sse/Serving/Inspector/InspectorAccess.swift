import MockServer

/// Who may use the inspector: pages that it served itself, and programs on this machine.
///
/// Listening on loopback is not enough. Any page in a browser can send requests here, and one whose
/// name is made to resolve to 127.0.0.1 (DNS rebinding) can read the answers as well.
struct InspectorAccess {
    /// Why a request may not pass.
    struct Refusal: Equatable {
        let status: Int
        let sentence: String
    }

    /// The values of `Host` that are this server's.
    private let hosts: Set<String>

    init(port: Int) {
        hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
    }

    /// Why a request is none of these; `nil` if it may pass.
    func refusal(of request: Request) -> Refusal? {
        // The name that the browser was told: a rebound one is its attacker's.
        guard let host = request.headers["Host"]?.lowercased(), hosts.contains(host) else {
            return Refusal(status: 403, sentence: "This is not the host that was asked for.")
        }
        switch request.method {
        case "GET", "HEAD": return nil
        case "POST": break
        default: return Refusal(status: 405, sentence: "The inspector takes GET and POST.")
        }
        // Browsers send it with every POST; a program that is no browser sends none.
        if let origin = request.headers["Origin"]?.lowercased(), origin != "http://\(host)" {
            return Refusal(status: 403, sentence: "Another site sent this.")
        }
        // A form cannot say so, and a script of another site has to ask before, which is refused.
        let type = request.headers["Content-Type"]?.lowercased().prefix { $0 != ";" }
        guard type == "application/json" else {
            return Refusal(status: 415, sentence: "A command is application/json.")
        }
        return nil
    }
}
