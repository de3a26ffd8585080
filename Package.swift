// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "swift-server-sent-events",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "ServerSentEvents", targets: ["ServerSentEvents"]),
        .library(name: "MockServer", targets: ["MockServer"]),
        .executable(name: "sse", targets: ["sse"]),
    ],
    targets: [
        .target(name: "CLinux"),
        .target(name: "Locking", swiftSettings: settings),
        .target(name: "CLibcurl"),
        .target(
            name: "ServerSentEvents",
            dependencies: [
                "Locking", .target(name: "CLibcurl", condition: .when(platforms: [.linux])),
            ],
            swiftSettings: settings),
        .target(
            name: "MockServer", dependencies: ["CLinux", "Locking", "ServerSentEvents"],
            path: "MockServer", swiftSettings: settings),
        .executableTarget(
            name: "sse", dependencies: ["Locking", "ServerSentEvents", "MockServer"],
            resources: [.embedInCode("Serving/Inspector/Page")],
            swiftSettings: settings),
        .target(
            name: "Chaos", dependencies: ["ServerSentEvents", "MockServer"], path: "Tests/Chaos",
            swiftSettings: settings),
        .target(
            name: "RealPrograms", path: "Tests/RealPrograms", exclude: ["Clients", "Servers"],
            swiftSettings: settings),
        .testTarget(
            name: "ServerSentEventsTests",
            dependencies: ["Chaos", "Locking", "RealPrograms", "ServerSentEvents", "MockServer"],
            swiftSettings: settings),
        .testTarget(
            name: "MockServerTests", dependencies: ["Locking", "ServerSentEvents", "MockServer"],
            resources: [.copy("SampleApp/Recordings")],
            swiftSettings: settings),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["RealPrograms", "sse", "ServerSentEvents", "MockServer"],
            swiftSettings: settings),
        .executableTarget(
            name: "Benchmarks",
            dependencies: ["CLinux", "Chaos", "RealPrograms", "ServerSentEvents", "MockServer"],
            path: "Tests/Benchmarks", swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
