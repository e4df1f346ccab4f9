// The facts of the page: columns as Python wrote them, and the indexes that the page looks things up by.
const facts = JSON.parse(document.getElementById("facts").textContent);
const { types, kinds, speeches, statements } = facts;
const drawn = facts.network; // what pyvis holds: nodes, edges, options
const N = drawn.nodes.id ? drawn.nodes.id.length : 0;
const names = drawn.nodes.label || [];
const HOME_X = Float32Array.from(drawn.nodes.x || []); // where the layout put them
const HOME_Y = Float32Array.from(drawn.nodes.y || []);
const X = HOME_X.slice(); // where they are now
const Y = HOME_Y.slice();
const SIZE = Float32Array.from(drawn.nodes.size || []);
const typeOf = Uint8Array.from(facts.nodes.type);
const LEXICON = -1;
const pageTitle = () => (language ? facts.title_en : facts.title);

const keyOf = (i) => `${types[typeOf[i]].id}/${facts.nodes.scope[i]}/${facts.nodes.key[i] || names[i]}`;
const byKey = new Map();
for (let i = 0; i < N; i++) byKey.set(keyOf(i), i);

// Statements by node (out and in) and by line of the picture.
const statementsOf = Array.from({ length: N }, () => []);
const statementsOn = new Map();
const lineKey = (a, b) => (a < b ? a * N + b : b * N + a);
for (let s = 0; s < statements.from.length; s++) {
  const a = statements.from[s];
  const b = statements.to[s];
  statementsOf[a].push(s);
  statementsOf[b].push(s);
  const line = lineKey(a, b);
  if (statementsOn.has(line)) statementsOn.get(line).push(s);
  else statementsOn.set(line, [s]);
}

// Lines of the picture, by their ends and by node. What is drawn of them, the filters decide (state.js).
const L = drawn.edges.id ? drawn.edges.id.length : 0;
const lineByEnds = new Map();
const neighbours = Array.from({ length: N }, () => []);
for (let e = 0; e < L; e++) {
  const [a, b] = [drawn.edges.from[e], drawn.edges.to[e]];
  lineByEnds.set(lineKey(a, b), e);
  neighbours[a].push(b);
  neighbours[b].push(a);
}
const neighboursOf = (i) => neighbours[i];
const hubs = new Set(facts.hubs);

const expansionsOf = new Map(); // node → expansions
for (const row of facts.expansions) {
  const [node, members, expected, status, speech, start, end, rule, date, source] = row;
  const item = { node, members, expected, status, speech, start, end, rule, date, source };
  if (expansionsOf.has(node)) expansionsOf.get(node).push(item);
  else expansionsOf.set(node, [item]);
}

const directives = facts.directives.map(
  ([issuer, act, content, about, venue, date, target, targetNode, speech, start, end, rule, cue, confidence]) =>
    ({ issuer, act, content, about, venue, date, target, targetNode, speech, start, end, rule, cue, confidence }));
const directivesOf = new Map(); // node → directives it takes part in
for (const d of directives) {
  for (const i of new Set([d.issuer, ...d.about, d.venue, d.date, d.targetNode])) {
    if (i < 0) continue;
    if (directivesOf.has(i)) directivesOf.get(i).push(d);
    else directivesOf.set(i, [d]);
  }
}

// A time that no speech has is no year; such speeches stand in a bucket of their own.
const yearOf = speeches.year;
const years = [...new Set(yearOf.filter(Boolean))].sort((a, b) => a - b);

/** Mentions of a node as [speech, count] pairs. */
function speechesOf(i) {
  const flat = facts.nodes.speeches[i];
  const pairs = [];
  for (let k = 0; k < flat.length; k += 2) pairs.push([flat[k], flat[k + 1]]);
  return pairs;
}
const mentionsOf = (i) => speechesOf(i).reduce((sum, [, count]) => sum + count, 0);

/** What a speech is called: its title, its occasion, its first words, and only then its file. */
function speechTitle(s) {
  if (s === LEXICON) return t("lexicon");
  return speeches.title[s] || speeches.occasion[s] || (speeches.opening[s] ? t("untitled", speeches.opening[s]) : speeches.doc[s]);
}

/** Date and title in one line; a year that the title begins with is not said twice. */
function datedTitle(s) {
  const [title, date] = [speechTitle(s), speeches.date[s] || ""];
  const year = String(yearOf[s]);
  if (!date || !title.startsWith(year)) return [date, title].filter(Boolean).join(" ");
  return date === year ? title : `${date} ${title.slice(year.length).replace(/^年/, "")}`;
}

// All lists of speeches run by date, then by title; what has no date comes last.
const speechesByDate = speeches.id.map((_, s) => s).sort((a, b) => {
  const [x, y] = [a, b].map((s) => (yearOf[s] ? speeches.date[s].replace(/^\D+/, "") : "9"));
  const [p, q] = [a, b].map((s) => speeches.title[s] || speeches.doc[s]);
  return x < y ? -1 : x > y ? 1 : p < q ? -1 : p > q ? 1 : a - b;
});
/** The year of the speech that a date without a year stands in ("4月12日", "去年12月"); 0 where it has one, or nobody knows. */
function yearBeside(i) {
  const { scope, attributes } = facts.nodes;
  if (types[typeOf[i]].id !== "Time" || !scope[i].startsWith("speech:") || /^\d/.test(attributes[i].edtf || "")) return 0;
  const s = speeches.id.indexOf(scope[i].slice(7));
  return s < 0 ? 0 : yearOf[s];
}
const isBody = (i) => types[typeOf[i]].id === "Body";

/** Names are drawn without the marks that turn the direction of writing round, and not at any length. */
function shortName(i, most = 18) {
  const name = names[i].replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\n]/g, "");
  const letters = Array.from(name.slice(0, most * 2 + 2));
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : letters.join("");
}

/** The values of an attribute among the bodies of the page, with counts, the most frequent first. */
function bodyValues(attribute) {
  const counts = new Map();
  for (let i = 0; i < N; i++) {
    if (types[typeOf[i]].id !== "Body") continue;
    const value = facts.nodes.attributes[i][attribute] || "";
    counts.set(value, (counts.get(value) || 0) + 1);
  }
  return counts;
}
const LEVELS = ["国际", "中央", "省", "市", "县", "乡", "村"];
const SYSTEMS = ["党", "人大", "政府", "政协", "监委", "法院", "检察院", "群团", "军队", "媒体"];
const inOrder = (order) => ([a], [b]) => rankIn(order, a) - rankIn(order, b);
const rankIn = (order, value) => (value === "" ? order.length + 1 : order.includes(value) ? order.indexOf(value) : order.length);
const levelOf = (i) => facts.nodes.attributes[i].level || "";
const systemOf = (i) => facts.nodes.attributes[i].system || "";
