import MockServer
import ServerSentEvents

/// The tool without a URL: what the library is for, in five seconds and without a network.
enum Demo {
    static func run(on terminal: Terminal) async -> ExitStatus {
        let server: MockEventServer
        do {
            server = try MockEventServer()
        } catch {
            terminal.complain("The demo's server cannot listen on 127.0.0.1: \(error)")
            return .failure
        }
        server.handle("/orders") { try await DemoFeed.answer($0) }

        var configuration = EventStream.Configuration()
        configuration.terminator = .type(DemoFeed.lastType)
        let stream = EventStream(url: server.url("/orders"), configuration: configuration)
        let session = StreamSession(
            printer: DemoPrinter(style: terminal.output.style), terminal: terminal,
            hasStatusLine: false)
        let status = await session.run(stream, after: .result(DemoPrinter.introduction))
        await server.stop()
        return status
    }
}
