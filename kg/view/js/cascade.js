// Directive cascade: who asks for what, from the highest level down. Levels are rows, systems are lanes.

/** Directives and campaigns as steps: {who, act, what (a node or text), topics, target, speech, span}. */
function cascadeSteps() {
  const [carries, organised] = ["implements", "organisedBy"].map(kindNumber);
  const spoken = (s) => s === LEXICON || speechPasses(s);
  const steps = directives.filter((d) => spoken(d.speech)).map((d) => ({ who: d.issuer, act: d.act,
    what: d.about.find((i) => names[i] === d.content) ?? d.content, topics: d.about, target: d.target || (d.targetNode >= 0 ? names[d.targetNode] : ""), venue: d.venue, date: d.date, d }));
  for (let s = 0; s < statements.from.length; s++) {
    if (statements.kind[s] !== organised || !statements.speeches[s].some(spoken)) continue;
    const campaign = statements.from[s];
    const topics = statementsOf[campaign].filter((x) => statements.kind[x] === carries && statements.from[x] === campaign).map((x) => statements.to[x]);
    steps.push({ who: statements.to[s], act: t("organises"), what: campaign, topics: [campaign, ...topics], target: "", venue: -1, date: -1, s });
  }
  // The same request, found in several places, is one step with several quotations.
  const merged = new Map();
  for (const step of steps) {
    if (state.off.has(typeOf[step.who]) || !bodyPasses(step.who)) continue;
    const same = JSON.stringify([step.who, step.act, step.what, step.target]);
    if (merged.has(same)) merged.get(same).more.push(step);
    else merged.set(same, { ...step, more: [step] });
  }
  return [...merged.values()];
}
const rowOf = (step) => levelOf(step.who);

function cascadeView() {
  const all = cascadeSteps();
  // What reaches over several levels is worth following most.
  const tally = new Map();
  for (const step of all) {
    for (const i of new Set(step.topics)) {
      const found = tally.get(i) || { count: 0, levels: new Set() };
      found.count++;
      if (rowOf(step)) found.levels.add(rowOf(step));
      tally.set(i, found);
    }
  }
  const topics = [...tally].sort(([i, a], [j, b]) => b.levels.size - a.levels.size || b.count - a.count || i - j).map(([i, { count }]) => [i, count]);
  const picker = el("select", { id: "cascade-topic", "aria-label": t("topic"), on: { change: (event) => {
    change({ topic: Number(event.target.value) });
  } } }, el("option", { value: -1 }, t("allTopics", all.length)),
  topics.map(([i, count]) => el("option", { value: i, selected: i === state.topic }, `${shortName(i, 24)}（${count}）`)));
  const shown = state.topic < 0 ? all : all.filter((step) => step.topics.includes(state.topic));
  const cells = new Map();
  const used = [new Set(), new Set()];
  for (const step of shown) {
    const body = types[typeOf[step.who]].id === "Body";
    const level = rowOf(step);
    const lane = body ? systemOf(step.who) : types[typeOf[step.who]].id === "Person" ? "person" : "";
    used[0].add(level);
    used[1].add(lane);
    const key = `${level}|${lane}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(step);
  }
  const rows = [...used[0]].sort((a, b) => rankIn(LEVELS, a) - rankIn(LEVELS, b));
  const order = ["person", ...SYSTEMS];
  const lanes = [...used[1]].sort((a, b) => rankIn(order, a) - rankIn(order, b));
  const cards = new Map(); // who → its card on the grid, for the arrows
  const grid = el("table", { class: "cascade" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("attr_level")), lanes.map((lane) => el("th", { scope: "col" }, lane === "person" ? t("person") : lane ? attributeName("system", lane) : t("systemUnknown"))))),
    el("tbody", {}, rows.map((level) => el("tr", {}, el("th", { scope: "row" }, level ? attributeName("level", level) : t("levelUnknown")),
      lanes.map((lane) => el("td", {}, folding((cells.get(`${level}|${lane}`) || []).sort((a, b) => a.who - b.who), (step) => {
        const card = stepCard(step);
        cards.set(card, { step, row: rows.indexOf(level) });
        return card;
      }, state.topic < 0 ? 4 : 30, "div", "steps")))))));
  const frame_ = el("div", { class: "cascade-frame" }, grid);
  const wide = el("small", {});
  requestAnimationFrame(() => { if (frame_.scrollWidth > frame_.clientWidth + 1) wide.textContent = t("widerThanRoom", lanes.length); });
  if (state.topic >= 0) requestAnimationFrame(() => drawArrows(frame_, cards));
  return [el("div", { class: "tools" }, el("label", { for: "cascade-topic" }, t("topic")), picker,
    state.topic >= 0 && nodeLink(state.topic), wide), shown.length ? frame_ : el("p", { class: "pending" }, t("noDirectives"))];
}

function stepCard(step) {
  const card = el("div", { class: "stepcard" });
  const what = typeof step.what === "number" ? nodeLink(step.what) : el("bdi", {}, step.what);
  card.append(el("p", {}, nodeLink(step.who), " ", el("span", { class: "act" }, actName(step.act)), " ", what),
    ...(step.target ? [el("p", { class: "from", title: t("target") }, "→ ", el("bdi", {}, step.target))] : []),
    ...(step.venue >= 0 || step.date >= 0 ? [el("p", { class: "from" }, [step.venue, step.date].filter((i) => i >= 0).map((i) => [nodeLink(i), " "]))] : []));
  card.append(openButton(card, step.more.length > 1 ? `${t("quote")} ${step.more.length}` : t("quote"), () => step.more.map((one) => (one.d
    ? [el("p", { class: "from" }, el("bdi", {}, datedTitle(one.d.speech))), one.d.speech === LEXICON || one.d.start < 0 ? null
      : whenRead((read) => quoteList(read.texts[one.d.speech], [[one.d.start, one.d.end]]))].filter(Boolean)
    : evidenceQuotes(one.s))).flat()));
  return card;
}

/** Arrows from what one level asks for to what lower levels do about it. */
function drawArrows(frame_, cards) {
  const origin = frame_.getBoundingClientRect();
  const paths = [];
  const placed = [...cards].map(([card, { row }]) => ({ box: card.getBoundingClientRect(), row }));
  const rows = [...new Set(placed.map(({ row }) => row))].sort((a, b) => a - b);
  for (let k = 1; k < rows.length; k++) {
    const above = placed.filter(({ row }) => row === rows[k - 1]);
    for (const { box: below } of placed.filter(({ row }) => row === rows[k])) {
      const from = above[above.length - 1].box;
      const near = above.reduce((best, { box: other }) => (Math.abs(other.left - below.left) + Math.abs(other.bottom - below.top) / 4 <
        Math.abs(best.left - below.left) + Math.abs(best.bottom - below.top) / 4 ? other : best), from);
      const [x1, y1] = [near.left + 14 - origin.left + frame_.scrollLeft, near.bottom - origin.top + frame_.scrollTop];
      const [x2, y2] = [below.left + 14 - origin.left + frame_.scrollLeft, below.top - origin.top + frame_.scrollTop];
      paths.push(svg("path", { d: `M${x1} ${y1}C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2 - 2}`, class: "arrow", "marker-end": "url(#tip)" }));
    }
  }
  frame_.append(svg("svg", { class: "arrows", width: frame_.scrollWidth, height: frame_.scrollHeight, "aria-hidden": "true" },
    svg("defs", {}, svg("marker", { id: "tip", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, svg("path", { d: "M0 0L8 4L0 8Z", class: "tip" }))), paths));
}
