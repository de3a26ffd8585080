#if os(Linux)
    extension ResponseHead {
        /// Reads the lines of a head, of which the first is the status line.
        init(status: Int, lines: some Sequence<UInt8>) {
            let lines = Array(lines).split(separator: UInt8(ascii: "\n"))
            var fields: [HeaderFields.Field] = []
            for line in lines.dropFirst() {
                let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
                if Self.isBlank(line.first) {
                    // The line before goes on: RFC 9112, section 5.2.
                    guard let last = fields.indices.last else { continue }
                    let text = Self.text(line)
                    // Without it the value would get white space around it.
                    guard !text.isEmpty else { continue }
                    fields[last].value += fields[last].value.isEmpty ? text : " " + text
                } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                    fields.append(
                        HeaderFields.Field(
                            name: Self.text(line[..<colon]),
                            value: Self.text(line[(colon + 1)...])))
                }
            }
            self.init(status: status, headers: HeaderFields(fields))
        }

        private static func isBlank(_ byte: UInt8?) -> Bool {
            byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        }

        /// The text without the white space around it; bytes that are no UTF-8 are ISO 8859-1.
        private static func text(_ bytes: ArraySlice<UInt8>) -> String {
            let start = bytes.drop { isBlank($0) }
            let end = start.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start.startIndex
            let trimmed = start[..<end]
            return String(validating: trimmed, as: UTF8.self)
                ?? String(String.UnicodeScalarView(trimmed.map { Unicode.Scalar($0) }))
        }
    }
#endif
