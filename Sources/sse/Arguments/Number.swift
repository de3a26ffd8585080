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

    /// A port of TCP; 0 stands for one that the system chooses.
    static func port(_ text: String, of option: String) throws(UsageError) -> Int {
        guard isDigits(text), let port = UInt16(text) else {
            throw UsageError(
                "\(option) takes a port from 0 to 65535, not \(text.debugDescription).")
        }
        return Int(port)
    }

    /// How many times as fast; beyond a million a wait is no wait.
    static func speed(_ text: String, of option: String) throws(UsageError) -> Double {
        guard isDecimal(text), let speed = Double(text), speed <= 1_000_000,
            speed == 0 || speed >= 0.001
        else {
            throw UsageError(
                "\(option) takes a factor from 0.001 to 1000000, or 0 for no waits, not "
                    + "\(text.debugDescription).")
        }
        return speed
    }

    /// A time in seconds, with a fraction if need be.
    static func seconds(
        _ text: String, of option: String, isZeroAllowed: Bool, or alternative: String = ""
    ) throws(UsageError) -> Duration {
        guard isDecimal(text), let seconds = Double(text), seconds <= longest,
            isZeroAllowed || Duration.seconds(seconds) > .zero
        else {
            let range = isZeroAllowed ? "from 0 up to a year" : "above 0 and up to a year"
            throw UsageError(
                "\(option) takes seconds \(range)\(alternative), not \(text.debugDescription).")
        }
        return .seconds(seconds)
    }

    private static func isDecimal(_ text: String) -> Bool {
        text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            .allSatisfy { isDigits(String($0)) }
    }

    private static func isDigits(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
