// The panel at the side, the words of the frame, and the beginning.
function render(unknown) {
  const panel = byId("panel");
  const it = state.selected;
  const card = !it ? startCard() : it.role !== undefined ? roleCard(it.role) : it.words !== undefined ? wordsCard(it.words)
    : it.line ? lineCard(it.line) : cardOf(it.node);
  document.body.dataset.card = it ? "open" : "none";
  if (it) delete document.body.dataset.panel;
  const back = it ? el("button", { type: "button", class: "back quiet", on: { click: () => goTo("") } }, "← ", t("back")) : null;
  panel.replaceChildren(...[foldPanel(), unknown && el("p", { class: "problem" }, t("unknownLink", unknown.slice(0, 80))), back, card].filter(Boolean));
  panel.scrollTop = 0;
  redraw();
}

/** Where the card stands below the view, it can be folded away (page.css shows the button there only). */
function foldPanel() {
  const button = el("button", { type: "button", class: "fold-panel", id: "fold-panel", on: { click: () => {
    if (document.body.dataset.panel === "folded") delete document.body.dataset.panel;
    else document.body.dataset.panel = "folded";
    tell();
  } } });
  const tell = () => {
    const folded_ = document.body.dataset.panel === "folded";
    button.setAttribute("aria-expanded", String(!folded_));
    button.textContent = t(folded_ ? "unfoldPanel" : "foldPanel");
  };
  tell();
  return button;
}

function problem(words) {
  byId("panel").prepend(el("p", { class: "problem" }, words));
}

/** What the terms mean, and the keys. */
function renderHelp() {
  const terms = ["countTerm", "levelTerm", "focus", "paths", "avoidHubs", "viaTogether", "copyIri", "copyQuery", "keynessTerm", "rateTerm", "textTerm", "keysTerm"];
  byId("help").replaceChildren(
    el("p", { class: "drawer-head" }, el("strong", {}, t("help")), el("button", { type: "button", class: "quiet close", "aria-label": t("close"), on: { click: closeDrawers } }, "✕")),
    el("p", {}, t("helpIntro")),
    el("dl", {}, terms.map((key) => fact(t(key).replace("…", "").trim(), t(`${key}How`)))));
}

/** The words of the page outside the panel. */
function say() {
  document.documentElement.lang = language ? "en" : "zh-CN";
  document.title = byId("title").textContent = pageTitle();
  box.placeholder = t("search");
  box.setAttribute("aria-label", t("searchLabel"));
  const name = (id, key, words) => {
    byId(id).title = t(key);
    byId(id).setAttribute("aria-label", t(key));
    if (words) byId(id).textContent = words;
  };
  byId("language").textContent = t("other");
  byId("language").title = t("otherLabel");
  for (const [id, key] of [["zoom-in", "zoomIn"], ["zoom-out", "zoomOut"], ["fit", "fit"]]) name(id, key);
  name("theme", isDark() ? "toLight" : "toDark", isDark() ? "☀" : "☾");
  byId("filters-button").textContent = t("filters");
  byId("export-menu-button").textContent = t("export");
  name("help-button", "help");
  byId("help").setAttribute("aria-label", t("help"));
  renderHelp();
  byId("filters").setAttribute("aria-label", t("filters"));
  byId("export-menu").setAttribute("aria-label", t("export"));
  container.setAttribute("aria-label", t("canvasHelp"));
  renderExport();
  renderFilters();
  renderLegend();
  renderTabs();
  renderStatus();
}

byId("language").addEventListener("click", () => {
  language = 1 - language;
  say();
  showTab();
  render();
  writeAddress(false);
});
byId("theme").addEventListener("click", () => {
  chosenScheme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = chosenScheme;
  repaint();
  say();
  showTab();
  render();
});
byId("zoom-in").addEventListener("click", () => zoomBy(1.5));
byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.5));
byId("fit").addEventListener("click", () => fitAll());
for (const id of DRAWERS) byId(`${id}-button`).addEventListener("click", () => toggleDrawer(id));
listeners.push(() => { if (!state.selected) markSpeech(); });

// Words sought in the texts are sought again where the filters leave other speeches.
let soughtIn = null;
listeners.push(() => {
  const under = JSON.stringify([[...state.speeches], state.from, state.to, state.undated]);
  const before = soughtIn;
  soughtIn = under;
  if (before !== null && before !== under && state.selected && state.selected.words !== undefined) render();
});

function markSpeech() {
  for (const button of byId("panel").querySelectorAll("[data-speech]")) {
    button.setAttribute("aria-pressed", String(state.speeches.has(Number(button.dataset.speech))));
  }
}

if (location.hash) followAddress();
else {
  refresh();
  say();
  render();
  fitAll(false);
}
showTab();
document.documentElement.dataset.ready = "true";
