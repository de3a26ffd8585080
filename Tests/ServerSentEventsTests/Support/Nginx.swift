#if os(Linux)
    import Foundation
    import RealPrograms

    /// A real nginx in front of a server: TLS with a certificate of its own, and HTTP/2.
    ///
    /// It listens on a Unix socket, so that no port has to be found. A shell ends it when standard
    /// input does: with this object, or with the process of the tests.
    final class Nginx {
        static let program = Program.find("nginx")
        static let isInstalled = program != nil && Program.find("openssl") != nil

        let directory = "/tmp/sse-\(UUID().uuidString)"
        var socket: String { directory + "/socket" }
        var authorities: String { directory + "/cert.pem" }
        private let life = Pipe()

        /// Starts it.
        ///
        /// - Parameters:
        ///   - port: The port of the server behind it, on 127.0.0.1.
        ///   - isHTTP2: Whether it offers HTTP/2.
        ///   - isBuffering: Whether it keeps answers back, as it does unless it is told otherwise.
        /// - Throws: If it cannot be started.
        init(before port: Int, isHTTP2: Bool, isBuffering: Bool = false) async throws {
            guard let program = Self.program, let openssl = Program.find("openssl") else {
                throw Program.Failure(description: "not installed")
            }
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true)
            try await Program.run(
                openssl,
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout",
                    directory + "/key.pem", "-out", authorities, "-subj", "/CN=feed.test",
                    "-addext", "subjectAltName=DNS:feed.test",
                ])
            let configuration = configuration(
                port: port, isHTTP2: isHTTP2, isBuffering: isBuffering)
            try Data(configuration.utf8).write(
                to: URL(fileURLWithPath: directory + "/nginx.conf"))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = [
                "-c", #""$@" & read line; kill $!; rm -rf "$0""#, directory, program, "-p",
                directory, "-c", "nginx.conf", "-e", "stderr",
            ]
            process.standardInput = life
            process.standardOutput = FileHandle.nullDevice
            let log = Pipe()
            process.standardError = log
            try process.run()
            try await Self.wait(for: "start worker process", in: log)
        }

        deinit {
            try? life.fileHandleForWriting.close()
        }

        private func configuration(port: Int, isHTTP2: Bool, isBuffering: Bool) -> String {
            """
            daemon off;
            error_log stderr notice;
            worker_processes 1;
            pid nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;
                uwsgi_temp_path t4; scgi_temp_path t5;
                server {
                    listen unix:\(socket) ssl\(isHTTP2 ? " http2" : "");
                    ssl_certificate cert.pem;
                    ssl_certificate_key key.pem;
                    location / {
                        proxy_pass http://127.0.0.1:\(port);
                        proxy_http_version 1.1;
                        proxy_buffering \(isBuffering ? "on" : "off");
                        proxy_set_header Connection "";
                        proxy_set_header X-Protocol $server_protocol;
                    }
                }
            }
            """
        }

        /// Waits for the line that follows the binding of the socket, and reads on until nginx ends.
        private static func wait(for text: String, in log: Pipe) async throws {
            let handle = log.fileHandleForReading
            let (found, find) = AsyncStream.makeStream(of: Bool.self)
            DispatchQueue(label: "Nginx").async {
                var all = ""
                while case let data = handle.availableData, !data.isEmpty {
                    all += String(decoding: data, as: UTF8.self)
                    if all.contains(text) { find.yield(true) }
                }
                find.finish()
            }
            for await _ in found { return }
            throw Program.Failure(description: "nginx did not start")
        }
    }
#endif
