import Foundation
import MockServer
import RealPrograms
import Testing

@testable import sse

extension RunningTests {
    /// The inspector's page in a real browser.
    @Suite(.enabled(if: Chromium.isInstalled, "no Chromium is installed"))
    struct InspectorBrowserTests {
        @Test func thePageShowsAndDrives() async throws {
            let script: Script = [
                "/test": [.page(Self.visit)],
                "/feed": [.stream([.event("one", id: "1"), .gate("go"), .hold]), .repeatLast],
                "/result": [.status(204)],
            ]
            let file = try TemporaryFile(
                String(decoding: try JSONEncoder().encode(script), as: UTF8.self))
            let tool = try Tool(["serve", file.path])
            let url = try #require(await tool.line())
            let result = try await Chromium.show(#require(URL(string: url + "/test"))) { _ in
                while let line = await tool.line() {
                    if line.contains("/result?") { return line as String? }
                }
                return nil
            }
            #expect(result == "#1 POST /result?ok came")
            tool.signal(SIGTERM)
            let journal = await tool.ended().output
            #expect(!journal.contains("inspector"))
            // What the page did is in it, though: the browser's own stream.
            #expect(journal.contains("#2 GET /feed came"))
        }

        @Test func aPageOfAnotherSiteCanDoNothing() async throws {
            let file = try TemporaryFile(
                #"{"/feed": [{"stream": [{"gate": "go"}, {"event": "opened"}, "hold"]}]}"#)
            let tool = try Tool(["serve", file.path])
            let url = try #require(await tool.line())
            try await withServer { other in
                other.script("/test", [.page(Self.attack(url))])
                other.script("/result", [.status(204)])
                let result = try await Chromium.show(other.url("/test")) { _ in
                    try await other.connection(1, on: "/result")
                }
                #expect(result.request.query == "refused-unread-unread-unread")
            }
            // The gate is closed still.
            _ = try await Tool.run(
                url + "/feed", "--idle-timeout", "0.2", "--max-attempts", "1", "--reconnect",
                "never")
            while let line = await tool.line(), !line.contains("stopped at step 1 of 3") {}
            tool.signal(SIGTERM)
            #expect(await tool.ended().output.contains("stopped at step 1 of 3"))
        }
    }
}

extension Reply {
    /// A page that runs a script, and tells the server how it went.
    fileprivate static func page(_ script: String) -> Reply {
        .status(
            200, headers: ["Content-Type": "text/html; charset=utf-8"],
            body: """
                <!DOCTYPE html><link rel="icon" href="data:,"><body><script type="module">
                const tell = (text) =>
                    fetch("/result?" + encodeURIComponent(text), { method: "POST" });
                try { await run(); } catch (error) { tell("failed: " + error); }
                async function run() {
                \(script)
                }
                </script></body>
                """)
    }
}

extension RunningTests.InspectorBrowserTests {
    /// Opens the inspector's page, presses its buttons as a person would, and looks at what it shows.
    fileprivate static let visit = #"""
        const page = window.open("/");
        await new Promise((done) => page.addEventListener("load", done));
        const find = (selector) => page.document.querySelector(selector);
        const text = (selector) => find(selector)?.textContent ?? "";
        // Resolves as soon as it is so: the page is looked at whenever it changes.
        const until = (what, isSo) => new Promise((done, fail) => {
            const look = () => { if (isSo()) { watch.disconnect(); clearTimeout(late); done(); } };
            const late = setTimeout(() => fail(what), 20000);
            const watch = new page.MutationObserver(look);
            watch.observe(page.document,
                { subtree: true, childList: true, characterData: true, attributes: true });
            look();
        });
        await until("live", () => text("#state") === "live");

        find("#path").value = "/feed";
        find("#connect").click();
        await until("the first event", () => text("#events pre") === "one");
        await until("the step", () =>
            find(".steps li:nth-child(2) .chip.open")?.textContent === "#1");
        await until("the journal", () => text("#journal li").includes("GET /feed"));

        find("#type").value = "greeting";
        find("#data").value = "<b>hello</b>";
        find("#send button").click();
        await until("what was sent", () => text("#events pre") === "<b>hello</b>");
        if (find("#events pre b")) throw "it is no text";
        await until("the answer", () => text("#answer") === "Sent to 1 connection.");

        // On one connection alone from here on.
        find(".chip.open").click();
        await until("the choice", () => find(".chip.open").ariaPressed === "true");
        find("#stall").click();
        await until("the stall", () => find(".chip.stalled") && text("#journal").includes("stalled"));
        find("#resume").click();
        await until("the resumption", () => find(".chip.open") && !find(".chip.stalled"));

        find("#gates button").click();
        await until("the gate", () =>
            find("#gates button").disabled
            && find(".steps li:nth-child(3) .chip.open")?.textContent === "#1");

        find("#reset").click();
        await until("the reset", () => text("#client-state") === "reconnecting");
        await until("the second connection", () => find(".steps .chip.open")?.textContent === "#2");
        find("#connect").click();
        await until("the end", () => text("#journal li").includes("the client left"));

        const foreign = page.performance.getEntriesByType("resource")
            .filter((entry) => !entry.name.startsWith(location.origin));
        if (foreign.length) throw foreign[0].name;
        const violated = new Promise((done) =>
            page.document.addEventListener("securitypolicyviolation", done));
        page.fetch("http://127.0.0.1:9/").catch(() => {});
        const violation = await violated;
        if (violation.effectiveDirective !== "connect-src") throw violation.effectiveDirective;
        tell("ok");
        """#

    /// Tries what a page of another site could: to order and to read.
    fileprivate static func attack(_ url: String) -> String {
        """
        const root = "\(url)/.inspector/";
        const post = (options) => fetch(root + "gate",
            { method: "POST", body: '{"gate":"go"}', ...options });
        const results = [];
        // A form's request goes out; what it does, the test sees.
        await post({ mode: "no-cors" }).catch(() => {});
        await post({ headers: { "Content-Type": "application/json" } })
            .then(() => results.push("obeyed"), () => results.push("refused"));
        for (const name of ["script", "main.js"]) {
            await fetch(root + name)
                .then(() => results.push("read"), () => results.push("unread"));
        }
        results.push(await new Promise((done) => {
            const source = new EventSource(root + "events");
            source.onopen = () => done("read");
            source.onerror = () => { source.close(); done("unread"); };
        }));
        tell(results.join("-"));
        """
    }
}
