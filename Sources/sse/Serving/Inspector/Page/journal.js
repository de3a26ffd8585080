import { badge, element, find, time } from "./elements.js";

/** One row a request, the latest first. */
export class Journal {
  static limit = 500;

  #rows = new Map();
  #list = find("journal");
  #issues = find("issues");

  clear() {
    this.#rows.clear();
    this.#list.replaceChildren();
    this.#issues.replaceChildren();
    find("journal-empty").hidden = false;
  }

  show(entry) {
    find("journal-empty").hidden = true;
    const row = this.#row(entry);
    const known = this.#rows.get(entry.connection);
    this.#rows.set(entry.connection, row);
    if (known) return known.replaceWith(row);
    this.#list.prepend(row);
    if (this.#list.children.length > Journal.limit) this.#list.lastChild.remove();
  }

  showIssue(text) {
    // A client that comes again and again has the same issue every time.
    const last = this.#issues.lastChild;
    if (last?.dataset.text === text) {
      last.dataset.times = Number(last.dataset.times) + 1;
      last.textContent = `${text} (${last.dataset.times} times)`;
      return;
    }
    const row = element("li", {}, text);
    Object.assign(row.dataset, { text, times: 1 });
    this.#issues.append(row);
    if (this.#issues.children.length > 20) this.#issues.firstChild.remove();
  }

  #row(entry) {
    const id = entry.lastEventID === undefined ? null
      : element("span", { className: "muted" }, `last-event-id: ${entry.lastEventID}`);
    const step = entry.stepDescription && !entry.endedHow
      ? element("span", { className: "muted" }, `at ${entry.stepDescription}`) : null;
    const sent = entry.sent.length > 0
      ? element("p", { className: "sent" }, entry.sent.join(" | ")) : null;
    return element("li", {},
      element("p", { className: "row" },
        element("strong", {}, `#${entry.number}`),
        element("code", {}, `${entry.method} ${entry.path}${entry.hasQuery ? "?…" : ""}`),
        badge(entry.status === undefined ? "no status" : `${entry.status}`,
          entry.status >= 400 ? "bad" : ""),
        this.#state(entry),
        element("span", { className: "muted end" }, `+${time(entry.startedAt)}`)),
      id || step ? element("p", { className: "row" }, id, step) : null,
      sent,
      entry.bytesSent > 0
        ? element("p", { className: "muted" }, `${entry.bytesSent.toLocaleString("en")} bytes`)
        : null);
  }

  #state(entry) {
    if (!entry.endedHow) return entry.isStalled ? badge("stalled", "warn") : badge("open", "good");
    const how = {
      client: "the client left", complete: "complete", fin: "dropped by FIN", reset: "reset",
      overflow: "dropped, as its queue was full", stopped: "the server was stopped",
    };
    const what = entry.endedBy === "client" ? "client" : entry.endedHow;
    return badge(`${how[what]} after ${time(entry.endedAt)}`,
      what === "complete" || what === "client" ? "" : "warn");
  }
}
