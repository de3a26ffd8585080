// What an example prints, compared with what its document says: see Docs/check.

import Synchronization
import Testing

final class Printed: Sendable {
    private let text = Mutex("")

    func append(_ items: [Any], separator: String, terminator: String) {
        let line = items.map { "\($0)" }.joined(separator: separator) + terminator
        text.withLock { $0 += line }
    }

    /// Reports the first line that differs, at its place in the document.
    func expect(_ expected: String, in file: String, line: Int) {
        let printed = lines(of: text.withLock { $0 })
        let expected = lines(of: expected)
        for index in 0..<max(printed.count, expected.count) {
            let ours = index < printed.count ? "\"\(printed[index])\"" : "nothing"
            let theirs = index < expected.count ? "\"\(expected[index])\"" : "nothing"
            if ours == theirs { continue }
            fail("it prints \(ours) here, not \(theirs)", in: file, line: line + index)
            return
        }
    }

    func fail(_ problem: String, in file: String, line: Int) {
        let name = file.split(separator: "/").last ?? ""
        Issue.record(
            "\(file):\(line): \(problem)",
            sourceLocation: SourceLocation(
                fileID: "Blocks/\(name)", filePath: file, line: line, column: 1))
    }

    private func lines(of text: String) -> [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.last == "" ? lines.dropLast() : lines
    }
}
