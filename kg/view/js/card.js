// The card of an entity and the card of a line.
const NAMED_ATTRIBUTES = ["role", "level", "system", "collective", "pattern", "bare", "office", "edtf", "inferred", "corpus", "since",
  "until", "kind", "origin_by", "origin_at", "origin_date", "source"];

const section = (title, ...children) => el("section", {}, el("h3", {}, title), ...children);
const fact = (name, ...value) => [el("dt", {}, name), el("dd", {}, ...value)];

function cardOf(i) {
  const type = types[typeOf[i]];
  const attributes = facts.nodes.attributes[i];
  const mentions = mentionsOf(i);
  const hidden = neighboursOf(i).filter((other) => !visible.has(standFor(other)));
  return el("article", { class: "card" },
    el("p", { class: "kind" }, icon(type), label(type), el("span", { class: "count" },
      mentions ? t("mentions", speechesOf(i).length, mentions) : t("unnamed"))),
    el("h2", { dir: "auto" }, names[i]),
    attributes.gloss ? el("p", { class: "gloss", lang: "en", dir: "auto" }, attributes.gloss) : null,
    actions(i),
    pathSection(i),
    factList(i, attributes),
    chainSection(i),
    membersSection(i),
    campaignsSection(i),
    directivesSection(i),
    relationsSection(i, hidden),
    mentions ? section(t("together"), togetherList(i)) : null,
    mentions ? section(t("quotes"), quoteStepper(i), mentionQuotes(i)) : null,
  );
}

function factList(i, attributes) {
  const rows = [];
  const aliases = facts.nodes.aliases[i];
  if (aliases.length) rows.push(fact(t("aliases"), aliases.flatMap((name, n) => [n ? "、" : "", el("bdi", {}, name)])));
  if (whose(i)) rows.push(fact(t(facts.nodes.scope[i].startsWith("place:") ? "scopePlace" : "scopeSpeech"), el("bdi", {}, whose(i))));
  for (const name of NAMED_ATTRIBUTES) {
    const value = attributes[name];
    if (value === undefined || value === "" || (name === "bare" && value === names[i])) continue;
    const shown = value === "true" ? t("yes") : name === "kind" && WORDS[`kind_${value}`] ? t(`kind_${value}`) : value;
    rows.push(fact(t(`attr_${name}`), el("bdi", {}, shown)));
  }
  return rows.length ? el("dl", {}, rows) : null;
}

// --- members ------------------------------------------------------------------------------------------------------

/** How many members a pattern promises: 3 → 3, 3+3+3 → 9, 5p → 5 (pairs); null where it promises none. */
function promised(pattern) {
  if (!pattern) return null;
  const parts = pattern.split("+").map((part) => Number.parseInt(part, 10));
  return parts.some(Number.isNaN) ? null : parts.reduce((sum, n) => sum + n, 0);
}

function countCheck(expansion) {
  const found = expansion.members.length;
  const wanted = promised(expansion.expected);
  const pattern = /[+p]/.test(expansion.expected || "") ? t("brackets", expansion.expected.replace(/(\d+)p/g, (_, n) => t("pairs", n))) : "";
  const { status } = expansion;
  if (status === "uncheckable" || wanted === null) return el("span", { class: "check" }, t("uncheckable", found));
  // Only the number is checked: a tick alone would read as if somebody had checked the members.
  const [sign, note] = { complete: [t("status_complete"), ""], partial: ["◐", t("partial")], mismatch: ["✗", t("mismatch", wanted, found)] }[status];
  return [el("span", { class: `check ${status}`, title: t("countHow", wanted, found) }, `${sign} ${found}/${wanted}${pattern}`), note && el("small", {}, note)];
}

/** Groups of expansions by date, those that only mention some of what another lists at the end. */
function inOrderOfLists(groups) {
  const some = (group) => group[0].status === "partial" && groups.some(([other]) => other.status !== "partial");
  return [...groups].sort((a, b) => some(a) - some(b) || beginning(a).localeCompare(beginning(b)))
    .map((group) => ({ group, some: some(group) }));
}

/** The members of a list as text, with the words marked in which they differ from those of another list. */
function differing(members, other) {
  const [mine, theirs] = [members, other ? other.members : members].map((list_) => list_.map(([name]) => name));
  return mine.map((name, k) => {
    if (theirs.includes(name)) return name;
    const beside = theirs[k] !== undefined && !mine.includes(theirs[k]) ? Array.from(theirs[k]) : [];
    const letters = Array.from(name);
    let [start, end] = [0, 0];
    while (start < letters.length && letters[start] === beside[start]) start++;
    while (end < Math.min(letters.length, beside.length) - start && letters[letters.length - 1 - end] === beside[beside.length - 1 - end]) end++;
    const part = (from, to) => letters.slice(from, to).join("");
    return [part(0, start), el("mark", { class: "differs", title: t("differs") }, part(start, letters.length - end)), part(letters.length - end)];
  });
}

