import Foundation
import MockServer
import Testing

@testable import sse

/// The files of the inspector's page.
@Suite(.timeLimit(.minutes(1)))
struct InspectorPageTests {
    private func text(_ page: InspectorPage) async throws -> String {
        var text = ""
        try await InspectedServer.run([:]) { inspected in
            text = try await inspected.request("/.inspector/" + page.rawValue).body
        }
        return text
    }

    @Test(arguments: InspectorPage.allCases)
    func nothingIsLoadedFromElsewhere(page: InspectorPage) async throws {
        try await InspectedServer.run([:]) { inspected in
            let answer = try await inspected.request("/.inspector/" + page.rawValue)
            let policy = try #require(answer.headers["Content-Security-Policy"] as? String)
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'; "))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(answer.headers["X-Content-Type-Options"] as? String == "nosniff")
            #expect(!answer.body.contains("://"))
            #expect(!answer.body.contains("innerHTML"))
            for name in answer.body.matches(of: /\/\.inspector\/([a-z]+\.[a-z]+)/).map(\.1) {
                #expect(InspectorPage(String(name)) != nil)
            }
        }
    }

    @Test func everyFieldHasALabel() async throws {
        let document = try await text(.document)
        for id in document.matches(of: /<(?:input|select|textarea) id="([a-z]+)"/).map(\.1) {
            #expect(document.contains("<label for=\"\(id)\">"), "\(id)")
        }
    }

    /// WCAG's ratio of 4.5 for every text, in the light and in the dark.
    @Test(arguments: [0, 1])
    func textsStandOut(theme: Int) async throws {
        let themes = try await text(.style).components(separatedBy: "@media (prefers-color-scheme")
        var colours: [String: Double] = [:]
        for match in themes[theme].matches(of: /--([a-z-]+): #([0-9a-f]{6});/) {
            colours[String(match.1)] = try luminance(String(match.2))
        }
        for (text, back) in [
            ("text", "card"), ("text", "back"), ("text", "sunk"), ("muted", "card"),
            ("muted", "sunk"), ("good", "good-back"), ("warn", "warn-back"), ("bad", "bad-back"),
            ("bad", "card"), ("on-accent", "accent"),
        ] {
            let (one, other) = (try #require(colours[text]), try #require(colours[back]))
            let ratio = (max(one, other) + 0.05) / (min(one, other) + 0.05)
            #expect(ratio >= 4.5, "\(text) on \(back)")
        }
    }

    private func luminance(_ hex: String) throws -> Double {
        let value = try #require(Int(hex, radix: 16))
        let channels = [value >> 16, value >> 8 & 0xFF, value & 0xFF].map { channel in
            let part = Double(channel) / 255
            return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }
}
