/// A whole number as a script file writes it.
///
/// Foundation on Linux calls a number that is not whole, or too large, no JSON, and does not tell where
/// it stands (Swift 6.3).
struct WholeNumber: Decodable {
    let value: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            value = try container.decode(Int.self)
        } catch {
            guard let number = try? container.decode(Double.self) else { throw error }
            throw DecodingError.nonsense("\(number) is no whole number of 64 bits", decoder)
        }
    }
}
