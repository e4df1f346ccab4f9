// All statements as a table: sort by any column, narrow by words, and take it along as CSV.
const table = { sort: "count", down: true, words: "", kind: -1, rows: [] };
const ROWS = 100;

const firstDate = (s) => statements.speeches[s].filter((x) => x >= 0).map((x) => speeches.date[x] || "").filter(Boolean).sort()[0] || "";
const COLUMNS = [
  ["from", "subject", (s) => names[statements.from[s]]],
  ["kind", "relation", (s) => label(kinds[statements.kind[s]])],
  ["to", "object", (s) => names[statements.to[s]]],
  ["count", "evidenceCount", (s) => statements.count[s]],
  ["said", "speeches", (s) => statements.speeches[s].filter((x) => x >= 0).length],
  ["date", "firstDate", firstDate],
  ["confidence", "confidenceName", (s) => statements.confidence[s]],
];

function tableRows() {
  const passes = new Set(passing);
  const ok = statementFilter();
  const words = fold(table.words);
  const value = COLUMNS.find(([id]) => id === table.sort)[2];
  const found = [];
  for (let s = 0; s < statements.from.length; s++) {
    if (!ok(s) || !passes.has(statements.from[s]) || !passes.has(statements.to[s])) continue;
    if (table.kind >= 0 && statements.kind[s] !== table.kind) continue;
    if (words && ![statements.from[s], statements.to[s]].some((i) => fold(names[i]).includes(words) || facts.nodes.aliases[i].some((a) => fold(a).includes(words)))) continue;
    found.push(s);
  }
  const collate = new Intl.Collator("zh-Hans-CN");
  const keyed = found.map((s) => [value(s), s]);
  keyed.sort(([a, s], [b, u]) => (typeof a === "number" ? a - b : collate.compare(a, b)) * (table.down ? -1 : 1) || s - u);
  return keyed.map(([, s]) => s);
}

function tableView() {
  const body = el("tbody", {});
  const more = el("div", {});
  const told = el("span", { class: "count", role: "status" });
  const heads = el("tr", {});
  const draw = () => {
    table.rows = tableRows();
    told.textContent = t("rowCount", table.rows.length, statements.from.length);
    heads.replaceChildren(...COLUMNS.map(([id, key]) => el("th", { scope: "col", "aria-sort": table.sort === id ? (table.down ? "descending" : "ascending") : "none" },
      el("button", { type: "button", "data-column": id, on: { click: () => {
        table.down = table.sort === id ? !table.down : ["count", "said", "confidence"].includes(id);
        table.sort = id;
        draw();
      } } }, t(key), table.sort === id ? (table.down ? " ▾" : " ▴") : ""))));
    body.replaceChildren();
    if (table.rows.length) grow();
    else {
      body.append(el("tr", { class: "none" }, el("td", { colspan: COLUMNS.length }, t("noRows"), " ",
        (table.words || table.kind >= 0) && el("button", { type: "button", class: "quiet", id: "table-clear", on: { click: () => {
          Object.assign(table, { words: "", kind: -1 });
          showTab();
        } } }, t("clearNarrow")), filtered() && clearButton("table-clear-filters"))));
      more.replaceChildren();
    }
  };
  const grow = () => {
    const at = body.children.length;
    body.append(...table.rows.slice(at, at + ROWS).map(statementRow));
    const left = table.rows.length - body.children.length;
    more.replaceChildren(left > 0 ? el("button", { type: "button", class: "quiet", on: { click: grow } }, t("more", Math.min(left, ROWS))) : "");
  };
  const search = el("input", { type: "search", id: "table-search", value: table.words, placeholder: t("narrow"), "aria-label": t("narrow"), on: { input: (event) => {
    table.words = event.target.value;
    draw();
  } } });
  const kind = el("select", { id: "table-kind", "aria-label": t("relation"), on: { change: (event) => {
    table.kind = Number(event.target.value);
    draw();
  } } }, el("option", { value: -1 }, t("allRelations")), kinds.map((k, n) => el("option", { value: n, selected: table.kind === n }, label(k))));
  draw();
  return [el("div", { class: "tools" }, search, kind, told), typeRow(),
    el("table", { class: "rows" }, el("colgroup", {}, COLUMNS.map(([id]) => el("col", { class: `column-${id}` }))), el("thead", {}, heads), body), more];
}

function statementRow(s) {
  const [a, b] = [statements.from[s], statements.to[s]];
  return el("tr", { "data-statement": s }, el("td", {}, nodeLink(a)), el("td", {},
    el("button", { type: "button", class: "link", on: { click: () => goTo(keyOf(a) + SEPARATOR + keyOf(b)) } }, label(kinds[statements.kind[s]]))),
  el("td", {}, nodeLink(b)), COLUMNS.slice(3).map(([id, , value]) => el("td", { class: "number" }, id === "confidence" ? `${value(s)}%` : id === "said" && !value(s) ? t("lexicon") : value(s))));
}
