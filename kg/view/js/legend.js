// The legend is the type filter; the status line says what is on and how much of all is shown.
const totals = types.map((_, k) => typeOf.reduce((sum, type) => sum + (type === k ? 1 : 0), 0));

function renderLegend() {
  const legend = byId("legend");
  legend.setAttribute("aria-label", t("legend"));
  legend.replaceChildren(...types.map((type, k) => {
    if (!totals[k]) return null;
    const on = !state.off.has(k);
    return el("button", { type: "button", class: "chip", "aria-pressed": String(on), "data-type": type.id,
      title: language ? type.zh : type.en, on: { click: () => {
        change({ off: toggled(state.off, k) });
      } } }, icon(type), el("span", {}, label(type)), el("span", { class: "count" }, totals[k]));
  }).filter(Boolean));
}

function renderStatus() {
  const status = byId("status");
  const parts = [el("span", { class: "number" }, cut ? t("cut", cut[0], cut[1]) : t("shown", visible.size, N))];
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
  if (filtered()) parts.push(button("clear", clearFilters, t("clear")));
  if (!N) parts.push(el("span", { class: "filter" }, t("empty")));
  else if (!visible.size) parts.push(el("span", { class: "filter" }, t("nothing")));
  status.replaceChildren(...parts);
  byId("filters-button").classList.toggle("on", filtered());
}
listeners.push(renderLegend, renderStatus);
