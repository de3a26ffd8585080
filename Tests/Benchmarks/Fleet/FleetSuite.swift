import Foundation

/// How a million clients come back to a server that restarts; writes a plot as well, if asked to.
enum FleetSuite: Suite {
    static let name = "fleet"

    static func run(_ report: Report) async throws {
        var fleets: [(scenario: Scenario, fleet: Fleet)] = []
        for scenario in Scenario.all {
            let fleet = Fleet(scenario)
            fleets.append((scenario, fleet))
            let prefix = "\(name).\(scenario.name)"
            report.add(
                "\(prefix).peak", Double(fleet.peak), unit: "1/s", limit: Double(Fleet.capacity))
            report.add("\(prefix).recovered", Double(fleet.recovered), unit: "s")
            let all = fleet.attempts.reduce(0, +)
            report.add("\(prefix).attempts", Double(all) / Double(Fleet.clients), unit: "each")
        }
        guard let folder = report.plots else { return }
        for theme in FleetPlot.Theme.all {
            let file = folder.appendingPathComponent("fleet\(theme.suffix).svg")
            try FleetPlot(fleets, theme).text.write(to: file, atomically: true, encoding: .utf8)
        }
    }
}
