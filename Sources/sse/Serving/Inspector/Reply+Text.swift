import MockServer

extension Reply {
    /// A text that a browser takes for nothing else, and no other site can embed.
    static func text(
        _ body: String, _ type: String = "text/plain", _ status: Int = 200, policy: String? = nil
    ) -> Reply {
        var headers: Headers = [
            "Content-Type": "\(type); charset=utf-8", "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
        ]
        headers["Content-Security-Policy"] = policy
        return .status(status, headers: headers, body: body)
    }

    /// A sentence, with a status.
    static func text(_ sentence: String, _ status: Int) -> Reply {
        .text(sentence + "\n", "text/plain", status)
    }
}
