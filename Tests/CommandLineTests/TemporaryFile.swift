import Foundation

/// A file of its own for a test, removed with this.
final class TemporaryFile {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
        "sse-\(UUID().uuidString).json")

    var path: String { url.path }

    init(_ text: String = "") throws {
        try Data(text.utf8).write(to: url)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
