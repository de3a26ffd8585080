extension String {
    /// The text with control characters spelled out, `\u{1B}`, so that a terminal does not obey
    /// what a server sent: escape sequences can retitle, overwrite and paste.
    ///
    /// Tabs stay. Line breaks do not: the caller splits lines first.
    var withVisibleControls: String {
        guard utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }) else {
            return self
        }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\t": text += "\t"
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
