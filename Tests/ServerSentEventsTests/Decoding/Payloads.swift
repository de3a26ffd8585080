import ServerSentEvents

/// What the events of these tests carry.
struct Price: Codable, Hashable, Sendable {
    enum Currency: String, Codable {
        case euro
    }

    struct Source: Codable, Hashable {
        var name: String
    }

    var amount: Int
    var currency: Currency?
    var sources: [Source]?
    var tags: [String: Int]?
}

struct Alert: Codable, Hashable, Sendable {
    var text: String
}

enum Market: Hashable, Sendable {
    case price(Price)
    case alert(Alert)
    case other(ServerSentEvent)
}

extension AsyncSequence where Failure == EventStreamError {
    /// Every value and every error, until the end or an error that no event is the cause of.
    func results() async -> [Result<Element, EventStreamError>] {
        var results: [Result<Element, EventStreamError>] = []
        var iterator = makeAsyncIterator()
        while true {
            do throws(EventStreamError) {
                guard let value = try await iterator.next(isolation: #isolation) else {
                    return results
                }
                results.append(.success(value))
            } catch {
                results.append(.failure(error))
                if error.event == nil { return results }
            }
        }
    }

    /// The same in words: values, and the codes of errors.
    func lines(_ line: (Element) -> String) async -> [String] {
        await results().map { result in
            switch result {
            case .success(let value): line(value)
            case .failure(let error): "\(error.code)"
            }
        }
    }
}

func requireSendable(_ value: some Sendable) {}
