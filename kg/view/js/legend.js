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
        if (on) state.off.add(k);
        else state.off.delete(k);
        refresh();
      } } }, icon(type), el("span", {}, label(type)), el("span", { class: "count" }, totals[k]));
  }).filter(Boolean));
}

function renderStatus() {
  const status = byId("status");
  const parts = [el("span", { class: "number" }, t("shown", visible.size, N))];
  if (state.speech !== null) parts.push(el("span", { class: "filter" }, t("onlySpeech", speechTitle(state.speech))));
  if (state.off.size) {
    parts.push(el("span", { class: "filter" }, t("hidden", [...state.off].map((k) => label(types[k])).join(language ? ", " : "、"))));
  }
  const waiting = Math.max(0, passing - state.limit);
  if (waiting) {
    const step = Math.min(waiting, facts.shown || waiting);
    const button = (id, count, words) => el("button", { type: "button", id, class: "quiet", on: { click: () => {
      change({ limit: state.limit + count });
      fitAll();
    } } }, words);
    parts.push(button("more", step, t("more", step)));
    if (waiting > step) parts.push(button("all", waiting, t("all")));
  }
  if (filtered()) {
    parts.push(el("button", { type: "button", id: "clear", class: "quiet", on: { click: () => {
      state.off.clear();
      change({ speech: null });
      fitAll();
    } } }, t("clear")));
  }
  if (!N) parts.push(el("span", { class: "filter" }, t("empty")));
  else if (!visible.size) parts.push(el("span", { class: "filter" }, t("nothing")));
  status.replaceChildren(...parts);
}
listeners.push(renderLegend, renderStatus);
