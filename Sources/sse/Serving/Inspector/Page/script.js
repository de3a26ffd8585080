import { badge, counted, element, find } from "./elements.js";

const kinds = ["event", "retry", "comment", "raw", "base64", "padding", "wait", "gate", "mark", "drop"];

/** The script, with the connections at the steps that they have reached. */
export class ScriptView {
  // Recordings can have very many steps.
  static shownSteps = 200;
  static shownEnded = 3;

  /** Where chips go, by path, reply and step. */
  #places = new Map();
  #gates = [];
  #choose;

  constructor(script, choose) {
    this.#choose = choose;
    const paths = Object.keys(script).sort();
    find("script").replaceChildren(...paths.map((path) => this.#path(path, script[path])));
    if (paths.length === 0) find("script").append(element("p", {}, "It is empty."));
  }

  draw(connections, gates, target) {
    for (const place of this.#places.values()) place.replaceChildren();
    for (const [gate, shown] of this.#gates) {
      shown.textContent = gates.has(gate) ? "open" : "closed";
      shown.className = `badge ${gates.has(gate) ? "good" : "warn"}`;
    }
    const ended = new Map();
    for (const entry of connections.toReversed()) {
      const reply = `${entry.path} ${entry.reply}`;
      if (entry.endedHow) {
        ended.set(reply, (ended.get(reply) ?? 0) + 1);
        if (ended.get(reply) > ScriptView.shownEnded) continue;
      }
      const place = this.#places.get(`${reply} ${Math.min(entry.step, ScriptView.shownSteps + 1)}`)
        ?? this.#places.get(`${reply} 0`);
      place?.prepend(this.#chip(entry, target));
    }
  }

  #chip(entry, target) {
    const text = `#${entry.number}`;
    if (entry.endedHow) {
      return element("span", { className: "chip", title: "It ended here." }, text);
    }
    const chip = element("button", {
      className: `chip open ${entry.isStalled ? "stalled" : ""}`, type: "button",
      title: entry.isStalled ? "It is stalled here." : "It is here.",
      onclick: () => this.#choose(entry.connection),
    }, text);
    chip.ariaPressed = `${target === entry.connection}`;
    return chip;
  }

  #path(path, replies) {
    return element("details", { open: true },
      element("summary", {}, element("code", {}, path),
        element("span", { className: "muted" },
          counted(replies.filter((reply) => reply !== "repeatLast").length, "answer"))),
      element("ol", {}, replies.map((reply, index) => this.#reply(path, reply, index + 1))));
  }

  #reply(path, reply, number) {
    if (reply === "repeatLast") return element("li", { className: "muted" }, "and so on for whoever comes later");
    const steps = reply.stream ?? reply.gzip ?? reply.bytes;
    const row = element("div", { className: "row" },
      element("span", {}, title(reply)), this.#place(`${path} ${number} 0`));
    if (!steps) return element("li", {}, row);
    const shown = steps.slice(0, ScriptView.shownSteps).map((step, index) =>
      element("li", {}, element("div", { className: "row step" }, this.#step(step),
        this.#place(`${path} ${number} ${index + 1}`))));
    const rest = steps.length - shown.length;
    if (rest > 0) {
      shown.push(element("li", {}, element("div", { className: "row" }, `… ${rest} more`,
        this.#place(`${path} ${number} ${ScriptView.shownSteps + 1}`))));
    }
    return element("li", {}, row, element("ol", { className: "steps" }, shown));
  }

  #place(key) {
    const place = element("span", { className: "chips" });
    this.#places.set(key, place);
    return place;
  }

  #step(step) {
    if (typeof step === "string") return [element("b", {}, step)];
    const kind = kinds.find((kind) => kind in step) ?? "?";
    const rest = Object.entries(step).filter(([name]) => name !== kind);
    const unit = ["wait", "retry"].includes(kind) ? " ms" : "";
    const parts = [element("b", {}, kind),
      element("span", { className: "value" }, `${step[kind]}${unit}`)];
    for (const [name, value] of rest) {
      parts.push(element("span", { className: "muted" }, `${name} ${value}`));
    }
    if (kind === "gate") {
      const shown = badge("closed", "warn");
      this.#gates.push([step.gate, shown]);
      parts.push(shown);
    }
    return parts;
  }
}

function title(reply) {
  if (typeof reply === "string") return reply;
  if (reply.stream) return "stream";
  if (reply.gzip) return "stream, gzip";
  if (reply.bytes) return "bytes";
  if ("status" in reply) return `status ${reply.status}`;
  return `redirect to ${reply.redirect}`;
}
