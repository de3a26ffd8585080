#if os(Linux)
    import Foundation
    import RealPrograms

    /// The public symbols of a module, as the compiler lists them.
    struct SymbolGraph: Decodable {
        struct Symbol: Decodable {
            struct Identifier: Decodable {
                var precise: String
            }

            struct Fragment: Decodable {
                var spelling: String
            }

            struct Comment: Decodable {}

            var identifier: Identifier
            var pathComponents: [String]
            var declarationFragments: [Fragment]
            var docComment: Comment?

            var declaration: String { declarationFragments.map(\.spelling).joined() }
            var path: String { pathComponents.joined(separator: ".") }
        }

        struct Relationship: Decodable {
            var kind: String
            var source: String
            var target: String
            var targetFallback: String?
        }

        var symbols: [Symbol]
        var relationships: [Relationship]

        /// A line for each symbol, with what a type conforms to, each type before its members.
        var declarations: [String] {
            let ours = Dictionary(
                symbols.map { ($0.identifier.precise, $0.path) },
                uniquingKeysWith: { one, _ in one })
            var conformances: [String: Set<String>] = [:]
            for relationship in relationships where relationship.kind == "conformsTo" {
                let name = ours[relationship.target] ?? relationship.targetFallback
                conformances[relationship.source, default: []].insert(name ?? relationship.target)
            }
            let sorted = symbols.sorted { one, other in
                one.pathComponents == other.pathComponents
                    ? one.declaration < other.declaration
                    : one.pathComponents.lexicographicallyPrecedes(other.pathComponents)
            }
            return sorted.map { symbol in
                let protocols = (conformances[symbol.identifier.precise] ?? []).subtracting([
                    "Swift.Copyable", "Swift.Escapable", "Swift.SendableMetatype",
                ])
                let line = "\(symbol.path): \(symbol.declaration)"
                return protocols.isEmpty
                    ? line : line + " [\(protocols.sorted().joined(separator: ", "))]"
            }
        }

        /// The symbols that say nothing of themselves.
        ///
        /// What a protocol demands is explained by the protocol.
        var undocumented: [String] {
            let witnesses = Set(
                relationships.filter {
                    ["requirementOf", "defaultImplementationOf"].contains($0.kind)
                }.map(\.source))
            return symbols.filter {
                $0.docComment == nil && !witnesses.contains($0.identifier.precise)
            }.map(\.path).sorted()
        }

        /// Has the compiler list the symbols of a module that is built.
        ///
        /// - Parameters:
        ///   - module: The module's name.
        ///   - root: The folder of the package.
        /// - Returns: Its public symbols.
        /// - Throws: What went wrong.
        static func extracted(from module: String, root: URL) async throws -> SymbolGraph {
            let products = try products()
            let output = FileManager.default.temporaryDirectory
                .appendingPathComponent("symbols-\(UUID())")
            try FileManager.default.createDirectory(
                at: output, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: output) }
            var arguments = [
                "swift", "symbolgraph-extract", "-module-name", module,
                "-minimum-access-level", "public", "-skip-synthesized-members",
                "-output-dir", output.path, "-target", target,
                "-I", products.appendingPathComponent("Modules").path,
            ]
            // The one is written by hand, the other by the build.
            let maps = [
                root.appendingPathComponent("Sources/CLibcurl/include/module.modulemap"),
                products.appendingPathComponent("CLinux.build/module.modulemap"),
            ]
            for map in maps { arguments += ["-Xcc", "-fmodule-map-file=\(map.path)"] }
            try await Program.run("/usr/bin/env", arguments, showsErrors: true)
            // One file of the module's own types, and one for each module whose types it extends.
            let files = try FileManager.default.contentsOfDirectory(
                at: output, includingPropertiesForKeys: nil)
            var all = SymbolGraph(symbols: [], relationships: [])
            for file in files {
                let graph = try JSONDecoder().decode(
                    SymbolGraph.self, from: Data(contentsOf: file))
                all.symbols += graph.symbols
                all.relationships += graph.relationships
            }
            return all
        }

        private static var target: String {
            #if arch(x86_64)
                "x86_64-unknown-linux-gnu"
            #else
                "aarch64-unknown-linux-gnu"
            #endif
        }

        /// The folder of the tests that run, which holds the modules as well.
        private static func products() throws -> URL {
            let maps = try String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
            let bundle = maps.split(separator: "\n").first { $0.hasSuffix(".xctest") }
            guard let bundle, let start = bundle.firstIndex(of: "/") else {
                throw Program.Failure(description: "the tests are in no file that ends in .xctest")
            }
            return URL(fileURLWithPath: String(bundle[start...])).deletingLastPathComponent()
        }
    }
#endif
