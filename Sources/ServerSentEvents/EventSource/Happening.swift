/// What the listeners of a source are told of.
enum Happening: Sendable {
    case event(ServerSentEvent)
    case opened(ResponseHead)
    indirect case failed(EventStreamError)
    case changed(EventSource.ReadyState)

    /// How many bytes it counts against the limit of a listener.
    var weight: Int {
        switch self {
        case .event(let event):
            event.data.utf8.count + event.type.utf8.count + event.lastEventID.utf8.count
        case .opened, .failed, .changed: 0
        }
    }
}

/// What a listener wants to be told of.
enum Interest: Sendable, Equatable {
    /// Events of one type, or of all.
    case events(ofType: String?)
    case opens
    case errors
    case readyStates
    /// All but the states, which are no news later on.
    case everything

    func covers(_ happening: Happening) -> Bool {
        switch (self, happening) {
        case (.events(let type?), .event(let event)): event.type.hasBytes(of: type)
        case (.events(nil), .event), (.opens, .opened), (.errors, .failed),
            (.readyStates, .changed):
            true
        case (.everything, .changed): false
        case (.everything, _): true
        case (.events, _), (.opens, _), (.errors, _), (.readyStates, _): false
        }
    }
}
