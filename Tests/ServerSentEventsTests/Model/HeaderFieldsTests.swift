import Testing

@testable import ServerSentEvents

@Suite struct HeaderFieldsTests {
    @Test func looksUpInAnyCase() {
        let fields: HeaderFields = ["Content-Type": "text/event-stream"]
        #expect(fields["content-TYPE"] == "text/event-stream")
        #expect(fields["content-typ"] == nil)
    }

    @Test func joinsRepeatedFields() {
        let fields: HeaderFields = ["Vary": "Accept", "vary": "Origin"]
        #expect(fields["Vary"] == "Accept, Origin")
        #expect(fields.count == 2)
    }

    @Test func settingReplacesEveryFieldOfTheName() {
        var fields: HeaderFields = ["A": "1", "B": "2", "a": "3"]
        fields["a"] = "4"
        #expect(
            fields == HeaderFields([.init(name: "B", value: "2"), .init(name: "a", value: "4")]))
        fields["A"] = nil
        #expect(fields.map(\.name) == ["B"])
    }
}
