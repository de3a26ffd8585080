import Testing

@testable import sse

struct ArgumentReaderTests {
    private func read(_ arguments: [String]) -> [ArgumentReader.Argument] {
        var reader = ArgumentReader(arguments)
        var result: [ArgumentReader.Argument] = []
        while let argument = reader.next() { result.append(argument) }
        return result
    }

    @Test func optionsAndOperandsAreToldApart() {
        #expect(
            read(["--a", "--b=c=d", "-e", "-fg", "--h=", "i", "-", "", "--", "-j", "--"]) == [
                .option("--a", attached: nil), .option("--b", attached: "c=d"),
                .option("-e", attached: nil), .option("-f", attached: "g"),
                .option("--h", attached: ""), .operand("i"), .operand("-"), .operand(""),
                .operand("-j"), .operand("--"),
            ])
    }

    @Test func theNextArgumentIsTheValueWhateverItLooksLike() throws {
        var reader = ArgumentReader(["--until", "--", "x"])
        #expect(reader.next() == .option("--until", attached: nil))
        #expect(try reader.value(of: .until) == "--")
        #expect(reader.next() == .operand("x"))
    }
}
