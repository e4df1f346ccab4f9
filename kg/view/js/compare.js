// Two speeches side by side: what both name, what only one does, and what one stresses more (log-likelihood).
function compareView() {
  if (speeches.id.length < 2) return [el("p", { class: "pending" }, t("needTwo"))];
  const { a, b, counts, rate, shared, only } = comparison();
  const pick = (k) => el("select", { id: `compare-${k}`, "aria-label": t(k ? "right" : "left"), on: { change: (event) => {
    const pair = [...comparedPair()];
    pair[k] = Number(event.target.value);
    change({ compare: pair });
  } } }, speechesByDate.map((s) => el("option", { value: s, selected: comparedPair()[k] === s }, datedTitle(s))));
  const most = Math.max(1e-9, ...shared.flatMap((i) => [rate(0, i), rate(1, i)])); // one scale for the whole list
  const bars = (i) => {
    const [left, right] = [0, 1].map((k) => {
      const told = t("rateOf", digits(rate(k, i)), counts[k].get(i), speeches.length[[a, b][k]]);
      const bar = el("span", { class: `bar${k}`, title: told });
      bar.style.setProperty("--part", `${Math.round((1000 * rate(k, i)) / most) / 10}%`);
      return [el("span", { class: `rate${k}`, title: told }, digits(rate(k, i))), bar];
    });
    return el("span", { class: "pair" }, left, right.reverse());
  };
  const column = (title, items, row, name) => el("section", { class: `column ${name}` }, el("h3", {}, title, " ", el("span", { class: "count" }, items.length)),
    items.length ? folding(items, row, 40, "ul", "plain") : el("p", { class: "pending" }, t("nothingHere")));
  // 市委 of two places, or the 四个方面 of two speeches: the same words, not the same thing.
  const wordings = [0, 1].map((k) => new Set([...counts[k].keys()].map((i) => `${typeOf[i]} ${names[i]}`)));
  const alone = (k) => (i) => el("li", {}, nodeLink(i), wordings[1 - k].has(`${typeOf[i]} ${names[i]}`) && el("small", {}, t("sameWords")),
    el("span", { class: "count" }, counts[k].get(i)));
  return [
    el("div", { class: "tools" }, pick(0), "⇄", pick(1)),
    typeRow(),
    el("p", { class: "count" }, t("compareHow")),
    el("p", { class: "count key" }, [a, b].map((s, k) => el("span", {}, el("span", { class: `swatch bar${k}` }), datedTitle(s)))),
    el("div", { class: "compare" },
      column(t("onlyIn", speechTitle(a)), only(0), alone(0), "only0"),
      column(t("inBoth"), shared, (i) => el("li", {}, nodeLink(i), bars(i)), "both"),
      column(t("onlyIn", speechTitle(b)), only(1), alone(1), "only1")),
  ];
}

/** The two speeches side by side; until somebody chooses, the neighbours by date that name most in common. */
function comparedPair() {
  if (state.compare) return state.compare;
  if (!likeliest) {
    const place = new Map(speechesByDate.map((s, k) => [s, k]));
    const common = new Array(speechesByDate.length).fill(0);
    for (let i = 0; i < N; i++) {
      const said = new Set(speechesOf(i).filter(([s]) => s >= 0).map(([s]) => place.get(s)));
      for (const k of said) if (said.has(k - 1)) common[k]++;
    }
    const k = Math.max(1, common.indexOf(Math.max(...common)));
    likeliest = [speechesByDate[k - 1], speechesByDate[k]];
  }
  return likeliest;
}
let likeliest = null;

/** What the two speeches name, how often, and how surely that differs. */
function comparison() {
  const [a, b] = comparedPair();
  const ofBodies = bodyFilter();
  const counts = [a, b].map((s) => {
    const found = new Map();
    for (let i = 0; i < N; i++) if (!state.off.has(typeOf[i]) && ofBodies(i)) for (const [x, n] of speechesOf(i)) if (x === s) found.set(i, n);
    return found;
  });
  const total = counts.map((found) => [...found.values()].reduce((sum, n) => sum + n, 0));
  const rate = (k, i) => (10000 * (counts[k].get(i) || 0)) / Math.max(1, speeches.length[[a, b][k]]);
  const shared = [...counts[0].keys()].filter((i) => counts[1].has(i));
  const only = (k) => [...counts[k].keys()].filter((i) => !counts[1 - k].has(i)).sort((x, y) => counts[k].get(y) - counts[k].get(x) || x - y);
  const surely = (i) => keyness(counts, total, i);
  shared.sort((x, y) => surely(y) - surely(x) || x - y);
  return { a, b, counts, rate, surely, shared, only, all: [...shared, ...only(0), ...only(1)] };
}

/** How surely the rates differ, whichever way (Dunning's log-likelihood). */
function keyness(counts, total, i) {
  const [x, y] = counts.map((found) => found.get(i) || 0);
  const share = (x + y) / Math.max(1, total[0] + total[1]);
  const part = (n, k) => (n ? n * Math.log(n / (total[k] * share)) : 0);
  return 2 * (part(x, 0) + part(y, 1));
}
