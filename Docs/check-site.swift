// What docc does not warn of: symbols without an abstract, an example or a place in a topic group, and
// links that lead nowhere. Run by Docs/build when the site is there.

import Foundation

let root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
let site = root.appendingPathComponent("Docs/.build/site")
var problems: [String] = []

func isThere(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

func files(below folder: URL, withExtension suffix: String) -> [URL] {
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == suffix }
        .sorted { $0.path < $1.path }
}

struct Coverage: Decodable {
    struct Kind: Decodable {
        var name: String
        var isSymbol: Bool
    }

    var referencePath: String
    var kind: Kind
    var hasAbstract: Bool
    var hasCodeListing: Bool
}

func checkSymbols(of module: String) throws {
    let report = root.appendingPathComponent(
        "Docs/.build/\(module).doccarchive/documentation-coverage.json")
    let symbols = try JSONDecoder().decode([Coverage].self, from: Data(contentsOf: report))
        .filter(\.kind.isSymbol)
    // A type alias only names what a protocol asks for.
    let kinds = ["Structure", "Enumeration", "Class", "Protocol", "Extended Protocol"]
    let types = symbols.filter { kinds.contains($0.kind.name) }
    for symbol in symbols where !symbol.hasAbstract {
        problems.append("\(symbol.referencePath) has no abstract")
    }
    for type in types where !type.hasCodeListing {
        problems.append("\(type.referencePath) shows no example")
    }
    print("\(module): \(symbols.count) symbols, \(types.count) types with an example")
    if types.isEmpty { problems.append("\(module) has no types") }
}

struct Page: Decodable {
    struct Group: Decodable {
        var title: String?
        var identifiers: [String]
        var generated: Bool?
    }

    struct Reference: Decodable {
        struct Variant: Decodable {
            var url: String
            var traits: [String]
        }

        var type: String
        var url: String?
        var variants: [Variant]?
    }

    var topicSections: [Group]?
    var references: [String: Reference]?
}

/// The anchors of the headings of a page, which is JSON.
func anchors(in page: URL) throws -> Set<String> {
    func collect(_ value: Any, into anchors: inout Set<String>) {
        if let object = value as? [String: Any] {
            if let anchor = object["anchor"] as? String { anchors.insert(anchor) }
            for value in object.values { collect(value, into: &anchors) }
        } else if let array = value as? [Any] {
            for value in array { collect(value, into: &anchors) }
        }
    }
    var found: Set<String> = []
    collect(try JSONSerialization.jsonObject(with: Data(contentsOf: page)), into: &found)
    return found
}

func checkPages() throws -> Set<String> {
    let folder = site.appendingPathComponent("data")
    let pages = files(below: folder, withExtension: "json")
    var links = 0
    var external: Set<String> = []
    for file in pages {
        let name = String(file.path.dropFirst(folder.path.count + 1))
        let page = try JSONDecoder().decode(Page.self, from: Data(contentsOf: file))
        for group in page.topicSections ?? [] where group.generated == true {
            problems.append("\(name): in no topic group: \(group.identifiers)")
        }
        for (identifier, reference) in page.references ?? [:] {
            links += 1
            // An image is to be there for both appearances.
            let variants = reference.variants ?? []
            for url in variants.map(\.url) where !isThere(site.appendingPathComponent(url)) {
                problems.append("\(name): no image \(url)")
            }
            let traits = variants.flatMap(\.traits)
            if reference.type == "image", !traits.contains("dark") || !traits.contains("light") {
                problems.append("\(name): \(identifier) is not drawn for light and dark")
            }
            guard let link = reference.url, reference.type != "image" else { continue }
            if link.contains("://") {
                external.insert(link)
                continue
            }
            let parts = link.split(separator: "#", maxSplits: 1).map(String.init)
            let data = folder.appendingPathComponent(parts[0] + ".json")
            let html = site.appendingPathComponent(parts[0] + "/index.html")
            if !isThere(data) || !isThere(html) {
                problems.append("\(name): no page \(link)")
            } else if parts.count == 2, try !anchors(in: data).contains(parts[1]) {
                problems.append("\(name): no heading \(link)")
            }
        }
    }
    print("\(pages.count) pages, \(links) links between them")
    if links == 0 { problems.append("the site has no links") }
    return external
}

/// The anchors that a forge gives the headings of a file.
func headings(of text: String) -> Set<String> {
    Set(
        text.components(separatedBy: "\n").filter { $0.hasPrefix("#") }.map { line in
            line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
                .filter { $0.isLetter || $0.isNumber || "- _".contains($0) }
                .replacingOccurrences(of: " ", with: "-")
        })
}

func checkMarkdown() throws -> Set<String> {
    let pattern = try Regex(#"!?\[[^\]]*\]\(([^)\s]+)\)"#)
    var external: Set<String> = []
    var links = 0
    var documents = [root.appendingPathComponent("README.md")]
    for module in modules {
        documents += files(
            below: root.appendingPathComponent("Docs/\(module).docc"), withExtension: "md")
    }
    for file in documents {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: pattern) {
            let link = match.output[1].substring.map(String.init) ?? ""
            if link.contains("://") {
                external.insert(link)
                continue
            }
            links += 1
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let target =
                parts[0].isEmpty
                ? file : file.deletingLastPathComponent().appendingPathComponent(String(parts[0]))
            // docc finds a picture by its name, and a missing one is a problem of the page.
            if match.output[0].substring?.hasPrefix("!") == true { continue }
            if !isThere(target) {
                problems.append("\(file.path): no file \(link)")
            } else if parts.count == 2,
                try !headings(of: String(contentsOf: target, encoding: .utf8)).contains(
                    String(parts[1]))
            {
                problems.append("\(file.path): no heading \(link)")
            }
        }
    }
    print("\(documents.count) documents, \(links) links to files")
    // Who reads the repository instead of the site finds every article, too.
    let readme = try String(contentsOf: documents[0], encoding: .utf8)
    for file in documents {
        let path = file.path.dropFirst(root.path.count + 1)
        let name = file.deletingPathExtension().lastPathComponent
        let isArticle = path.hasSuffix(".docc/\(name).md") && name != "ServerSentEvents"
        if isArticle, !readme.contains("](\(path))") {
            problems.append("README.md does not lead to \(path)")
        }
    }
    return external
}

let modules = CommandLine.arguments.dropFirst()
for module in modules { try checkSymbols(of: module) }
let external = try checkPages().union(checkMarkdown())
print("\(external.count) addresses elsewhere, which are not looked up:")
for address in external.sorted() { print("  \(address)") }
for problem in problems { print("error:", problem) }
exit(problems.isEmpty ? 0 : 1)
