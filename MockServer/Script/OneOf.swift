/// One of a few words, as a script file writes it.
struct OneOf<Word: CaseIterable & RawRepresentable<String>>: Decodable {
    let word: Word

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let word = Word(rawValue: text) else {
            let names = Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            let member = decoder.codingPath.last?.stringValue ?? "word"
            throw DecodingError.nonsense(
                "\(text.quoted) is no \(member); there are \(names)", decoder)
        }
        self.word = word
    }
}
