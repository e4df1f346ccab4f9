// The tabs: several views on the same data, filters and selection.
const VIEWS = { trees: treesView, cascade: cascadeView, years: timelineView, table: tableView, compare: compareView, read: readerView };

function renderTabs() {
  const tabs = byId("tabs");
  tabs.setAttribute("aria-label", t("views"));
  tabs.replaceChildren(...TABS.map((name) => el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(state.tab === name),
    "aria-controls": name === "graph" ? "network" : "view", tabindex: state.tab === name ? 0 : -1, on: { click: () => openTab(name) } }, t(`tab_${name}`))));
}

function openTab(name) {
  if (state.tab === name) return;
  state.tab = name;
  writeAddress(true);
  showTab();
}

/** Draw the view of the tab that is on. */
function showTab() {
  renderTabs();
  renderStatus();
  renderExport();
  const view = byId("view");
  const graph = state.tab === "graph";
  document.body.dataset.tab = state.tab;
  view.hidden = graph;
  if (graph) view.replaceChildren();
  else {
    const focused = document.activeElement && view.contains(document.activeElement) ? document.activeElement.id : "";
    const same = view.dataset.view === state.tab;
    const { scrollTop } = view;
    view.setAttribute("aria-labelledby", `tab-${state.tab}`);
    view.replaceChildren(...[filterLine(), ...VIEWS[state.tab]()].filter(Boolean));
    view.scrollTop = same && state.tab !== "read" ? scrollTop : 0;
    if (focused && byId(focused)) byId(focused).focus();
  }
  view.dataset.view = state.tab;
  if (graph) redraw();
}

byId("tabs").addEventListener("keydown", (event) => {
  const by = { ArrowRight: 1, ArrowLeft: -1, Home: -TABS.indexOf(state.tab), End: TABS.length - 1 - TABS.indexOf(state.tab) }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  openTab(TABS[(TABS.indexOf(state.tab) + by + TABS.length) % TABS.length]);
  byId(`tab-${state.tab}`).focus();
});
listeners.push(() => { if (state.tab !== "graph") showTab(); });
