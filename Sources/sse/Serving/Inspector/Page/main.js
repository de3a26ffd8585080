import { find, showBadge } from "./elements.js";
import { Journal } from "./journal.js";
import { ScriptView } from "./script.js";
import { Controls } from "./controls.js";
import { Client } from "./client.js";

find("address").textContent = location.host;

/** All connections that are known, by the numbers that the inspector gave them. */
const connections = new Map();
const gates = new Set();

const script = await (await fetch("/.inspector/script")).json();
const journal = new Journal();
const client = new Client(script);
const controls = new Controls(script, (type) => client.listen(type));
const view = new ScriptView(script, (number) => controls.choose(number));

// However much happens, it is drawn once a frame.
let isDrawn = true;
function draw() {
  if (!isDrawn) return;
  isDrawn = false;
  requestAnimationFrame(() => {
    isDrawn = true;
    const all = [...connections.values()];
    controls.draw(all, gates);
    view.draw(all, gates, controls.target);
  });
}
controls.onChange = draw;

const source = new EventSource("/.inspector/events");
source.addEventListener("open", () => showBadge("state", "live", "good"));
source.addEventListener("error", () => showBadge("state", "the server is away", "bad"));
// The server tells everything again to whoever comes back; it may be another one by now.
source.addEventListener("hello", () => {
  connections.clear();
  gates.clear();
  journal.clear();
  draw();
});
source.addEventListener("connection", (event) => {
  const entry = JSON.parse(event.data);
  connections.set(entry.connection, entry);
  journal.show(entry);
  draw();
});
source.addEventListener("issue", (event) => journal.showIssue(event.data));
source.addEventListener("gate", (event) => {
  gates.add(event.data);
  draw();
});
draw();
