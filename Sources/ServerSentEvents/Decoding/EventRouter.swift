public import Foundation

/// What becomes of each type of event: a value of one type, usually an enumeration.
///
/// ```swift
/// struct Alert: Decodable, Sendable {
///     let text: String
/// }
/// enum Market: Sendable {
///     case price(Price)
///     case alert(Alert)
/// }
/// let router = EventRouter<Market>()
///     .on("price", Market.price)
///     .on("alert", Market.alert)
///
/// for try await update in stream.route(router) {
///     switch update {
///     case .price(let price): print(price.symbol, price.amount)
///     case .alert(let alert): print(alert.text)
///     }
/// }
/// ```
public struct EventRouter<Output>: Sendable {
    private let unknownTypes: UnknownTypes
    private let decoder: JSONDecoder
    /// By the bytes of the type, as the standard compares: strings that only look alike are equal.
    private var routes: [[UInt8]: @Sendable (ServerSentEvent, JSONDecoder) throws -> Output?] = [:]

    /// Creates a router that knows no types yet.
    ///
    /// - Parameters:
    ///   - unknownTypes: What becomes of events of other types than those added later.
    ///   - decoder: The decoder of all payloads.
    public init(unknownTypes: UnknownTypes = .skip, decoder: JSONDecoder = JSONDecoder()) {
        self.unknownTypes = unknownTypes
        self.decoder = decoder
    }

    /// A router that also knows a type of event, whose data are JSON.
    ///
    /// - Parameters:
    ///   - type: The events' type, `message` for those without a name; added before, it is replaced.
    ///   - payload: What their data are decoded as.
    ///   - transform: Makes the value from the payload, such as a case of an enumeration; what it
    ///     throws is an error with the code ``EventStreamError/Code/decodingFailed``.
    /// - Returns: The router.
    public func on<Payload: Decodable & Sendable>(
        _ type: String, as payload: Payload.Type = Payload.self,
        _ transform: @escaping @Sendable (Payload) throws -> Output
    ) -> EventRouter {
        adding(type) { try transform($0.decode(payload, using: $1)) }
    }

    /// A router that also knows a type of event, which it hands over as it is.
    ///
    /// ```swift
    /// struct Update {
    ///     let price: Price
    ///     let id: String
    /// }
    /// let router = EventRouter<Update>().on("price") { event in
    ///     Update(price: try event.decode(Price.self), id: event.lastEventID)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - type: The events' type, `message` for those without a name; added before, it is replaced.
    ///   - transform: Makes the value from the event; what it throws is an error with the code
    ///     ``EventStreamError/Code/decodingFailed``.
    /// - Returns: The router.
    public func on(
        _ type: String, _ transform: @escaping @Sendable (ServerSentEvent) throws -> Output
    ) -> EventRouter {
        adding(type) { event, _ in try transform(event) }
    }

    /// A router that also knows a type of event of which nothing becomes, say `ping`.
    ///
    /// - Parameter type: The events' type; added before, it is replaced.
    /// - Returns: The router.
    public func skip(_ type: String) -> EventRouter {
        adding(type) { _, _ in nil }
    }

    private func adding(
        _ type: String,
        _ route: @escaping @Sendable (ServerSentEvent, JSONDecoder) throws -> Output?
    ) -> EventRouter {
        var router = self
        router.routes[Array(type.utf8)] = route
        return router
    }

    /// What becomes of an event.
    ///
    /// ```swift
    /// let router = EventRouter<Double>().on("price") { (price: Price) in price.amount }
    /// let amount = try router.output(for: ServerSentEvent(type: "price", data: "{}"))
    /// ```
    ///
    /// - Parameter event: The event.
    /// - Returns: The value; `nil` if the event is skipped.
    /// - Throws: An ``EventStreamError`` with the code ``EventStreamError/Code/decodingFailed`` or
    ///   ``EventStreamError/Code/unknownType``.
    public func output(for event: ServerSentEvent) throws(EventStreamError) -> Output? {
        guard let route = routes[Array(event.type.utf8)] else {
            return try unknownTypes.output(for: event)
        }
        do {
            return try route(event, decoder)
        } catch let error as EventStreamError {
            throw error
        } catch {
            throw .decodingFailed(event, as: Output.self, error)
        }
    }
}
