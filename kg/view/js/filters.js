// The drawer of filters. Types are filtered by the legend; all filters combine, and the status line names them.
let sliding = false; // while a thumb is held the drawer stays as it is: a new thumb would not follow the mouse
let slideTo = null; // what the thumb asks for with the next frame

function renderFilters() {
  const drawer = byId("filters");
  if (drawer.hidden || sliding) return;
  const scroll = drawer.scrollTop;
  const focused = document.activeElement && drawer.contains(document.activeElement) ? document.activeElement.id : "";
  drawer.replaceChildren(
    el("p", { class: "drawer-head" }, el("strong", {}, t("filters")),
      el("button", { type: "button", class: "quiet", on: { click: clearFilters } }, t("clear")),
      el("button", { type: "button", class: "quiet close", "aria-label": t("close"), on: { click: closeDrawers } }, "✕")),
    speechFilter(), yearFilter(),
    choices("level", "attr_level", state.levels, LEVELS), choices("system", "attr_system", state.systems, SYSTEMS),
    relationFilter(),
    slider("weight", "minWeight", 1, Math.max(1, ...statements.count.map((n) => Math.min(n, 20))), state.weight, String),
    slider("confidence", "minConfidence", 0, 100, state.confidence, (value) => `${value}%`, 5),
    el("fieldset", {}, el("legend", {}, t("drawing")),
      tick("fold", t("foldBodies"), state.fold, (on) => change({ fold: on })),
      tick("together", t("togetherLines"), state.together, (on) => change({ together: on })),
      tick("avoid", t("avoidHubs"), state.avoid, (on) => change({ avoid: on })), el("small", {}, t("avoidHubsHow"))),
  );
  drawer.scrollTop = scroll;
  if (focused && byId(focused)) byId(focused).focus({ preventScroll: true });
}

const tick = (id, words, on, act, count) => el("label", { class: "option" },
  el("input", { type: "checkbox", id: `filter-${id}`, checked: on, on: { change: (event) => act(event.target.checked) } }),
  el("bdi", {}, words), count !== undefined && el("span", { class: "count" }, count));

const toggled = (set, value) => {
  const copy = new Set(set);
  if (!copy.delete(value)) copy.add(value);
  return copy;
};

function speechFilter() {
  if (speeches.id.length < 2) return null;
  const narrow = speeches.id.length > 8;
  const rows = speechesByDate.map((s) => tick(`speech-${s}`, datedTitle(s), state.speeches.has(s),
    () => change({ speeches: toggled(state.speeches, s) })));
  const list = el("div", { class: "scroll" }, rows);
  const search = narrow && el("input", { type: "search", id: "filter-speech", placeholder: t("findSpeech"), "aria-label": t("findSpeech"), value: speechSearch,
    on: { input: (event) => { speechSearch = event.target.value; thin(); } } });
  const thin = () => rows.forEach((row) => { row.hidden = !fold(row.textContent).includes(fold(speechSearch)); });
  thin();
  return el("fieldset", {}, el("legend", {}, t("speeches"), state.speeches.size > 0 && ` (${state.speeches.size})`), search, list);
}
let speechSearch = "";

function yearFilter() {
  const undated = yearOf.filter((year) => !year).length;
  if (!years.length) return null;
  const [first, last] = [years[0], years[years.length - 1]];
  const [from, to] = [state.from ?? first, state.to ?? last];
  const told = el("output", { class: "count" }, from === first && to === last ? t("allYears", first, last) : `${from}–${to}`);
  const both = (a, b) => {
    told.textContent = `${a}–${b}`;
    return { from: a === first ? null : a, to: b === last ? null : b };
  };
  return el("fieldset", { class: "years" }, el("legend", {}, t("yearsFilter"), " ", told),
    first < last && thumb("from", t("from"), first, last, 1, from, (year) => both(Math.min(year, to), to)),
    first < last && thumb("to", t("to"), first, last, 1, to, (year) => both(from, Math.max(year, from))),
    undated > 0 && tick("undated", t("undated"), state.undated, (on) => change({ undated: on }), undated));
}

