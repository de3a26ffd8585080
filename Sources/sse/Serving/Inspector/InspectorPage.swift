import MockServer

/// A file of the page, as it is in the tool.
enum InspectorPage: String, CaseIterable {
    case document = ""
    case style = "style.css"
    case main = "main.js"
    case journal = "journal.js"
    case script = "script.js"
    case controls = "controls.js"
    case client = "client.js"
    case elements = "elements.js"

    init?(_ name: String) {
        self.init(rawValue: name)
    }

    /// Nothing but these files and the inspector's own answers is loaded, no script stands in the
    /// document, and no other page can show it in a frame to have its buttons clicked.
    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """

    var reply: Reply {
        .text(String(decoding: bytes, as: UTF8.self), type, policy: Self.policy)
    }

    private var type: String {
        switch self {
        case .document: "text/html"
        case .style: "text/css"
        case .main, .journal, .script, .controls, .client, .elements: "text/javascript"
        }
    }

    private var bytes: [UInt8] {
        switch self {
        case .document: PackageResources.index_html
        case .style: PackageResources.style_css
        case .main: PackageResources.main_js
        case .journal: PackageResources.journal_js
        case .script: PackageResources.script_js
        case .controls: PackageResources.controls_js
        case .client: PackageResources.client_js
        case .elements: PackageResources.elements_js
        }
    }
}
