public import Foundation

extension Script {
    /// Reads a script file and makes sure that it makes sense.
    ///
    /// - Parameter file: The file's URL.
    /// - Throws: ``MockServerError`` that names file, path, reply and step; the error of the system if
    ///   the file cannot be read.
    public init(contentsOf file: URL) throws {
        try self.init(json: try Data(contentsOf: file), name: file.lastPathComponent)
    }

    /// Reads a script from JSON and makes sure that it makes sense.
    ///
    /// - Parameters:
    ///   - json: The JSON, as ``init(from:)`` describes it.
    ///   - name: What errors call it.
    /// - Throws: ``MockServerError`` that names path, reply and step.
    public init(json: Data, name: String = "script") throws(MockServerError) {
        do {
            self = try JSONDecoder().decode(Script.self, from: json)
        } catch {
            throw MockServerError(
                .invalidScript, "MockEventServer: \(name): \(Self.text(of: error)).")
        }
        let issues = issues(at: SourcePlace(fileID: name, line: 0))
        guard issues.isEmpty else {
            let lines = ["MockEventServer: \(name) makes no sense."] + issues.map { "  \($0)" }
            throw MockServerError(
                .invalidScript, lines.joined(separator: "\n"), issues: issues)
        }
    }

    /// What makes no sense, on every path.
    private func issues(at place: SourcePlace) -> [Issue] {
        var state = ServerState()
        return replies.sorted { $0.key < $1.key }.flatMap {
            state.script($0.key, $0.value, at: place)
        }
    }

    // MARK: Where the JSON is wrong

    private static func text(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            let reason = (context.underlyingError as NSError?)?.userInfo[NSDebugDescriptionErrorKey]
            return "it is no JSON: \(sentence(reason as? String ?? context.debugDescription))"
        case .dataCorrupted(let context), .keyNotFound(_, let context),
            .typeMismatch(_, let context), .valueNotFound(_, let context):
            let place = place(of: context.codingPath)
            return (place.isEmpty ? "" : "\(place): ") + sentence(context.debugDescription)
        @unknown default:
            return "\(error)"
        }
    }

    private static func sentence(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// A coding path in the words of a script: `/feed, reply 2, step 3, "cut"`.
    private static func place(of path: [any CodingKey]) -> String {
        path.enumerated().compactMap { index, key in
            guard index > 0 else { return key.stringValue }
            guard let number = key.intValue else {
                let isList = path.indices.contains(index + 1) && path[index + 1].intValue != nil
                return isList && holdsSteps(key) ? nil : key.stringValue.quoted
            }
            if index == 1 { return "reply \(number + 1)" }
            return "\(holdsSteps(path[index - 1]) ? "step" : "item") \(number + 1)"
        }.joined(separator: ", ")
    }

    private static func holdsSteps(_ key: any CodingKey) -> Bool {
        ["stream", "gzip", "bytes"].contains(key.stringValue)
    }
}
