// The panel before anything is chosen: what is here, and where to begin.
function startCard() {
  const slogans = [...expansionsOf.keys()].filter((i) => mentionsOf(i)).sort((a, b) => a - b);
  const spoken = speechesByDate;
  const alike = new Map(); // slogans of one name: whose each is, is said beside it
  for (const i of slogans) alike.set(names[i], (alike.get(names[i]) || 0) + 1);
  const said = new Array(spoken.length).fill(0);
  for (let i = 0; i < N; i++) for (const [s, count] of speechesOf(i)) if (s >= 0) said[s] += count;
  const order = [...directives].sort((a, b) => rankOf(b) - rankOf(a));
  return el("article", { class: "card start" },
    el("h2", {}, t("start")),
    el("p", {}, t("intro", spoken.length, N, statements.from.length)),
    slogans.length ? section(t("topSlogans"), folding(slogans, (i) => el("li", {}, nodeLink(i), " ", countCheck(bestOf(i)),
      alike.get(names[i]) > 1 && whose(i) ? el("small", { class: "whose" }, el("bdi", {}, whose(i))) : null,
      language && facts.nodes.attributes[i].gloss ? el("small", { class: "gloss" }, facts.nodes.attributes[i].gloss) : null), 10, "ul", "plain")) : null,
    order.length ? section(t("topDirectives"), folding(order, (d) => directiveRow(d), 4, "ul", "directives")) : null,
    spoken.length ? section(t("speeches"), folding(spoken, (s) => el("li", {},
      el("button", { type: "button", class: "link", "aria-pressed": String(state.speeches.has(s)), "data-speech": s,
        on: { click: () => {
          change({ speeches: state.speeches.has(s) ? new Set() : new Set([s]) });
          fitAll();
        } } }, el("bdi", {}, speechTitle(s))),
      " ", readButton(s, 0),
      el("small", {}, [speeches.speaker[s], speeches.place[s], speechTitle(s).startsWith(speeches.date[s]) ? "" : speeches.date[s], t("speechCount", said[s])].filter(Boolean).join(" · "))), 12, "ul", "plain")) : null,
  );
}

/** Complete lists first: they say most. */
const bestOf = (i) => expansionsOf.get(i).find((expansion) => expansion.status === "complete") || expansionsOf.get(i)[0];
/** First what is sure, has its words in a speech, says to whom, where and when, and is about what tells most; the newer first. */
const rankOf = (d) => d.confidence / 25 + (d.speech !== LEXICON && d.start >= 0 ? 2 : 0) + (d.target || d.targetNode >= 0 ? 1.5 : 0) +
  (d.venue >= 0 ? 0.5 : 0) + (d.date >= 0 ? 0.5 : 0) - (2 * Math.min(...d.about, N)) / N +
  (d.speech !== LEXICON && yearOf[d.speech] ? (3 * (yearOf[d.speech] - years[0])) / Math.max(1, years[years.length - 1] - years[0]) : 0);
