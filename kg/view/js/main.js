// The panel at the side, the words of the frame, and the beginning.
function render(unknown) {
  const panel = byId("panel");
  const it = state.selected;
  const card = !it ? startCard() : it.role !== undefined ? roleCard(it.role) : it.line ? lineCard(it.line) : cardOf(it.node);
  const back = it ? el("button", { type: "button", class: "back quiet", on: { click: () => goTo("") } }, "← ", t("back")) : null;
  panel.replaceChildren(...[unknown && el("p", { class: "problem" }, t("unknownLink", unknown.slice(0, 80))), back, card].filter(Boolean));
  panel.scrollTop = 0;
  redraw();
}

function problem(words) {
  byId("panel").prepend(el("p", { class: "problem" }, words));
}

/** The words of the page outside the panel. */
function say() {
  document.documentElement.lang = language ? "en" : "zh-CN";
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
for (const id of ["filters", "export-menu"]) byId(`${id}-button`).addEventListener("click", () => toggleDrawer(id));
listeners.push(() => { if (!state.selected) markSpeech(); });

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
