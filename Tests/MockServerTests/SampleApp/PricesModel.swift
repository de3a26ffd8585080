import Foundation
import Observation
import ServerSentEvents

/// What a screen of an app shows: the latest prices, and how the connection is.
@MainActor @Observable final class PricesModel {
    enum Status: Equatable {
        case connecting
        case live
        case reconnecting(in: Duration)
        case over
        case failed(String)
    }

    struct Price: Decodable {
        let symbol: String
        let price: Double
    }

    private(set) var prices: [String: Double] = [:]
    private(set) var status = Status.connecting

    private let stream: EventStream

    init(_ stream: EventStream) {
        self.stream = stream
    }

    /// Shows what comes until the task is cancelled, as SwiftUI's `.task`
    /// does when the screen goes.
    func run() async {
        do {
            for try await update in stream.updates { try show(update) }
            status = .over
        } catch let error as EventStreamError {
            status = .failed(error.message)
        } catch {
            status = .failed("The server sent a price that is none.")
        }
    }

    private func show(_ update: EventStream.Update) throws {
        switch update {
        case .open: status = .live
        case .disconnected(let disconnect):
            status = .reconnecting(in: disconnect.retryAfter)
        case .event(let event) where event.type == "price":
            let data = Data(event.data.utf8)
            let price = try JSONDecoder().decode(Price.self, from: data)
            prices[price.symbol] = price.price
        default: break
        }
    }
}
