/// What a person sees of a text with the few control sequences that the tool uses.
///
/// Every character is one column wide here, and the screen does not scroll.
struct Screen {
    private(set) var lines = [[Character]()]
    private(set) var row = 0
    private(set) var column = 0

    /// Sequences that it does not know.
    private(set) var unknown: [String] = []

    init(_ text: String) {
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\r": column = 0
            case "\n":
                row += 1
                while lines.count <= row { lines.append([]) }
            case "\u{1B}":
                let end = rest.firstIndex { $0.properties.isAlphabetic } ?? rest.endIndex
                let sequence = String(rest[..<end])
                let final = rest[end...].first
                rest = rest[end...].dropFirst()
                obey(sequence, final)
            default: put(Character(scalar))
            }
        }
    }

    /// The lines that have something, without what is blank at their ends.
    var text: [String] {
        lines.map { String($0) }.filter { !$0.isEmpty }
    }

    private mutating func put(_ character: Character) {
        while lines[row].count <= column { lines[row].append(" ") }
        lines[row][column] = character
        column += 1
    }

    private mutating func obey(_ sequence: String, _ final: Unicode.Scalar?) {
        switch (sequence, final) {
        case ("[", "J"):
            lines[row].removeLast(max(0, lines[row].count - column))
            lines.removeLast(lines.count - row - 1)
        case (_, "m"): break
        default: unknown.append(sequence)
        }
    }
}
