/// What `--help` and `--version` print.
enum Help {
    static let version = "0.1.0"

    static let text = """
        sse \(version): stream server-sent events. Without a URL, a demo of five seconds.

        usage: sse [options] [URL]
               sse serve SCRIPT.json [--port N] [--speed X]   play a script on loopback;
                                            --speed 0 leaves out all waits
               sse record URL -o FILE [options]   write what comes as such a script

        request
          -H, --header 'Name: value'   send a header field; repeatable
          -X, --method METHOD          GET by default, POST with -d
          -d, --data BODY              send a body, @FILE a file's, @- standard input
              --last-event-id ID       resume after the event with this ID
              --cookies                keep and send cookies
              --transport NAME         urlsession (default), or libcurl on Linux
        stream
              --reconnect MODE         default, standard (WHATWG) or never
              --retry-delay SECONDS    base delay, unless the server sends retry:; 3 by
                                       default; never below 0.1, so 0 means 0.1
              --max-attempts N         failures in a row until it gives up, also before
                                       it was open (else 3 before, no limit after)
              --idle-timeout SECONDS   silence until it reconnects, or off; else 300
              --max-event-size BYTES   fail at a larger event; 16777216 by default
              --count N                stop after N events
              --until DATA             stop at the event with this data, not printed
        output
              --type TYPE              print and count only this type; repeatable
              --json                   one JSON object a line, flushed at once
              --updates                all that happens, not only events
              --help, --version

        exit status: 0 finished, 1 failed, 64 wrong usage, 130 or 143 interrupted

        examples
          sse https://sse.dev/test
          sse --json --count 3 https://sse.dev/test | jq .event.data
          sse -H "Authorization: Bearer $TOKEN" -d @prompt.json --until '[DONE]' URL

        """
}
