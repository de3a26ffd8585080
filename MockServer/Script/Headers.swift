import ServerSentEvents

/// The header fields of a request or a reply, in order, looked up without regard to case.
///
/// ```swift
/// let headers: Headers = ["Content-Type": "text/event-stream", "X-Trace": "a"]
/// print(headers["content-type"] ?? "none")  // text/event-stream
/// ```
///
/// In JSON: an array of pairs, `[["X-Trace", "a"]]`; an object, `{"X-Trace": "a"}`, is read too.
public struct Headers: Sendable, Hashable {
    /// One header field.
    ///
    /// ```swift
    /// let headers: Headers = ["Cache-Control": "no-cache"]
    /// for field in headers { print(field.name, field.value) }
    /// ```
    public struct Field: Sendable, Hashable {
        /// The field's name, in the case it was given in.
        public var name: String

        /// The field's value.
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

    /// Creates headers from a list.
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
            let values = fields.lazy.filter { Self.isSame($0.name, name) }.map(\.value)
            return values.isEmpty ? nil : values.joined(separator: ", ")
        }
        set {
            fields.removeAll { Self.isSame($0.name, name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    /// Adds a field after the others.
    ///
    /// - Parameters:
    ///   - name: The field's name; it may occur already.
    ///   - value: The field's value.
    public mutating func append(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// These headers over defaults: a name that occurs here hides the defaults of that name.
    ///
    /// - Parameter defaults: What holds where these headers say nothing.
    /// - Returns: The defaults that remain, then these headers.
    func over(_ defaults: Headers) -> Headers {
        Headers(defaults.fields.filter { self[$0.name] == nil } + fields)
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count && one.lowercased() == other.lowercased()
    }
}

extension Headers: RandomAccessCollection {
    /// The position of the first field.
    public var startIndex: Int { fields.startIndex }

    /// The position after the last field.
    public var endIndex: Int { fields.endIndex }

    /// The field at a position.
    ///
    /// - Parameter position: A valid position.
    public subscript(position: Int) -> Field { fields[position] }
}

extension Headers: ExpressibleByDictionaryLiteral {
    /// Creates headers from a literal, in its order.
    ///
    /// - Parameter elements: Names with their values; a name may occur more than once.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0, value: $1) }
    }
}

extension Headers: Codable {
    /// Reads an array of pairs, or an object (whose fields are then sorted by name).
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // What is in it is decoded only when its form is known, so that an error tells of that one.
        if (try? decoder.container(keyedBy: AnyKey.self)) != nil {
            let object = try container.decode([String: String].self)
            fields = object.sorted { $0.key < $1.key }.map { Field(name: $0.key, value: $0.value) }
        } else if (try? decoder.unkeyedContainer()) != nil {
            fields = try container.decode([HeaderPair].self).map(\.field)
        } else {
            throw DecodingError.nonsense(
                "headers are an object of texts, or an array of pairs: [[\"name\", \"value\"]]",
                decoder)
        }
    }

    /// Writes an array of pairs, which keeps order and repeated names.
    ///
    /// - Parameter encoder: The encoder to write to.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(fields.map(HeaderPair.init))
    }
}

extension Headers.Field: CustomReflectable {
    /// What `print` and `dump` show: the value only where it can be no credential.
    public var customMirror: Mirror {
        Mirror(
            self, children: ["name": name, "value": Redaction.value(value, ofField: name)],
            displayStyle: .struct)
    }
}
