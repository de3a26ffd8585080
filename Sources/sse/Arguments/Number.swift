/// The numbers that options take.
///
/// Stricter than `Double.init`, which also reads `inf`, `nan`, `1e9` and `0x1p3`.
enum Number {
    /// A year: longer waits are slips of the finger.
    static let longest = 31_536_000.0

    /// A whole number from 1.
    static func count(_ text: String, of option: String) throws(UsageError) -> Int {
        guard isDigits(text), let number = Int(text), number >= 1 else {
            throw UsageError(
                "\(option) takes a whole number from 1, not \(text.debugDescription).")
        }
        return number
    }

    /// A time in seconds, with a fraction if need be.
    static func seconds(
        _ text: String, of option: String, isZeroAllowed: Bool, or alternative: String = ""
    ) throws(UsageError) -> Duration {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isNumber = parts.allSatisfy { isDigits(String($0)) }
        guard isNumber, let seconds = Double(text), seconds <= longest,
            isZeroAllowed || seconds > 0
        else {
            let range = isZeroAllowed ? "from 0 up to a year" : "above 0 and up to a year"
            throw UsageError(
                "\(option) takes seconds \(range)\(alternative), not \(text.debugDescription).")
        }
        return .seconds(seconds)
    }

    private static func isDigits(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
