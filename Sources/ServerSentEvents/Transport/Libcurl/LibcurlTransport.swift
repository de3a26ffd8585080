#if os(Linux)
    public import FoundationNetworking

    /// The transport for Linux that pauses a server which is too fast, and costs nothing while a stream
    /// is idle: the system's libcurl, without URLSession around it.
    ///
    /// ```swift
    /// #if os(Linux)
    ///     configuration.transport = .libcurl
    /// #endif
    /// ```
    ///
    /// One thread serves all streams. Each stream has a connection of its own, with HTTP/2 where a TLS
    /// server offers it. An answer that ended by itself leaves its connection for the next request.
    ///
    /// - Cookies, with ``EventStream/Credentials/include``, are shared by all streams of this transport
    ///   and kept in memory only.
    /// - A user and a password in the URL are sent as `Authorization: Basic`, unless the request has a
    ///   field of that name.
    /// - The environment's proxies count: `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`.
    /// - A failed connection is a ``LibcurlError``, the `underlying` one of the stream's error.
    public struct LibcurlTransport: EventTransport {
        var certificateAuthorities: String?
        var unixSocket: String?

        /// Starts a request and returns at once.
        ///
        /// - Parameters:
        ///   - request: The request, complete with all header fields; its body as `httpBody`.
        ///   - channel: Where the answer goes; where libcurl is absent, it fails with
        ///     ``EventStreamError/Code/invalidRequest``.
        /// - Returns: What pauses, resumes and closes the connection.
        public func open(
            _ request: URLRequest, into channel: ResponseChannel
        ) -> any TransportConnection {
            do throws(LibcurlError) {
                let thread = try LibcurlThread.shared()
                return thread.open(LibcurlRequest(request, over: self), into: channel)
            } catch {
                channel.finish(failing: error.beforeConnecting)
                return NoConnection()
            }
        }

        /// The thread that reads from the network, for a task that wants its events with the least delay.
        ///
        /// ```swift
        /// #if os(Linux)
        ///     let prices = Task(executorPreference: LibcurlTransport.taskExecutor) {
        ///         for try await event in EventStream(url: url, configuration: configuration) {
        ///             book.apply(event)
        ///         }
        ///     }
        /// #endif
        /// ```
        ///
        /// An event then reaches its loop without a switch to another thread, which is most of its way:
        /// see <doc:ChoosingATransport>. What such a task does between two events holds up every stream
        /// over this transport: keep it short, and never block.
        ///
        /// `nil`, which is no preference, where libcurl is absent.
        public static var taskExecutor: (any TaskExecutor)? {
            do throws(LibcurlError) { return try LibcurlThread.shared() } catch { return nil }
        }

        /// The reins of a connection that was never made.
        private struct NoConnection: TransportConnection {
            func pause() {}
            func resume() {}
            func close() {}
        }
    }

    extension EventTransport where Self == LibcurlTransport {
        /// The system's libcurl.
        public static var libcurl: LibcurlTransport { LibcurlTransport() }

        /// The system's libcurl, for a server with a private certificate or on a Unix socket.
        ///
        /// - Parameters:
        ///   - certificateAuthorities: The path of a PEM file with the authorities to trust, in place of
        ///     the system's.
        ///   - unixSocket: The path of the socket to connect to, whatever host the URL names.
        /// - Returns: The transport.
        public static func libcurl(
            certificateAuthorities: String? = nil, unixSocket: String? = nil
        ) -> LibcurlTransport {
            LibcurlTransport(
                certificateAuthorities: certificateAuthorities, unixSocket: unixSocket)
        }
    }
#endif
