import Foundation
import RealPrograms

/// How many instructions an event takes, as callgrind counts them: within one percent the same in every
/// run, on however busy a machine.
enum InstructionsSuite: Suite {
    static let name = "instructions"

    private typealias Maker = () throws -> Workload

    /// All works there are; `Benchmarks work <name> <times>` does one of them.
    private static var works: [(name: String, make: Maker)] {
        var works: [(name: String, make: Maker)] = []
        for body in Body.all {
            for (chunk, chunkSize) in [("16KiB", 16 * 1024), ("64B", 64), ("1B", 1)] {
                let name = "\(body.name).\(chunk)"
                let make: Maker = {
                    ParserSuite.workload(name, body, size: 128 * 1024, chunkSize: chunkSize)
                }
                works.append(("\(ParserSuite.name).\(name)", make))
            }
            works.append(
                ("\(ParserSuite.name).\(body.name).byte", { ParserSuite.byteByByte(body) }))
            works.append(
                ("\(ParserSuite.name).\(body.name).1event", { ParserSuite.eventAChunk(body) }))
        }
        for size in ParserSuite.longLines {
            works.append(
                ("\(ParserSuite.name).long-line.\(size)", { ParserSuite.longLine(size) }))
        }
        works.append(("\(IteratorSuite.name).\(Body.llm.name)", IteratorSuite.workload))
        return works
    }

    static func run(_ report: Report) async throws {
        guard let valgrind = Program.find("valgrind"), let strip = Program.find("strip") else {
            return report.skip(name, because: "valgrind or strip is not installed")
        }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "benchmarks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Valgrind does not understand the debug information of a Swift program.
        let program = folder.appending(path: "Benchmarks")
        try await Program.run(strip, ["--strip-debug", "-o", program.path, Child.own.path])
        for (name, make) in works {
            let work = try make()
            // What it takes to start is in both.
            let (few, many) = (1, 3)
            var counts: [Double] = []
            for times in [few, many] {
                let output = folder.appending(path: "\(name).\(times)")
                try await Program.run(
                    valgrind,
                    [
                        "--tool=callgrind", "--callgrind-out-file=\(output.path)", program.path,
                        "work", name, "\(times)",
                    ])
                counts.append(try total(output))
            }
            let each = (counts[1] - counts[0]) / Double(many - few)
            report.add("\(Self.name).\(name)", each / Double(work.bytes.count), unit: "per byte")
            if work.events > 0 {
                report.add("\(Self.name).\(name).event", each / Double(work.events), unit: "each")
            }
        }
    }

    /// Does a work so many times: what a child of this suite is for.
    static func work(_ arguments: ArraySlice<String>) async throws {
        let arguments = Array(arguments)
        guard arguments.count == 2, let times = Int(arguments[1]),
            let work = try works.first(where: { $0.name == arguments[0] })?.make()
        else { exit(64) }
        var total = 0
        for _ in 0..<times { total &+= try await work.run() }
        // Without a use of the sum the work might be left out.
        guard total >= 0 else { throw Workload.WrongCount(name: work.name, count: total) }
    }

    /// The instructions that a file of callgrind's tells.
    private static func total(_ file: URL) throws -> Double {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let summary = lines.last { $0.hasPrefix("totals: ") || $0.hasPrefix("summary: ") }
        guard let count = summary?.split(separator: " ").last.flatMap({ Double($0) }) else {
            throw Child.Failure(text: "callgrind has not counted")
        }
        return count
    }
}
