/// The header fields of a request or an answer, in order, looked up without regard to case.
///
/// ```swift
/// let fields: HeaderFields = ["Content-Type": "text/event-stream"]
/// print(fields["content-type"] ?? "none")  // text/event-stream
/// ```
///
/// Source: [RFC 9110, section 5](https://www.rfc-editor.org/rfc/rfc9110#section-5).
public struct HeaderFields: Sendable, Hashable {
    /// One header field.
    ///
    /// ```swift
    /// let fields: HeaderFields = ["Cache-Control": "no-cache"]
    /// for field in fields { print(field.name, field.value) }
    /// ```
    public struct Field: Sendable, Hashable {
        /// The field's name, in the case it was given in.
        public var name: String

        /// The field's value, without the white space around it.
        public var value: String

        /// Creates a field.
        ///
        /// - Parameters:
        ///   - name: The field's name.
        ///   - value: The field's value.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    private var fields: [Field]

    /// Creates header fields from a list.
    ///
    /// - Parameter fields: The fields, in order; a name may occur more than once.
    public init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// The value of the field with this name, in any case; several of them joined by `", "`.
    ///
    /// Setting it replaces every field of that name; `nil` removes them.
    ///
    /// - Parameter name: The field's name.
    public subscript(name: String) -> String? {
        get {
            var list: String?
            for field in fields where Self.isSame(field.name, name) {
                if list == nil { list = field.value } else { list?.append(", " + field.value) }
            }
            return list
        }
        set {
            fields.removeAll { Self.isSame($0.name, name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count
            && one.utf8.elementsEqual(other.utf8) { lowercase($0) == lowercase($1) }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

extension HeaderFields: RandomAccessCollection {
    /// The position of the first field.
    public var startIndex: Int { fields.startIndex }

    /// The position after the last field.
    public var endIndex: Int { fields.endIndex }

    /// The field at a position.
    ///
    /// - Parameter position: A valid position.
    public subscript(position: Int) -> Field { fields[position] }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    /// Creates header fields from a literal, in its order.
    ///
    /// - Parameter elements: Names with their values; a name may occur more than once.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0, value: $1) }
    }
}

extension HeaderFields.Field: CustomReflectable {
    /// What `print` and `dump` show: the value only where it can be no credential.
    public var customMirror: Mirror {
        Mirror(
            self, children: ["name": name, "value": Redaction.value(value, ofField: name)],
            displayStyle: .struct)
    }
}
