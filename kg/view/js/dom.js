// The one place where text becomes elements: by textContent and by attributes from a short list, never by markup.
const PLAIN = new Set(["class", "id", "type", "role", "title", "tabindex", "lang", "dir", "hidden", "open", "start"]);

/** An element with attributes, listeners (on: {click: f}) and children (elements or text; null and false are left out). */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "goto") element.setAttribute("href", `#${encodeURIComponent(value)}`);
    else if (PLAIN.has(name) || name.startsWith("aria-") || name.startsWith("data-")) {
      element.setAttribute(name, value === true ? "" : value);
    } else throw new Error(`el() sets no ${name}`);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const byId = (id) => document.getElementById(id);

/** A link to the card of a node. Names may hold any script or direction marks: bdi keeps them to themselves. */
function nodeLink(i, text = names[i]) {
  return el("a", { class: "node", goto: keyOf(i), title: label(types[typeOf[i]]) },
    icon(types[typeOf[i]]), el("bdi", {}, text));
}
