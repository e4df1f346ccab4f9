// What each view shows, as rows under headings in the language of the page: the CSV files.
const TABLES = {
  graph: ["statements.csv", statementRows],
  table: ["statements.csv", statementRows],
  trees: ["expansions.csv", treeRows],
  cascade: ["cascade.csv", cascadeRows],
  years: ["timeline.csv", timelineRows],
  compare: ["comparison.csv", compareRows],
  read: ["mentions.csv", readerRows],
};
const heads = (...keys) => keys.map((key) => t(key));

/** The statements that pass the filters: in the table its rows in their order, else those on the canvas. */
function statementRows() {
  const rows = state.tab === "table" ? table.rows : [...new Set([...links.values()].flatMap(({ on }) => on))].sort((a, b) => a - b);
  return [heads("csv_from_type", "subject", "relation", "csv_to_type", "object", "evidenceCount", "csv_confidence", "speeches"), ...rows.map((s) => {
    const [a, b] = [statements.from[s], statements.to[s]];
    return [label(types[typeOf[a]]), names[a], label(kinds[statements.kind[s]]), label(types[typeOf[b]]), names[b], statements.count[s], statements.confidence[s] / 100,
      statements.speeches[s].map((x) => (x < 0 ? t("lexicon") : datedTitle(x))).join("|")];
  })];
}

function treeRows() {
  const rows = passing.filter((i) => expansionsOf.has(i)).flatMap((i) => expansionsOf.get(i).flatMap((e) => e.members.map(([name], k) =>
    [names[i], k + 1, name, t(`status_${e.status}`), e.expected || "", e.date || "", e.speech === LEXICON ? [t("lexicon"), e.source].filter(Boolean).join(" · ") : datedTitle(e.speech)])));
  return [heads("csv_slogan", "csv_position", "csv_member", "checkFilter", "attr_pattern", "date", "attr_source"), ...rows];
}

function cascadeRows() {
  const rows = cascadeSteps().filter((step) => state.topic < 0 || step.topics.includes(state.topic)).flatMap((step) => step.more.map((one) =>
    [attributeName("level", levelOf(one.who)), attributeName("system", systemOf(one.who)), names[one.who], actName(one.act), typeof one.what === "number" ? names[one.what] : one.what,
      one.target, one.venue >= 0 ? names[one.venue] : "", one.date >= 0 ? names[one.date] : "",
      (one.d ? [one.d.speech] : statements.speeches[one.s]).map((s) => (s < 0 ? t("lexicon") : datedTitle(s))).join("|")]));
  return [heads("attr_level", "attr_system", "subject", "csv_act", "content", "target", "venue", "date", "speeches"), ...rows];
}

function timelineRows() {
  const { columns, size, ratesOf } = timeline();
  const rows = [...new Set([...state.pinned, ...passing])].filter((i) => mentionsOf(i)).flatMap((i) => ratesOf(i).filter(({ count }) => count)
    .map(({ year, count, rate }) => [label(types[typeOf[i]]), names[i], yearName(year), count, size.get(year), rate.toFixed(3)]));
  return [heads("csv_type", "csv_name", "csv_year", "csv_mentions", "csv_length", "perTenThousand"), ...(columns.length ? rows : [])];
}

function compareRows() {
  if (speeches.id.length < 2) return [[]];
  const { a, b, counts, rate, surely, all } = comparison();
  return [[t("csv_type"), t("csv_name"), datedTitle(a), datedTitle(b), `${t("perTenThousand")} 1`, `${t("perTenThousand")} 2`, t("keynessTerm")],
    ...all.map((i) => [label(types[typeOf[i]]), names[i], counts[0].get(i) || 0, counts[1].get(i) || 0, rate(0, i).toFixed(3), rate(1, i).toFixed(3), surely(i).toFixed(2)])];
}

function readerRows() {
  const { speech } = state.read || { speech: speechesByDate[0] };
  const rows = passing.flatMap((i) => speechesOf(i).filter(([s]) => s === speech).map(([, count]) => [label(types[typeOf[i]]), names[i], count]));
  return [heads("csv_type", "csv_name", "csv_mentions"), ...rows];
}
