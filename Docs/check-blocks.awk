# Makes source files of the Swift blocks of one document: see Docs/check.
#
# Reads the document `file` and writes below the folder `output`: what a reader is told to write into
# a file, into Followed; the rest into Tests/Blocks and Manifests.

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

# What the reader of a tutorial has to write into this file, or to add to it.
function writeFollowed(path, isThere) {
    sub(/`:$/, "", before)
    path = before
    sub(/.*`/, "", path)
    sub("`" path, "", before)
    if (path ~ /^(Sources|Tests).*swift$/) verbatim = sourceLocation() verbatim
    path = output "/Followed/" path
    isThere = system("test -e " path) == 0
    if (before ~ /[Aa]dd (this )?to $/) {
        if (!isThere) fail(start, "no block before this one is to be written into this file")
        printf "\n%s", verbatim >> path
    } else {
        system("mkdir -p $(dirname " path ")")
        printf "%s", verbatim > (path (isThere ? ".again" : ""))
        close(path (isThere ? ".again" : ""))
        if (isThere && system("cmp -s " path " " path ".again"))
            fail(start, "another block is to be written into the same file")
        if (isThere) system("rm " path ".again")
    }
    close(path)
}

# Errors then point to the line of the document.
function sourceLocation() {
    return "#sourceLocation(file: \"" file "\", line: " start + 1 ")\n"
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
        foot = "} catch {\n" \
            "printed.fail(\"it throws \\(error)\", in: \"" file "\", line: " start ")\n}\n" \
            "printed.expect(###\"\"\"\n" expected "\"\"\"###, in: \"" file "\"," \
            " line: " prints ")\n}\n"
    } else if (imports == "") {
        head = usualImports "private func " name "() async throws {\n" \
            "var configuration = EventStream.Configuration()\n" \
            "_ = configuration\nconfiguration.lastEventID = \"\"\ndo {\n"
        foot = "}\n}\n"
    } else {
        head = imports "struct " name " {\n"
        foot = "}\n"
    }
    printf "%s%s%s#sourceLocation()\n%s", head, sourceLocation(), body, foot > path
    close(path)
}

function finish() {
    name = file "-" start
    gsub(/[^A-Za-z0-9]/, "_", name)
    if (before ~ /`(Package|(Sources|Tests)\/[^`]+)\.(swift|json)`:$/) writeFollowed()
    else if (language == "json") ;
    else if (body ~ /^\/\/ swift-tools-version/ || body ~ /^dependencies:/) writeManifest()
    else writeSource()
    state = before = ""
}

BEGIN {
    usualImports = "import Foundation\nimport MockServer\nimport ServerSentEvents\n" \
        "import Testing\n#if canImport(FoundationNetworking)\n" \
        "import FoundationNetworking\n#endif\n"
}

{ line = text($0) }

state == "block" {
    if (line != "```") verbatim = verbatim line "\n"
    # A comment behind `print` is what that prints.
    if (line ~ /print\(.*\)  \/\/ /) {
        if (!prints) prints = NR
        expected = expected substr(line, index(line, ")  // ") + 6) "\n"
    }
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

line == "" {
    isParted = 1
    next
}

line == "It prints:" {
    if (state != "after") fail(NR, "no Swift block stands before this")
    state = "prints"
    next
}

state == "prints" {
    if (line != "```") fail(NR, "what is printed has to stand here, in a block without a language")
    state = "output"
    expected = ""
    prints = NR + 1
    next
}

state == "after" { finish() }

line == "```swift" || line == "```json" {
    state = "block"
    language = substr(line, 4)
    start = NR
    body = imports = verbatim = expected = ""
    prints = 0
    next
}

# The paragraph above a block may name the file that the block is to be written into.
{
    before = isParted ? line : before " " line
    isParted = 0
}

END {
    if (failed) exit 1
    if (state == "after") finish()
    else if (state != "") fail(NR, "the block does not end")
}
