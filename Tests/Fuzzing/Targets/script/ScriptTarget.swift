import Foundation

@testable import MockServer

/// Any bytes are a script or a clear error, and a script that is written reads back as the same.
func testOneInput(_ bytes: [UInt8]) {
    let json = Data(bytes)
    let script = try? JSONDecoder().decode(Script.self, from: json)
    checkReading(json, decoded: script)
    guard let script else { return }
    // This holds for what makes no sense to play, too.
    let written = encode(script)
    let again: Script
    do {
        again = try JSONDecoder().decode(Script.self, from: written)
    } catch {
        fatalError("\(text(written)) was written, and cannot be read: \(error)")
    }
    check(again == script, "\(text(written)) was written, and is another script")
    // Equal texts may be made of different bytes.
    check(encode(again) == written, "\(text(written)) is written otherwise the second time")
}

private func checkReading(_ json: Data, decoded script: Script?) {
    do {
        let read = try Script(json: json, name: "fuzzed")
        check(read == script, "\(read) is not \(script, default: "-")")
        for reply in read.replies.values.joined() {
            check(reply.problems.isEmpty && !reply.description.isEmpty, "\(reply)")
        }
    } catch {
        check(error.code == .invalidScript, "the code is \(error.code)")
        check(error.description.hasPrefix("MockEventServer: fuzzed"), error.description)
        check(error.issues.isEmpty == (script == nil), error.description)
        for issue in error.issues {
            check(error.description.contains(issue.message), error.description)
        }
    }
}

private func encode(_ script: Script) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    do {
        return try encoder.encode(script)
    } catch {
        fatalError("\(script) cannot be written: \(error)")
    }
}

private func text(_ json: Data) -> String {
    String(decoding: json, as: UTF8.self)
}
