import Dispatch
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
    import Locking

    /// Pauses single transfers of FoundationNetworking, by way of its private parts.
    ///
    /// Its public way, `suspend`, closes the connection. So this finds the task's libcurl handle by
    /// reflection, as the layout below says, and calls `curl_easy_pause` itself. Each step is checked
    /// by name and type; at the first that does not match it turns itself off for good, and there is
    /// one diagnostic to be had.
    ///
    /// All that matters runs on the task's work queue, where FoundationNetworking changes what is read
    /// here and makes every other call of that libcurl handle.
    final class TransferPause: Sendable {
        /// The names of the private parts (Swift 6.3).
        struct Layout: Sendable {
            var queue = "workQueue"
            var storage = "_protocolStorage"
            var existing = "existing"
            var easyHandle = "easyHandle"
            var rawHandle = "rawHandle"
            var multiHandle = "multiHandle"
            /// The library that FoundationNetworking is linked to: another libcurl in the process
            /// would make nothing of its handles.
            var library = "libcurl.so.4"
            var function = "curl_easy_pause"
            var multiFunction = "curl_multi_setopt"
            var easyFunction = "curl_easy_setopt"
        }

        private enum State {
            case on
            case off(diagnostic: String?)
        }

        private typealias Function =
            @convention(c) @Sendable (UnsafeMutableRawPointer, CInt) -> CInt

        /// On Linux, arguments past the `...` are passed as any others.
        private typealias OptionFunction =
            @convention(c) @Sendable (UnsafeMutableRawPointer, CInt, CLong) -> CInt

        static let shared = TransferPause()

        private let layout: Layout
        private let function: Function?
        private let multiFunction: OptionFunction?
        private let easyFunction: OptionFunction?
        private let state = Protected(State.on)
        private let places = Protected([String: Place]())

        init(layout: Layout = Layout()) {
            self.layout = layout
            let library = dlopen(layout.library, RTLD_NOLOAD | RTLD_LAZY)
            function = library.flatMap { dlsym($0, layout.function) }
                .map { unsafeBitCast($0, to: Function.self) }
            multiFunction = library.flatMap { dlsym($0, layout.multiFunction) }
                .map { unsafeBitCast($0, to: OptionFunction.self) }
            easyFunction = library.flatMap { dlsym($0, layout.easyFunction) }
                .map { unsafeBitCast($0, to: OptionFunction.self) }
        }

        /// Has each transfer of a session, which has none yet, use a connection of its own.
        ///
        /// Over HTTP/2 they would share one that is read as long as any of them is not paused: what
        /// came for the others meanwhile would arrive at once when they go on.
        func separateTransfers(of session: URLSession) {
            guard isOn else { return }
            guard let multiFunction,
                let multiHandle = child(layout.multiHandle, of: session) as? AnyObject,
                let handle = child(layout.rawHandle, of: multiHandle) as? UnsafeMutableRawPointer,
                multiFunction(handle, Self.pipelining, 0) == 0
            else { return turnOff() }
        }

        /// `CURLMOPT_PIPELINING`.
        private static let pipelining: CInt = 3

        /// Has a transfer neither wait for its name lookup when it ends, nor leave an address behind for
        /// long; on its queue, after it was started.
        ///
        /// All transfers share the thread that would wait, for as long as the resolver takes to give
        /// up. And libcurl keeps an address for 60 s, while the server may have moved.
        ///
        /// - Returns: Whether libcurl knows both settings, for tests.
        @discardableResult
        func settle(_ task: URLSessionTask) -> Bool {
            guard isOn, let easyFunction, let handle = handle(of: task) else { return false }
            let codes = [
                easyFunction(handle, Self.quickExit, 1),
                easyFunction(handle, Self.addressLife, 5),
            ]
            return codes == [0, 0]
        }

        /// `CURLOPT_QUICK_EXIT` and `CURLOPT_DNS_CACHE_TIMEOUT`.
        private static let quickExit: CInt = 322
        private static let addressLife: CInt = 92

        private var isOn: Bool { state.withLock { if case .on = $0 { true } else { false } } }

        /// The work queue of a task that has not been started yet; `nil` if it cannot be paused.
        ///
        /// Once it has, reading this would race with the changes of its neighbours.
        func queue(of task: URLSessionTask) -> DispatchQueue? {
            guard isOn else { return nil }
            guard function != nil, let queue = child(layout.queue, of: task) as? DispatchQueue
            else {
                turnOff()
                return nil
            }
            return queue
        }

        /// Whether a task that is delivering its answer can be paused, which it must; on its queue.
        func check(_ task: URLSessionTask) -> Bool {
            if handle(of: task) != nil { return true }
            turnOff()
            return false
        }

        private func turnOff() {
            state.withLock { state in
                if case .on = state { state = .off(diagnostic: Self.diagnostic) }
            }
        }

        /// Stops or goes on reading; on the task's queue.
        ///
        /// A transfer that is over has no handle any more; between the two, libcurl refuses a handle
        /// that has no connection. FoundationNetworking pauses the sending of uploads from a file
        /// only, so there is no pause of its own to respect.
        func set(_ isPaused: Bool, for task: URLSessionTask) {
            guard let function, let handle = handle(of: task) else { return }
            _ = function(handle, isPaused ? Self.receive : Self.none)
        }

        /// Stops reading and goes on at once; on the task's queue.
        func renew(_ task: URLSessionTask) {
            guard let function, let handle = handle(of: task) else { return }
            _ = function(handle, Self.receive)
            _ = function(handle, Self.none)
        }

        /// What libcurl is to pause: `CURLPAUSE_RECV` and `CURLPAUSE_CONT`.
        private static let receive: CInt = 1
        private static let none: CInt = 0

        /// What there is to say about a layout that does not match; once.
        func takeDiagnostic() -> String? {
            state.withLock { state in
                guard case .off(let diagnostic) = state else { return nil }
                state = .off(diagnostic: nil)
                return diagnostic
            }
        }

        private static let diagnostic = """
            This version of FoundationNetworking is not known, so URLSession cannot be paused: \
            `Limits.bufferMaximum` bounds the memory, and an idle stream may keep a CPU core busy.
            """

        private func handle(of task: URLSessionTask) -> UnsafeMutableRawPointer? {
            guard let storage = child(layout.storage, of: task),
                let loader = child(layout.existing, of: storage) as? URLProtocol,
                let easyHandle = child(layout.easyHandle, of: loader) as? AnyObject
            else { return nil }
            return child(layout.rawHandle, of: easyHandle) as? UnsafeMutableRawPointer
        }

        /// A stored property, or the payload of an enumeration; what lies behind it is not read.
        private func child(_ label: String, of subject: Any) -> Any? {
            let mirror = Mirror(reflecting: subject)
            if let place = places.withLock({ $0[label] }),
                let value = place.value(named: label, in: mirror)
            {
                return value
            }
            guard let place = Place(of: label, in: mirror) else { return nil }
            places.withLock { $0[label] = place }
            return place.value(named: label, in: mirror)
        }

        /// Where a child was the last time: to go through those before it takes 8 % of the time of a
        /// connection of ten events.
        private struct Place {
            /// How many classes above the subject's own.
            var depth = 0
            var offset = 0

            init?(of label: String, in mirror: Mirror) {
                var mirror = mirror
                while true {
                    let labels = mirror.children.lazy.map(\.label)
                    if let offset = labels.enumerated().first(where: { $0.element == label })?
                        .offset
                    {
                        self.offset = offset
                        return
                    }
                    guard let above = mirror.superclassMirror else { return nil }
                    mirror = above
                    depth += 1
                }
            }

            func value(named label: String, in mirror: Mirror) -> Any? {
                var mirror = mirror
                for _ in 0..<depth {
                    guard let above = mirror.superclassMirror else { return nil }
                    mirror = above
                }
                let children = mirror.children
                guard offset < children.count else { return nil }
                let child = children[children.index(children.startIndex, offsetBy: offset)]
                return child.label == label ? child.value : nil
            }
        }
    }
#else
    /// Pauses single transfers: on Apple's platforms suspending is just that.
    final class TransferPause: Sendable {
        static let shared = TransferPause()

        private let queue = DispatchQueue(label: "ServerSentEvents.URLSession.pause")

        func queue(of task: URLSessionTask) -> DispatchQueue? { queue }

        func set(_ isPaused: Bool, for task: URLSessionTask) {
            isPaused ? task.suspend() : task.resume()
        }

        func takeDiagnostic() -> String? { nil }
    }
#endif
