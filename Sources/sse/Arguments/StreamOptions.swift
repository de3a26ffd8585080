/// How a URL is streamed and printed: the command line, checked.
struct StreamOptions: Equatable {
    enum Reconnection: String, CaseIterable {
        case `default`
        case standard
        case never
    }

    enum Transport: String {
        case urlsession
        case libcurl
    }

    enum IdleTimeout: Equatable {
        case off
        case after(Duration)
    }

    // The request
    var headers: [Header] = []
    var method: String?
    /// The values of `-d`, as they were given: `@` stands for a file.
    var data: [String] = []
    var lastEventID: String?
    var keepsCookies = false
    var transport = Transport.urlsession

    // The stream
    var reconnection: Reconnection?
    var retryDelay: Duration?
    var maximumAttempts: Int?
    var idleTimeout: IdleTimeout?
    var maximumEventSize: Int?
    var until: String?

    // The output
    var count: Int?
    var types: Set<String> = []
    var isJSON = false
    var showsUpdates = false
}
