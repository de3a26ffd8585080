#if os(Linux)
    import Testing

    @testable import ServerSentEvents

    /// The lines of a head, as libcurl hands them over.
    @Suite struct LibcurlResponseHeadTests {
        private static func value(of field: String) -> String? {
            let lines = "HTTP/1.1 200 OK\r\n\(field)\r\nX-B: b\r\n"
            return ResponseHead(status: 200, lines: lines.utf8).headers["X-A"]
        }

        @Test(
            "A folded value has one space where its line ended, and none around it",
            arguments: [
                ("X-A: 1\r\n 2", "1 2"), ("X-A: 1 \r\n\t 2 \r\n  3", "1 2 3"), ("X-A:\r\n 1", "1"),
                ("X-A: 1\r\n ", "1"), ("X-A: 1\r\n \t\r\n 2", "1 2"), ("X-A:\r\n ", ""),
            ])
        func foldedValue(field: String, value: String) {
            #expect(Self.value(of: field) == value)
        }

        @Test func aFoldedStatusLineIsNoField() {
            let head = ResponseHead(status: 200, lines: "HTTP/1.1 200\r\n OK\r\nA: 1\r\n".utf8)
            #expect(head.headers == ["A": "1"])
        }
    }
#endif
