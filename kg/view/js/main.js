// The address says what is selected, so that back, forward and shared links work: #type/scope/key or #key1 — key2.
const SEPARATOR = " — ";
const lineName = (e) => keyOf(drawn.edges.from[e]) + SEPARATOR + keyOf(drawn.edges.to[e]);
const lineByEnds = new Map();
for (let e = 0; e < L; e++) lineByEnds.set(lineKey(drawn.edges.from[e], drawn.edges.to[e]), e);

function goTo(name) {
  const wanted = name ? `#${encodeURIComponent(name)}` : "";
  if (location.hash === wanted) render();
  else if (wanted) location.hash = wanted;
  else {
    history.pushState(null, "", location.pathname + location.search);
    followAddress();
  }
}

/** What an address names: {node}, {line}, null for nothing, or {unknown: text}. */
function read(hash) {
  if (hash.length < 2) return null;
  let name;
  try {
    name = decodeURIComponent(hash.slice(1));
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return { unknown: hash };
  }
  if (byKey.has(name)) return { node: byKey.get(name) };
  const [a, b] = name.split(SEPARATOR).map((key) => byKey.get(key));
  const line = a !== undefined && b !== undefined ? lineByEnds.get(lineKey(a, b)) : undefined;
  return line === undefined ? { unknown: name } : { line };
}

function followAddress() {
  const target = read(location.hash);
  state.selected = target && target.unknown === undefined ? target : null;
  if (state.selected) {
    const some = state.selected.line !== undefined
      ? [drawn.edges.from[state.selected.line], drawn.edges.to[state.selected.line]] : [state.selected.node];
    reveal(some);
    lookAt(state.selected.line !== undefined ? some : [some[0], ...neighboursOf(some[0]).filter((i) => visible.has(i)).slice(0, 40)]);
  }
  render(target && target.unknown);
}

function render(unknown) {
  const panel = byId("panel");
  const card = !state.selected ? startCard() : state.selected.line !== undefined ? lineCard(state.selected.line) : cardOf(state.selected.node);
  const back = state.selected ? el("button", { type: "button", class: "back quiet", on: { click: () => goTo("") } }, "← ", t("back")) : null;
  panel.replaceChildren(...[unknown && el("p", { class: "problem" }, t("unknownLink", unknown.slice(0, 80))), back, card].filter(Boolean));
  panel.scrollTop = 0;
  network.redraw();
}

/** The words of the page outside the panel. */
function say() {
  document.documentElement.lang = language ? "en" : "zh-CN";
  box.placeholder = t("search");
  box.setAttribute("aria-label", t("searchLabel"));
  byId("language").textContent = t("other");
  byId("language").title = t("otherLabel");
  for (const [id, key] of [["zoom-in", "zoomIn"], ["zoom-out", "zoomOut"], ["fit", "fit"]]) {
    byId(id).title = t(key);
    byId(id).setAttribute("aria-label", t(key));
  }
  renderLegend();
  renderStatus();
  render();
}

byId("language").addEventListener("click", () => {
  language = 1 - language;
  say();
});
byId("zoom-in").addEventListener("click", () => zoomBy(1.5));
byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.5));
byId("fit").addEventListener("click", () => fitAll());
listeners.push(() => { if (!state.selected) markSpeech(); });

function markSpeech() {
  for (const button of byId("panel").querySelectorAll("[data-speech]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.speech) === state.speech));
  }
}

addEventListener("hashchange", followAddress);
addEventListener("popstate", () => { if (!location.hash) followAddress(); });

refresh();
say();
fitAll(false);
if (location.hash) followAddress();
document.documentElement.dataset.ready = "true";
