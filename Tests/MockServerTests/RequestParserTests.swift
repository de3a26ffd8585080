import Testing

@testable import MockServer

/// How heads are read whatever the pieces are that they come in.
@Suite struct RequestParserTests {
    @Test("Empty lines before a request count, whether the request is there yet or not")
    func emptyLinesCount() throws {
        let request = Array("GET / HTTP/1.1\r\n\r\n".utf8)
        let room = RequestParser.headLimit - request.count
        let longest = [UInt8](repeating: 0x0A, count: room) + request
        #expect(try RequestParser.head(in: longest)?.count == RequestParser.headLimit)
        #expect(try RequestParser.head(in: Array(longest.dropLast())) == nil)
        let tooLong = [0x0A] + longest
        for part in [tooLong, tooLong + [0x0A]] {
            #expect(throws: RequestParser.Failure(status: 431, text: Self.text)) {
                try RequestParser.head(in: part)
            }
        }
        #expect(try RequestParser.head(in: Array(tooLong.dropLast())) == nil)
    }

    private static let text = "the request's head is longer than 64 KiB"
}
