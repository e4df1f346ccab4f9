// The legend is the type filter; the status line says what is on and how much of all is shown.
const totals = types.map((_, k) => typeOf.reduce((sum, type) => sum + (type === k ? 1 : 0), 0));

/** A button for each type that occurs: shows how many pass the filters, and hides or shows the type. */
function typeChips() {
  return types.map((type, k) => totals[k] > 0 && el("button", { type: "button", class: "chip", "aria-pressed": String(!state.off.has(k)), "data-type": type.id,
    title: `${t(state.off.has(k) ? "show" : "hide", label(type))}${passingOf[k] < totals[k] ? ` · ${t("passingOf", passingOf[k], totals[k])}` : ""}`,
    on: { click: () => change({ off: toggled(state.off, k) }) } },
  icon(type), el("span", {}, label(type)), el("span", { class: "count" }, passingOf[k] < totals[k] ? `${passingOf[k]} / ${totals[k]}` : totals[k]))).filter(Boolean);
}

/** The same in a row, for the views that have no room for the legend; with a way to one type alone. */
function typeRow() {
  const slogan = types.findIndex((type) => type.id === "Slogan");
  const alone = types.every((_, k) => state.off.has(k) === (k !== slogan) || !totals[k]);
  return el("div", { class: "typerow", role: "group", "aria-label": t("legend") }, typeChips(), totals[slogan] > 0 &&
    el("button", { type: "button", class: "pill", id: "slogans-alone", "aria-pressed": String(alone), on: { click: () =>
      change({ off: alone ? new Set() : new Set(types.map((_, k) => k).filter((k) => k !== slogan)) }) } }, t("slogansAlone")));
}

function renderLegend() {
  const legend = byId("legend");
  legend.setAttribute("aria-label", t("legend"));
  legend.replaceChildren(...typeChips());
}

const clearButton = (id) => el("button", { type: "button", id, class: "quiet", on: { click: () => {
  clearFilters();
  if (state.tab === "graph") fitAll();
} } }, t("clear"));

function renderStatus() {
  const status = byId("status");
  const parts = [el("span", { class: "number" }, cut ? t("cut", cut[0], cut[1]) : t("shown", visible.size, N))];
  if (filtered() && passing.length > visible.size && !cut) parts.push(el("span", { class: "filter" }, t("passing", passing.length)));
  if (state.focus && state.selected) parts.push(el("span", { class: "filter" }, t("aroundNow", shortName(state.selected.node), state.focus)));
  if (routes) parts.push(el("span", { class: "filter" }, t("pathNow", shortName(routes.from), shortName(routes.to))));
  if (state.avoid) parts.push(el("span", { class: "filter" }, t("avoidHubs")));
  for (const words of filterWords()) parts.push(el("span", { class: "filter" }, words));
  const button = (id, act, words) => el("button", { type: "button", id, class: "quiet", on: { click: () => {
    act();
    fitAll();
  } } }, words);
  const waiting = state.focus || routes ? 0 : Math.max(0, passing.length - state.limit);
  if (waiting) {
    const step = Math.min(waiting, facts.shown || waiting);
    const show = (count) => () => change({ limit: state.limit + count });
    parts.push(button("more", show(step), t("more", step)));
    if (waiting > step) parts.push(button("all", show(waiting), t("all")));
  }
  if (state.focus || routes) parts.push(button("whole", () => look({ focus: 0, path: null }), t("whole")));
  if (filtered()) parts.push(clearButton("clear"));
  if (!N) parts.push(el("span", { class: "filter" }, t("empty")));
  else if (!visible.size) parts.push(el("span", { class: "filter" }, t("nothing")));
  status.replaceChildren(...parts);
  byId("filters-button").classList.toggle("on", filtered());
}

/** What is on, above the views that are not the graph; nothing where nothing is. */
function filterLine() {
  if (!filtered()) return null;
  return el("p", { class: "filterline" }, el("strong", {}, t("filters")), " ", t("passing", passing.length), " ",
    filterWords().map((words) => el("span", { class: "filter" }, words)), clearButton("clear-here"));
}
listeners.push(renderLegend, renderStatus);
