// A server's texts go into the page as text only, never as markup.

export const find = (id) => document.getElementById(id);

/** Makes an element; children are elements and texts, and what is null is left out. */
export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export const badge = (text, kind = "") =>
  element("span", { className: `badge ${kind}` }, text);

export function showBadge(id, text, kind) {
  const shown = find(id);
  shown.textContent = text;
  shown.className = `badge ${kind}`;
}

/** A time in milliseconds, for a person. */
export function time(milliseconds) {
  if (milliseconds < 1000) return `${milliseconds} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

export const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
