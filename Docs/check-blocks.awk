# Makes source files of the Swift blocks of one document: see Docs/check.
#
# Reads the document `file`, writes below the folder `output`.

# The text of a line: of a source file, only its documentation comments.
function text(line) {
    if (file !~ /\.swift$/) return line
    if (line !~ /^ *\/\/\//) return ""
    sub(/^ *\/\/\/ ?/, "", line)
    return line
}

function fail(line, problem) {
    print file ":" line ": error: " problem > "/dev/stderr"
    exit failed = 1
}

function writeManifest(path) {
    path = output "/Manifests/" name
    system("mkdir -p " path)
    path = path "/Package.swift"
    if (body ~ /^dependencies:/) {
        sub(/,\n$/, "\n", body)
        body = "// swift-tools-version: 6.2\nimport PackageDescription\n" \
            "let package = Package(name: \"App\",\n" body ")\n"
    }
    printf "%s", body > path
    close(path)
}

function writeSource(path, head, foot) {
    path = output "/Tests/Blocks/" name ".swift"
    if (prints) {
        head = (imports == "" ? usualImports : imports "import Testing\n") \
            "private let printed = Printed()\n" \
            "private func print(_ items: Any..., separator: String = \" \"," \
            " terminator: String = \"\\n\") {\n" \
            "printed.append(items, separator: separator, terminator: terminator)\n}\n" \
            "@Test(.timeLimit(.minutes(1))) func " name "() async throws { do {\n"
        foot = "} catch { printed.fail(\"it throws \\(error)\", in: \"" file "\", line: " start ") }\n" \
            "printed.expect(###\"\"\"\n" expected "\"\"\"###, in: \"" file "\", line: " \
            prints ")\n}\n"
    } else if (imports == "") {
        head = usualImports "private func " name "() async throws {\n" \
            "var configuration = EventStream.Configuration()\n" \
            "_ = configuration\nconfiguration.lastEventID = \"\"\ndo {\n"
        foot = "}\n}\n"
    } else {
        head = imports "struct " name " {\n"
        foot = "}\n"
    }
    # Errors then point to the line of the document.
    printf "%s#sourceLocation(file: \"%s\", line: %d)\n", head, file, start + 1 > path
    printf "%s#sourceLocation()\n%s", body, foot > path
    close(path)
}

function finish() {
    name = file "-" start
    gsub(/[^A-Za-z0-9]/, "_", name)
    if (body ~ /^\/\/ swift-tools-version/ || body ~ /^dependencies:/) writeManifest()
    else writeSource()
    state = ""
}

BEGIN {
    usualImports = "import Foundation\nimport MockServer\nimport ServerSentEvents\n" \
        "import Testing\n#if canImport(FoundationNetworking)\n" \
        "import FoundationNetworking\n#endif\n"
}

{ line = text($0) }

state == "block" {
    if (line == "```") {
        state = "after"
    } else if (line ~ /^import / && body !~ /^\/\/ swift-tools-version/) {
        imports = imports line "\n"
        body = body "\n"
    } else {
        body = body line "\n"
    }
    next
}

state == "output" {
    if (line == "```") finish()
    else expected = expected line "\n"
    next
}

line == "" { next }

line == "It prints:" {
    if (state != "after") fail(NR, "no Swift block stands before this")
    state = "prints"
    next
}

state == "prints" {
    if (line != "```") fail(NR, "what is printed has to stand here, in a block without a language")
    state = "output"
    prints = NR + 1
    next
}

state == "after" { finish() }

line == "```swift" {
    state = "block"
    start = NR
    body = imports = expected = ""
    prints = 0
}

END {
    if (failed) exit 1
    if (state == "after") finish()
    else if (state != "") fail(NR, "the block does not end")
}
