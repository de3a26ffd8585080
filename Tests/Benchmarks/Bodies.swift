/// Bodies as servers send them.
struct Body {
    /// The name in the benchmark's name.
    let name: String

    /// One event, or one comment.
    let unit: String

    /// How many events a unit is.
    let eventsPerUnit: Int

    /// What comes before the payload of a line, for the limit loop; `nil` if there is none.
    let prefix: Int?

    static let all = [llm, typed, tiny, multiline, comments]

    /// A `data:` line of 265 bytes, as APIs of language models send one for each token.
    static let llm = Body(
        name: "llm",
        unit:
            #"data: {"id":"chatcmpl-9f8Zb3kQx7Lr2TnWvY5sHd1Gp6Ja","object":"chat.completion.chunk","#
            + #""created":1718000000,"model":"large-2024-05-13","system_fingerprint":"fp_44709d6fcb","#
            + #""choices":[{"index":0,"delta":{"content":" stream"},"logprobs":null,"#
            + #""finish_reason":null}],"x":"...."}"# + "\n\n",
        eventsPerUnit: 1, prefix: 6)

    /// A type and a `data` line, as the newer APIs of language models send them.
    static let typed = Body(
        name: "typed",
        unit: "event: content_block_delta\n"
            + #"data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","#
            + #""text":" stream"}}"# + "\n\n",
        eventsPerUnit: 1, prefix: 6)

    /// The smallest event that says something.
    static let tiny = Body(name: "tiny", unit: "data: 42\n\n", eventsPerUnit: 1, prefix: 6)

    /// An ID, a type and three data lines, all ended by CRLF.
    static let multiline = Body(
        name: "multiline",
        unit: "id: 1718000042\r\nevent: update\r\ndata: {\r\n"
            + #"data:   "symbol": "SWFT", "price": 42.17, "volume": 1200"# + "\r\ndata: }\r\n\r\n",
        eventsPerUnit: 1, prefix: 6)

    /// What servers send so that proxies do not take a silent connection for a dead one.
    static let comments = Body(
        name: "comments", unit: ": keep-alive\n\n", eventsPerUnit: 0, prefix: nil)

    /// An event of a single long line.
    static func line(size: Int) -> Body {
        Body(
            name: "line", unit: "data: " + String(repeating: "x", count: size) + "\n\n",
            eventsPerUnit: 1, prefix: 6)
    }

    /// The body, repeated up to about this size.
    func bytes(size: Int) -> [UInt8] {
        let unit = Array(unit.utf8)
        return Array((0..<max(size / unit.count, 1)).map { _ in unit }.joined())
    }
}
