// The one place where text becomes elements: by textContent and by attributes from a short list, never by markup.
const PLAIN = new Set(["class", "id", "type", "for", "value", "min", "max", "step", "placeholder", "colspan", "scope", "checked", "selected", "name", "autocomplete", "role", "title", "tabindex", "lang", "dir", "hidden", "open", "start", "disabled", "span"]);

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
  const year = yearBeside(i);
  return el("a", { class: "node", goto: keyOf(i), title: label(types[typeOf[i]]) },
    icon(types[typeOf[i]]), el("bdi", {}, text), year ? el("span", { class: "count" }, t("yearOfSpeech", year)) : null);
}

/** An SVG element: attributes that draw, never ones that act. */
function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (/^(on|href|xlink|style)/i.test(name)) throw new Error(`svg() sets no ${name}`);
    element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
