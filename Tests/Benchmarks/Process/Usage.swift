import Foundation

/// What this process has used so far.
enum Usage {
    /// Seconds of CPU, its own and the system's.
    static var cpu: Double {
        let own = own
        return seconds(own.ru_utime) + seconds(own.ru_stime)
    }

    /// The most that was ever resident, in bytes.
    static var peakMemory: Double {
        #if canImport(Darwin)
            return Double(own.ru_maxrss)
        #else
            // `ru_maxrss` begins with what the parent had: after the other suites, 60 MB too much.
            let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            return line.flatMap { Double($0.filter(\.isNumber)) }.map { $0 * 1024 } ?? 0
        #endif
    }

    /// Resident memory in bytes; 0 where it cannot be told.
    static var memory: Double {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
            return 0
        }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? (Double(fields[1]) ?? 0) * Double(getpagesize()) : 0
    }

    /// How many descriptors are open.
    static var descriptors: Double {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")
        return Double(names?.count ?? 0)
    }

    /// Lets this process open as many descriptors as the system allows.
    static func raiseDescriptorLimit() {
        var limit = rlimit()
        #if canImport(Darwin)
            let resource = RLIMIT_NOFILE
        #else
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #endif
        guard getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
    }

    private static var own: rusage {
        var usage = rusage()
        #if canImport(Darwin)
            getrusage(RUSAGE_SELF, &usage)
        #else
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #endif
        return usage
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
