#if os(Linux)
    import Foundation
    import RealPrograms
    import Testing

    extension RunningTests {
        /// A machine where the library is not to be had: played by a `dlopen` that does not find it.
        @Suite(.enabled(if: Program.find("clang") != nil, "clang not installed"))
        struct MissingLibcurlTests {
            private static let source = """
                #define _GNU_SOURCE
                #include <dlfcn.h>
                #include <string.h>
                void *dlopen(const char *name, int mode) {
                    if (name && strstr(name, "libcurl")) return 0;
                    void *(*next)(const char *, int) =
                        (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");
                    return next(name, mode);
                }
                """

            @Test func itIsSaidAtOnce() async throws {
                let source = try TemporaryFile(Self.source)
                let library = source.path + ".so"
                defer { unlink(library) }
                try await Program.run(
                    #require(Program.find("clang")),
                    ["-shared", "-fPIC", "-x", "c", "-o", library, source.path])

                let ending = try await Tool.run(
                    "--json", "--updates", "--transport", "libcurl", "http://127.0.0.1:1/",
                    environment: ["LD_PRELOAD": library])
                let text =
                    "libcurl.so.4 cannot be loaded: install libcurl, or take another transport."
                #expect(ending.status == 1)
                #expect(ending.error == "sse: \(text)")
                #expect(
                    ending.output == """
                        {"connecting":{"attempt":1}}
                        {"failed":{"code":"invalidRequest","message":"\(text)"}}
                        """)
            }
        }
    }

#endif
