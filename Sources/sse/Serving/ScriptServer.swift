import Foundation
import MockServer

/// `sse serve`: plays a script file until interrupted, and tells what is asked for and answered.
struct ScriptServer: Sendable {
    /// A line that was not printed yet is dropped once so many wait: who reads slowly costs no memory.
    private static let backlog = 1_000

    private let options: ServeOptions
    private let script: Data

    private var name: String { URL(fileURLWithPath: options.file).lastPathComponent }

    /// Reads the file.
    init(_ options: ServeOptions) throws(UsageError) {
        self.options = options
        do {
            script = try Data(contentsOf: URL(fileURLWithPath: options.file))
        } catch {
            throw UsageError(
                "\(options.file.debugDescription) cannot be read: check the path of the script.")
        }
    }

    /// Serves until the task is cancelled or standard output is closed.
    func run(on terminal: Terminal) async -> ExitStatus {
        let server: MockEventServer
        let inspector: Inspector
        do throws(MockServerError) {
            let script = try Script(json: script, name: name)
            if let path = Inspector.conflicts(with: script).first {
                terminal.complain(
                    "\(name): \(path) cannot be scripted: the inspector is at \(Inspector.root).")
                return .failure
            }
            server = try MockEventServer(
                port: options.port, clock: SpeedClock(speed: options.speed))
            server.script(script)
            inspector = Inspector(of: server, playing: script)
        } catch {
            terminal.complain(error.explanation)
            return .failure
        }
        let (lines, printing) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingNewest(Self.backlog))
        server.answerAside { inspector.handler(of: $0) }
        server.observe { connection, change in
            inspector.note(connection, change)
            switch change {
            case .came: printing.yield("#\(connection.number) \(connection.request.target) came")
            case .moved: break
            case .ended: printing.yield("\(connection.journalEntry)")
            }
        }
        let journal = Journal(of: server, terminal: terminal)
        let status = await journal.print(lines)
        await server.stop()
        return status
    }
}

extension MockServerError {
    /// The description without the name of a type that users of a tool do not know.
    fileprivate var explanation: String {
        let prefix = "MockEventServer: "
        return description.hasPrefix(prefix)
            ? String(description.dropFirst(prefix.count)) : description
    }
}

extension Request {
    fileprivate var target: String {
        "\(method) \(path)\(query.map { "?\($0)" } ?? "")"
    }
}
