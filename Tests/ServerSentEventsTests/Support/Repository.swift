import Foundation

/// The folder that these tests were built from, for those that read its documents and sources.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..")
        .standardized

    /// The text of a file, by its path below the folder.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
}
