"""A server of event streams on Python's http.server, as guides show one: for tests, on loopback.

  GET /ticker        a number every 20 ms; each is computed from its ID, so any process can go on
  GET /random?n=30   events of four kinds at random times, then the end
  GET /subscribe     what others send, from where Last-Event-ID left off
  POST /send         sends its body to all who are subscribed, and says to how many

Its first line says the port. It ends with standard input, or after two minutes.
"""

import http.server
import json
import os
import queue
import random
import sys
import threading
import time

log = []
subscribers = set()
lock = threading.Lock()


def block(data, id=None, event=None):
    lines = [f"id: {id}"] if id is not None else []
    lines += [f"event: {event}"] if event else []
    lines += [f"data: {line}" for line in data.split("\n")]
    return "\n".join(lines) + "\n\n"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        seen = int(self.headers.get("Last-Event-ID") or 0)
        route = {"/ticker": self.tick, "/random": self.chance, "/subscribe": self.subscribe}.get(path)
        if not route:
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        try:
            self.wfile.write(b"retry: 50\n\n")
            route(seen, query)
        except OSError:
            pass  # The client has left.

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with lock:
            log.append(text)
            for inbox in subscribers:
                inbox.put((len(log), text))
            body = json.dumps({"subscribers": len(subscribers)}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send(self, text):
        self.wfile.write(text.encode())

    def tick(self, seen, query):
        while True:
            seen += 1
            self.send(block(str(seen * seen), id=seen, event="tick"))
            time.sleep(0.02)

    def chance(self, seen, query):
        for number in range(seen + 1, int(query.removeprefix("n=") or 30) + 1):
            kind = random.choice([None, "price", "news", "alert"])
            data = json.dumps({"price": 99.5}) if kind == "price" else f"é {number}\nin two lines"
            self.send(": soon\n" + block(data, id=number, event=kind))
            time.sleep(random.random() / 100)

    def subscribe(self, seen, query):
        inbox = queue.Queue()
        with lock:
            for number in range(seen + 1, len(log) + 1):
                inbox.put((number, log[number - 1]))
            subscribers.add(inbox)
        try:
            self.send(block("", event="welcome"))
            while True:
                number, text = inbox.get()
                self.send(block(text, id=number))
        finally:
            with lock:
                subscribers.discard(inbox)

    def log_message(self, format, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
threading.Timer(120, lambda: os._exit(1)).start()
sys.stdin.read()
os._exit(0)
