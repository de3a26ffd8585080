import { counted, element, find } from "./elements.js";

/** What a person can do to the connections. */
export class Controls {
  /** The number of a connection, a path, or "" for all connections. */
  target = "";
  onChange = () => {};

  #select = find("target");
  #open = [];
  #gates;

  constructor(script, onType) {
    this.#select.onchange = () => {
      const value = this.#select.value;
      this.target = /^\d+$/.test(value) ? Number(value) : value;
      this.onChange();
    };
    find("send").onsubmit = (event) => {
      event.preventDefault();
      const type = find("type").value;
      if (type) onType(type);
      this.#order("send", { type, id: find("id").value, data: find("data").value }, "Sent to");
    };
    find("stall").onclick = () => this.#order("stall", {}, "Stalled");
    find("resume").onclick = () => this.#order("resume", {}, "Resumed");
    for (const how of ["end", "fin", "reset"]) {
      find(how).onclick = () => this.#order("drop", { how }, "Dropped");
    }
    const steps = Object.values(script).flat().flatMap((reply) => reply.stream ?? reply.gzip ?? []);
    this.#gates = [...new Set(steps.map((step) => step.gate).filter(Boolean))].map((gate) => {
      const button = element("button", { type: "button" }, `Open gate “${gate}”`);
      button.onclick = () => this.#post("gate", { gate }, () => `Gate “${gate}” is open.`);
      find("gates").append(button);
      return [gate, button];
    });
  }

  /** Acts on one connection alone from now on, or on all again. */
  choose(number) {
    this.target = this.target === number ? "" : number;
    this.onChange();
  }

  draw(connections, openedGates) {
    const open = connections.filter((entry) => !entry.endedHow);
    const paths = [...new Set(open.map((entry) => entry.path))].sort();
    this.#open = open;
    const isThere = this.target === "" || paths.includes(this.target)
      || open.some((entry) => entry.connection === this.target);
    if (!isThere) this.target = "";
    const options = [
      ["", `all (${open.length} open)`],
      ...paths.map((path) => [path, `${path} (${open.filter((e) => e.path === path).length} open)`]),
      ...open.slice(-50).map((entry) => [`${entry.connection}`, `#${entry.number} ${entry.path}`]),
    ];
    // Replacing them closes a list that is being looked at.
    if (JSON.stringify(options) !== this.#select.dataset.options) {
      this.#select.dataset.options = JSON.stringify(options);
      this.#select.replaceChildren(
        ...options.map(([value, text]) => element("option", { value }, text)));
    }
    this.#select.value = `${this.target}`;
    for (const id of ["stall", "resume", "end", "fin", "reset"]) find(id).disabled = !open.length;
    for (const [gate, button] of this.#gates) button.disabled = openedGates.has(gate);
  }

  #order(name, body, verb) {
    const entry = this.#open.find((entry) => entry.connection === this.target);
    const which = entry ? { path: entry.path, connection: entry.number }
      : this.target ? { path: this.target } : {};
    this.#post(name, { ...body, ...which },
      ({ count }) => `${verb} ${counted(count, "connection")}.`);
  }

  async #post(name, body, text) {
    try {
      const answer = await fetch(`/.inspector/${name}`, {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      find("answer").textContent =
        answer.ok ? text(await answer.json()) : `Not done: ${await answer.text()}`;
    } catch {
      find("answer").textContent = "Not done: the server is away.";
    }
  }
}