/** What each list is set against: the one before it, the first against the second. */
const setAgainst = (lists, k) => (lists[k].some || lists.length < 2 ? null : (lists[k - 1] || (lists[1].some ? lists[0] : lists[1])).group[0]);

/** From when a list holds, for sorting: an open beginning is the earliest, no date the latest. */
const beginning = (group) => group.map((expansion) => expansion.date || "9").sort()[0].replace(/^\.\.\//, "0");

function membersSection(i) {
  const all = expansionsOf.get(i);
  if (!all) return null;
  const groups = new Map(); // the same members from several sources stand once
  for (const expansion of all) {
    const same = JSON.stringify([expansion.members.map(([name]) => name), expansion.status]);
    if (groups.has(same)) groups.get(same).push(expansion);
    else groups.set(same, [expansion]);
  }
  const lists = inOrderOfLists([...groups.values()]);
  const rivals = lists.filter(({ some }) => !some).length;
  const rival = rivals > 1 ? el("p", { class: "rival" }, t("rival", rivals)) : null;
  return section(t("members"), rival, lists.map(({ group, some }, k) => {
    const sources = el("ul", { class: "sources" }, group.map((expansion) => {
      const line = el("li", {});
      const from = expansion.speech === LEXICON
        ? [t("fromLexicon"), expansion.date && t("since", expansion.date), expansion.source].filter(Boolean).join(" · ")
        : t("fromSpeech", speechTitle(expansion.speech));
      const dated = expansion.speech !== LEXICON && expansion.date ? el("span", { class: "count" }, expansion.date) : "";
      line.append(el("bdi", {}, from), " ", dated, " ", quoteButton(line, expansion.speech, expansion.start, expansion.end) || "");
      return line;
    }));
    const words = differing(group[0].members, setAgainst(lists, k));
    return el("div", { class: some ? "expansion some" : "expansion" },
      el("p", { class: "verdict" }, some && el("strong", {}, t("onlySome")), countCheck(group[0])),
      el("ol", {}, group[0].members.map(([, node], n) =>
        el("li", {}, node >= 0 && node !== i ? nodeLink(node, words[n]) : el("bdi", {}, words[n])))),
      sources);
  }));
}

// --- directives ---------------------------------------------------------------------------------------------------

function directiveRow(d, here = null) {
  const row = el("li", {});
  const who = d.issuer === here ? el("strong", {}, el("bdi", {}, names[d.issuer])) : nodeLink(d.issuer);
  const slots = [
    d.about.some((i) => i !== here && names[i] !== d.content) &&
      fact(t("about"), d.about.filter((i) => i !== here).flatMap((i, n) => [n ? "、" : "", nodeLink(i)])),
    d.venue >= 0 && fact(t("venue"), nodeLink(d.venue)),
    d.date >= 0 && fact(t("date"), nodeLink(d.date)),
    (d.target || d.targetNode >= 0) &&
      fact(t("target"), d.targetNode >= 0 ? nodeLink(d.targetNode, d.target || undefined) : el("bdi", {}, d.target)),
  ].filter(Boolean);
  const same = d.about.find((i) => names[i] === d.content && i !== here);
  row.append(
    el("p", {}, who, " ", el("span", { class: "act" }, actName(d.act)), " ",
      same !== undefined ? nodeLink(same) : el("bdi", { class: "content" }, d.content)),
    ...(slots.length ? [el("dl", {}, slots)] : []),
    el("p", { class: "from" }, el("bdi", {}, datedTitle(d.speech)), " ", quoteButton(row, d.speech, d.start, d.end)),
  );
  return row;
}

function directivesSection(i) {
  const mine = directivesOf.get(i);
  return mine ? section(t("directives"), folding(mine, (d) => directiveRow(d, i), 6, "ul", "directives")) : null;
}

/** A list that shows the first few and opens on request. */
function folding(items, make, first, tag, name) {
  const list = el(tag, { class: name }, items.slice(0, first).map(make));
  if (items.length <= first) return list;
  const more = el("button", { type: "button", class: "quiet", on: { click: () => {
    list.append(...items.slice(first).map(make));
    more.remove();
  } } }, t("allMore", items.length));
  return [list, more];
}

// --- relations ----------------------------------------------------------------------------------------------------

function relationsSection(i, hidden) {
  const groups = new Map();
  for (const s of statementsOf[i]) {
    const out = statements.from[s] === i;
    const heading = `${statements.kind[s]}${out ? ">" : "<"}`;
    if (!groups.has(heading)) groups.set(heading, { kind: kinds[statements.kind[s]], out, rows: [] });
    groups.get(heading).rows.push(s);
  }
  if (!groups.size) return null;
  const blocks = [...groups.values()].map(({ kind, out, rows }) => {
    const other = (s) => (out ? statements.to[s] : statements.from[s]);
    rows.sort((a, b) => other(a) - other(b));
    return el("div", { class: "group" },
      el("h4", {}, out ? label(kind) : inverse(kind), " ", el("span", { class: "count" }, rows.length)),
      folding(rows, (s) => {
        const row = el("li", {}, nodeLink(other(s)));
        row.append(evidenceButton(row, s));
        return row;
      }, 8, "ul", "relations"));
  });
  const more = hidden.length ? el("button", { type: "button", class: "quiet", on: { click: () => {
    reveal(hidden);
    lookAt([i, ...neighboursOf(i)]);
    more.remove();
  } } }, t("hiddenNeighbours", hidden.length)) : null;
  return section(t("relations"), blocks, more);
}

/** Entities that share sentences with this one, whether or not any statement ties them. */
function togetherList(i) {
  return whenRead((read) => {
    const [all, ...flat] = read.together[i];
    const rows = [];
    for (let k = 0; k < flat.length; k += 2) {
      rows.push(el("li", {}, nodeLink(flat[k]), el("span", { class: "count" }, t("togetherCount", flat[k + 1]))));
    }
    return [el("ul", { class: "relations together" }, rows),
      all > rows.length || !all ? el("small", {}, t("togetherMore", all, rows.length)) : ""];
  });
}

function evidenceButton(row, s) {
  let open = null;
  const button = el("button", { type: "button", class: "quiet words", "aria-expanded": "false", on: {
    click: () => {
      if (open) open.remove();
      open = open ? null : el("div", { class: "words" }, evidenceQuotes(s));
      if (open) row.append(open);
      button.setAttribute("aria-expanded", String(Boolean(open)));
    },
  } }, t("quote"));
  return button;
}

// --- a line -------------------------------------------------------------------------------------------------------

function lineCard([a, b]) {
  const on = statementsOn.get(lineKey(a, b)) || [];
  return el("article", { class: "card line" },
    el("p", { class: "kind" }, t("statement")),
    on.map((s) => el("section", {},
      el("p", { class: "triple" }, nodeLink(statements.from[s]), el("span", { class: "predicate" }, label(kinds[statements.kind[s]])),
        nodeLink(statements.to[s])),
      evidenceQuotes(s))),
    el("section", {}, on.length ? null : el("p", { class: "triple" }, nodeLink(a), nodeLink(b)),
      el("h3", {}, t("inOneSentence")), togetherQuotes(a, b)));
}

/** The sentences that name both. */
function togetherQuotes(a, b) {
  return whenRead((read) => {
    if (!facts.texts) return el("p", { class: "pending" }, t("withoutTexts"));
    const spans = (i) => {
      const found = new Map();
      const flat = read.mentions[i];
      for (let k = 0; k < flat.length; k += 3) {
        if (!found.has(flat[k])) found.set(flat[k], []);
        found.get(flat[k]).push([flat[k + 1], flat[k + 2]]);
      }
      return found;
    };
    const [left, right] = [spans(a), spans(b)];
    const blocks = [];
    for (const [speech, mine] of left) {
      if (!right.has(speech)) continue;
      const text = read.texts[speech];
      const others = right.get(speech);
      const both = [];
      for (const sentence of sentencesOf(text, mine)) {
        const with_ = others.filter(([start, end]) => start >= sentence.start && end <= sentence.end);
        if (with_.length) both.push({ ...sentence, marks: [...sentence.marks, ...with_].sort((x, y) => x[0] - y[0]) });
      }
      if (both.length) {
        blocks.push(el("div", { class: "evidence" }, el("div", { class: "speech" }, el("bdi", {}, speechTitle(speech))),
          folded_(both, (sentence) => sentenceElement(text, sentence))));
      }
    }
    return blocks.length ? blocks : el("p", { class: "pending" }, t("neverTogether"));
  });
}
const folded_ = (items, make) => folding(items, make, 4, "div", "quotes");

/** Bodies of one role, folded into one sign. */
function roleCard(role) {
  const nodes = [];
  for (let i = 0; i < N; i++) if (types[typeOf[i]].id === "Body" && facts.nodes.attributes[i].role === role) nodes.push(i);
  return el("article", { class: "card role" },
    el("p", { class: "kind" }, t("roleCard")), el("h2", {}, role),
    section(t("bodiesOfRole", nodes.length), el("ul", { class: "plain" }, nodes.map((i) => el("li", {}, nodeLink(i), " ",
      whose(i) && el("small", {}, el("bdi", {}, whose(i))))))));
}
