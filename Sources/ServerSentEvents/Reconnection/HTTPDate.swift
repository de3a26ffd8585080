/// Reading the dates in header fields, in their three forms.
///
/// `DateFormatter` is no way to read what a server sends: a combining mark among the digits ends the
/// process inside Foundation on Linux (Swift 6.3).
///
/// Seconds have 64 bits everywhere: an `Int` on a watch has 32, and any server can send a date after
/// 2038.
///
/// Source: [RFC 9110, section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7).
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The seconds from 1970 to a date; `nil` if the text is none.
    ///
    /// The day of the week is not looked at, as the date says it.
    ///
    /// - Parameters:
    ///   - text: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
    ///     `Sun Nov  6 08:49:37 1994`.
    ///   - now: The seconds from 1970 to now. A year of two digits is one of the 21st century, unless
    ///     that is more than 50 years from now.
    /// - Returns: The seconds; negative before 1970.
    static func seconds(_ text: String, now: Int64) -> Int64? {
        let words = text.utf8.split(separator: 0x20).map { String(Substring($0)) }
        switch words.count {
        case 6 where words[5] == "GMT":
            return seconds(year: words[3], month: words[2], day: words[1], time: words[4])
        case 4 where words[3] == "GMT":
            let parts = words[1].split(separator: "-").map(String.init)
            guard parts.count == 3, let year = number(parts[2], digits: 2...2) else { return nil }
            return [2000, 1900].lazy.compactMap { century in
                seconds(
                    year: "\(century + year)", month: parts[1], day: parts[0], time: words[2])
            }.first { $0 <= now + fiftyYears }
        case 5:
            return seconds(year: words[4], month: words[1], day: words[2], time: words[3])
        default:
            return nil
        }
    }

    /// More than this into the future means the century before; with 13 leap days.
    private static let fiftyYears: Int64 = (50 * 365 + 13) * 86_400

    private static func seconds(
        year: String, month: String, day: String, time: String
    ) -> Int64? {
        let parts = time.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let year = number(year, digits: 4...4), let month = months.firstIndex(of: month),
            let day = number(day, digits: 1...2), day > 0, day <= 31, parts.count == 3,
            let hour = number(parts[0], digits: 2...2), hour < 24,
            let minute = number(parts[1], digits: 2...2), minute < 60,
            // A leap second is told as 60.
            let second = number(parts[2], digits: 2...2), second <= 60
        else { return nil }
        return Int64(days(year, month, day)) * 86_400 + Int64((hour * 60 + minute) * 60 + second)
    }

    /// The days from 1970 on; with the year begun in March, a leap day is its last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let isAfterLeapDay = month >= 2
        // 400 years, which are 146,097 days, keep the year before 0 from being negative.
        let year = year + (isAfterLeapDay ? 400 : 399)
        let month = isAfterLeapDay ? month - 2 : month + 10
        // From March on the months have 31, 30, 31, 30, 31 days, again and again.
        let dayOfYear = (153 * month + 2) / 5 + day - 1
        return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468 - 146_097
    }

    private static func number(_ text: String, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }
}
