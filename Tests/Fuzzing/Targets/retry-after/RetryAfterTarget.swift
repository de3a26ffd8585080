import Foundation

@testable import ServerSentEvents

/// What a server says in numbers, dates and header fields is read within the documented bounds.
///
/// The input: what it is (the parity of a choice), the bytes: of a head, or of a value.
func testOneInput(_ bytes: [UInt8]) {
    var input = FuzzInput(bytes)
    let isHead = input.choice().isMultiple(of: 2)
    let bytes = input.remaining
    if isHead {
        #if os(Linux)
            checkHead(bytes)
        #endif
    } else {
        let text = String(decoding: bytes, as: UTF8.self)
        checkRetryAfter(["Retry-After": text])
        checkReconnectionTime(bytes)
    }
}

/// Sun, 06 Nov 1994 08:49:37.
private let now = Date(timeIntervalSince1970: 784_111_777)

private func checkRetryAfter(_ headers: HeaderFields) {
    guard let delay = RetryAfter.delay(in: headers, now: now) else { return }
    let longest = Duration.seconds(100 * 365 * 86_400)
    check(delay >= .zero && delay <= longest, "\(delay) for \(headers["retry-after"] ?? "-")")
}

private func checkReconnectionTime(_ bytes: [UInt8]) {
    let time = ReconnectionTime.duration(bytes.indices, of: Bytes(bytes).span)
    let isNumber = !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }
    guard isNumber else { return check(time == nil, "\(bytes) is \(time, default: "-")") }
    let digits = String(decoding: bytes.drop { $0 == 0x30 }, as: UTF8.self)
    let longest = 365 * 86_400 * 1000
    let number = digits.isEmpty ? 0 : min(Int(digits) ?? longest, longest)
    check(time == .milliseconds(number), "\(bytes) is \(time, default: "-"), not \(number) ms")
}

#if os(Linux)
    private func checkHead(_ bytes: [UInt8]) {
        let head = ResponseHead(status: 200, lines: bytes)
        let lineCount = bytes.count { $0 == 0x0A } + 1
        check(head.headers.count < lineCount, "\(head.headers.count) fields in \(lineCount) lines")
        for field in head.headers {
            for text in [field.name, field.value] {
                check(!text.utf8.contains(0x0A), "a line feed in \(text.debugDescription)")
                check(
                    !isBlank(text.utf8.first) && !isBlank(text.utf8.last),
                    "white space around \(text.debugDescription)")
            }
            check(!field.name.utf8.contains(0x3A), "a colon in \(field.name.debugDescription)")
            check(head.headers[field.name] != nil, "\(field.name.debugDescription) is not found")
        }
        _ = head.hasPlainBody
        _ = ResponseVerdict(head)
        checkRetryAfter(head.headers)
    }

    private func isBlank(_ byte: UInt8?) -> Bool {
        byte == 0x20 || byte == 0x09
    }
#endif
