// A server of event streams on node:http, as guides show one: for tests, on loopback.
//
//   GET /ticker        a number every 20 ms; each is computed from its ID, so any process can go on
//   GET /random?n=30   events of four kinds at random times, then the end
//   GET /subscribe     what others send, from where Last-Event-ID left off
//   POST /send         sends its body to all who are subscribed, and says to how many
//
// Its first line says the port. It ends with standard input, or after two minutes.

import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const log = [];
const subscribers = new Set();

function block(data, { id, event } = {}) {
    const lines = data.split("\n").map((line) => `data: ${line}`);
    if (event) lines.unshift(`event: ${event}`);
    if (id !== undefined) lines.unshift(`id: ${id}`);
    return lines.join("\n") + "\n\n";
}

async function tick(response, seen) {
    while (!response.destroyed) {
        seen += 1;
        response.write(block(String(seen * seen), { id: seen, event: "tick" }));
        await sleep(20);
    }
}

async function chance(response, seen, query) {
    const last = Number(query.get("n") ?? 30);
    for (let id = seen + 1; id <= last && !response.destroyed; id++) {
        const event = [undefined, "price", "news", "alert"][Math.floor(Math.random() * 4)];
        const data = event === "price" ? '{"price": 99.5}' : `é ${id}\nin two lines`;
        response.write(": soon\n" + block(data, { id, event }));
        await sleep(Math.random() * 10);
    }
    response.end();
}

function subscribe(response, seen) {
    response.write(block("", { event: "welcome" }));
    log.slice(seen).forEach((text, index) => {
        response.write(block(text, { id: seen + index + 1 }));
    });
    subscribers.add(response);
    response.on("close", () => subscribers.delete(response));
}

const routes = { "/ticker": tick, "/random": chance, "/subscribe": subscribe };

const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    if (request.method === "POST" && url.pathname === "/send") {
        let text = "";
        for await (const chunk of request.setEncoding("utf8")) text += chunk;
        log.push(text);
        for (const subscriber of subscribers) subscriber.write(block(text, { id: log.length }));
        response.setHeader("Content-Type", "application/json");
        return response.end(JSON.stringify({ subscribers: subscribers.size }));
    }
    const route = routes[url.pathname];
    if (!route) return response.writeHead(404).end();
    response.writeHead(200, {
        "Content-Type": "text/event-stream", "Cache-Control": "no-cache",
    });
    response.write("retry: 50\n\n");
    await route(response, Number(request.headers["last-event-id"] ?? 0), url.searchParams);
});

server.listen(Number(process.argv[2]), "127.0.0.1", () => {
    console.log(server.address().port);
});
setTimeout(() => process.exit(1), 120_000);
process.stdin.resume().on("end", () => process.exit(0));
