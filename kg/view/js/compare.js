// Two speeches side by side: what both name, what only one does, and what one stresses more (log-likelihood).
function compareView() {
  if (speeches.id.length < 2) return [el("p", { class: "pending" }, t("needTwo"))];
  const [a, b] = state.compare;
  const pick = (k) => el("select", { id: `compare-${k}`, "aria-label": t(k ? "right" : "left"), on: { change: (event) => {
    const pair = [...state.compare];
    pair[k] = Number(event.target.value);
    change({ compare: pair });
  } } }, speeches.id.map((_, s) => el("option", { value: s, selected: state.compare[k] === s }, [speeches.date[s], speechTitle(s)].filter(Boolean).join(" "))));
  const counts = [a, b].map((s) => {
    const found = new Map();
    for (let i = 0; i < N; i++) if (!state.off.has(typeOf[i])) for (const [x, n] of speechesOf(i)) if (x === s) found.set(i, n);
    return found;
  });
  const total = counts.map((found) => [...found.values()].reduce((sum, n) => sum + n, 0));
  const rate = (k, i) => (10000 * (counts[k].get(i) || 0)) / Math.max(1, speeches.length[[a, b][k]]);
  const shared = [...counts[0].keys()].filter((i) => counts[1].has(i));
  const only = (k) => [...counts[k].keys()].filter((i) => !counts[1 - k].has(i)).sort((x, y) => counts[k].get(y) - counts[k].get(x) || x - y);
  shared.sort((x, y) => keyness(counts, total, y) - keyness(counts, total, x) || x - y);
  const bars = (i) => {
    const most = Math.max(rate(0, i), rate(1, i));
    return el("span", { class: "pair" }, [0, 1].map((k) => {
      const bar = el("span", { class: `bar${k}`, title: t("rateOf", digits(rate(k, i)), counts[k].get(i) || 0, speeches.length[[a, b][k]]) }, digits(rate(k, i)));
      bar.style.setProperty("--part", `${Math.round((100 * rate(k, i)) / most)}%`);
      return bar;
    }));
  };
  const column = (title, items, row, name) => el("section", { class: `column ${name}` }, el("h3", {}, title, " ", el("span", { class: "count" }, items.length)),
    folding(items, row, 40, "ul", "plain"));
  // 市委 of two places, or the 四个方面 of two speeches: the same words, not the same thing.
  const wordings = [0, 1].map((k) => new Set([...counts[k].keys()].map((i) => `${typeOf[i]} ${names[i]}`)));
  const alone = (k) => (i) => el("li", {}, nodeLink(i), wordings[1 - k].has(`${typeOf[i]} ${names[i]}`) && el("small", {}, t("sameWords")),
    el("span", { class: "count" }, counts[k].get(i)));
  return [
    el("div", { class: "tools" }, pick(0), "⇄", pick(1)),
    el("p", { class: "count" }, t("compareHow")),
    el("div", { class: "compare" },
      column(t("onlyIn", speechTitle(a)), only(0), alone(0), "only0"),
      column(t("inBoth"), shared, (i) => el("li", {}, nodeLink(i), bars(i)), "both"),
      column(t("onlyIn", speechTitle(b)), only(1), alone(1), "only1")),
  ];
}

/** How surely the rates differ, whichever way (Dunning's log-likelihood). */
function keyness(counts, total, i) {
  const [x, y] = counts.map((found) => found.get(i) || 0);
  const share = (x + y) / Math.max(1, total[0] + total[1]);
  const part = (n, k) => (n ? n * Math.log(n / (total[k] * share)) : 0);
  return 2 * (part(x, 0) + part(y, 1));
}
