// Follows every stream the server names with the EventSource of this program, a browser or Node, and
// tells the server what each was told.

const base = globalThis.location?.href ?? process.argv[2];

async function follow(path, types) {
    const lines = await new Promise((resolve) => {
        const lines = [];
        const source = new EventSource(new URL(path, base));
        let failures = 0;
        const note = (event) => {
            // A stream may have events that are called as the signals of the object are.
            if (event instanceof MessageEvent) {
                lines.push(["event", event.type, event.data, event.lastEventId]);
            } else if (event.type === "open") {
                lines.push(["open"]);
                failures = 0;
            } else if (source.readyState === EventSource.CLOSED) {
                resolve([...lines, ["closed"]]);
            } else {
                lines.push(["error"]);
                failures += 1;
                if (failures < 3) return;
                source.close();
                resolve([...lines, ["endless"]]);
            }
        };
        for (const type of new Set([...types, "open", "error"])) {
            source.addEventListener(type, note);
        }
    });
    await fetch(new URL("/reports", base), {
        method: "POST", body: JSON.stringify({ path, lines }),
    });
}

// Node does not stay for a stream that waits before it reconnects.
const stay = setInterval(() => {}, 1000);
const { paths, types } = await (await fetch(new URL("/streams", base))).json();
await Promise.all(paths.map((path) => follow(path, types)));
clearInterval(stay);
