import { badge, element, find, showBadge } from "./elements.js";

/** The browser's own EventSource, and what it receives. */
export class Client {
  static limit = 200;

  #source = null;
  #types = new Set(["message"]);
  #list = find("events");
  #openedAt = 0;

  constructor(script) {
    const paths = Object.keys(script).sort();
    find("paths").replaceChildren(...paths.map((value) => element("option", { value })));
    find("path").value = paths[0] ?? "/";
    // It hears only the types that it was told to listen for.
    for (const reply of Object.values(script).flat()) {
      for (const step of reply.stream ?? reply.gzip ?? []) if (step.type) this.#types.add(step.type);
    }
    find("client").onsubmit = (event) => {
      event.preventDefault();
      if (this.#source) this.#close();
      else this.#open(find("path").value);
    };
  }

  /** Hears events of one more type. */
  listen(type) {
    if (this.#types.has(type)) return;
    this.#types.add(type);
    this.#source?.addEventListener(type, (event) => this.#show(event));
  }

  #open(path) {
    this.#list.replaceChildren();
    this.#openedAt = performance.now();
    const source = new EventSource(path);
    this.#source = source;
    showBadge("client-state", "connecting", "warn");
    source.onopen = () => showBadge("client-state", "open", "good");
    source.onerror = (event) => {
      // An "error" that the server sent as an event has data, and says nothing of the connection.
      if (event instanceof MessageEvent) return;
      const isOver = source.readyState === EventSource.CLOSED;
      showBadge("client-state", isOver ? "closed, for good" : "reconnecting",
        isOver ? "bad" : "warn");
      if (isOver) this.#forget();
    };
    for (const type of this.#types) source.addEventListener(type, (event) => this.#show(event));
    find("connect").textContent = "Close";
  }

  #close() {
    this.#source.close();
    this.#forget();
    showBadge("client-state", "closed", "");
  }

  #forget() {
    this.#source = null;
    find("connect").textContent = "Connect";
  }

  #show(event) {
    if (!(event instanceof MessageEvent)) return;
    find("events-empty").hidden = true;
    const seconds = ((performance.now() - this.#openedAt) / 1000).toFixed(1);
    this.#list.prepend(element("li", {},
      element("p", { className: "row" }, badge(event.type),
        event.lastEventId
          ? element("span", { className: "muted" }, `id ${event.lastEventId}`) : null,
        element("span", { className: "muted end" }, `+${seconds} s`)),
      element("pre", {}, event.data)));
    if (this.#list.children.length > Client.limit) this.#list.lastChild.remove();
  }
}