function choices(attribute, title, chosen, order) {
  const values = [...bodyValues(attribute)].sort(inOrder(order));
  if (values.length < 2) return null;
  return el("fieldset", {}, el("legend", {}, t("ofBodies", t(title))), el("div", { class: "pills" }, values.map(([value, count]) =>
    el("button", { type: "button", class: "pill", id: `filter-${attribute}-${value || "none"}`, "aria-pressed": String(chosen.has(value)), on: { click: () =>
      change({ [attribute === "level" ? "levels" : "systems"]: toggled(chosen, value) }) } },
    attributeName(attribute, value), " ", el("span", { class: "count" }, count)))),
  attribute === "level" && el("small", {}, t("ofBodiesHow")));
}

function relationFilter() {
  const counts = kinds.map((_, k) => statements.kind.reduce((sum, kind) => sum + (kind === k ? 1 : 0), 0));
  return el("fieldset", {}, el("legend", {}, t("relations")), el("div", { class: "pills" }, kinds.map((kind, k) => counts[k] > 0 &&
    el("button", { type: "button", class: "pill", id: `filter-kind-${kind.id}`, "aria-pressed": String(!state.kinds.has(k)), on: { click: () =>
      change({ kinds: toggled(state.kinds, k) }) } }, label(kind), " ", el("span", { class: "count" }, counts[k])))));
}

function slider(id, title, min, max, value, tell, step = 1) {
  if (max <= min) return null;
  const told = el("output", { class: "count" }, tell(value));
  return el("fieldset", {}, el("legend", {}, t(title), " ", told), thumb(id, t(title), min, max, step, value, (chosen) => {
    told.textContent = tell(chosen);
    return { [id]: chosen };
  }));
}

/** A slider; `ask` says what its value asks of the state. A held thumb is followed once a frame. */
function thumb(id, words, min, max, step, value, ask) {
  return el("input", { type: "range", id: `filter-${id}`, min, max, step, value, "aria-label": words, title: words, on: {
    pointerdown: () => { sliding = true; },
    input: (event) => {
      const wanted = ask(Number(event.target.value));
      if (!sliding) change(wanted);
      else {
        if (!slideTo) requestAnimationFrame(slide);
        slideTo = wanted;
      }
    },
  } });
}

function slide() {
  const wanted = slideTo;
  slideTo = null;
  if (wanted) change(wanted);
}
for (const event of ["pointerup", "pointercancel"]) {
  addEventListener(event, () => {
    if (!sliding) return;
    sliding = false;
    slide();
    renderFilters();
  });
}

/** What is on, in words, for the status line. */
function filterWords() {
  const join = language ? ", " : "、";
  const words = [];
  if (state.speeches.size) {
    const [first] = state.speeches;
    words.push(state.speeches.size === 1 ? t("onlySpeech", speechTitle(first)) : t("onlySpeeches", state.speeches.size));
  }
  if (state.from !== null || state.to !== null) words.push(t("onlyYears", state.from ?? years[0], state.to ?? years[years.length - 1]));
  if (!state.undated) words.push(t("withoutUndated"));
  if (state.off.size) words.push(t("hidden", [...state.off].map((k) => label(types[k])).join(join)));
  const values = (set, attribute) => [...set].map((value) => attributeName(attribute, value)).join(join);
  if (state.levels.size) words.push(t("onlyLevels", values(state.levels, "level")));
  if (state.systems.size) words.push(t("onlySystems", values(state.systems, "system")));
  if (state.kinds.size) words.push(t("hidden", [...state.kinds].map((k) => label(kinds[k])).join(join)));
  if (state.weight > 1) words.push(t("onlyWeight", state.weight));
  if (state.confidence) words.push(t("onlyConfidence", state.confidence));
  if (state.fold) words.push(t("foldedOn"));
  if (state.together) words.push(t("togetherOn"));
  return words;
}

const DRAWERS = ["filters", "export-menu", "help"];

function toggleDrawer(id) {
  const open = byId(id).hidden;
  closeDrawers();
  byId(id).hidden = !open;
  byId(`${id}-button`).setAttribute("aria-expanded", String(open));
  if (id === "filters") renderFilters();
}

function closeDrawers() {
  for (const id of DRAWERS) {
    byId(id).hidden = true;
    byId(`${id}-button`).setAttribute("aria-expanded", "false");
  }
}

listeners.push(renderFilters);
