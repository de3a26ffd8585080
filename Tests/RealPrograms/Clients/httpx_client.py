"""Reads the first connection of every stream the server names with httpx-sse, and tells the server."""

import sys

import httpx
from httpx_sse import connect_sse

base = sys.argv[1]


def read(client, path):
    lines = [["open"]]
    with connect_sse(client, "GET", base + path) as source:
        try:
            for event in source.iter_sse():
                lines.append(["event", event.event, event.data, event.id])
        except httpx.TransportError:
            lines.append(["error"])
    return lines + [["closed"]]


with httpx.Client(trust_env=False, timeout=30) as client:
    for path in client.get(base + "/streams").json()["paths"]:
        client.post(base + "/reports", json={"path": path, "lines": read(client, path)})
