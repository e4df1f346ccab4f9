// What is shown, as one value; everybody who draws listens to it. Filters combine: what is shown passes all of them.
const START = () => ({
  tab: "graph",
  off: new Set(), // types that the legend hides
  speeches: new Set(), // only what these speeches name; empty: all
  from: null, to: null, // only what is named in these years
  undated: true, // whether speeches without a date count
  levels: new Set(), // bodies of these levels only; empty: all
  systems: new Set(), // the same for systems
  kinds: new Set(), // relations that are left out
  weight: 1, // lines with so many pieces of evidence at least
  confidence: 0, // percent
  together: false, // also lines between what stands in one sentence
  fold: false, // bodies of one role stand as one
  limit: facts.shown, // how many of the best ranked to show
  revealed: new Set(), // shown whatever the filters say, because somebody went there
  selected: null, // {node}, {line: [a, b]}, {role} or {words}: what is sought in the texts
  focus: 0, // steps around the selected node, 0: the whole picture
  path: null, // the other end of the paths from the selected node; -1: waiting to be chosen
  avoid: false, // paths and neighbourhoods do not lead through hubs
  read: null, // {speech, at, find}: the speech in the reader, where, and the words to mark there
  compare: null, // the two speeches side by side; null: neighbours by date that share most
  topic: -1, // what the cascade follows
  pinned: [], // what the timeline draws large
});
const state = START();
let visible = new Set(); // node numbers on the canvas
let passing = []; // all nodes that pass the filters, best ranked first
let passingOf = []; // how many nodes of each type pass the filters, the legend's aside
let cut = null; // [shown, of] where a neighbourhood was too large to draw
let links = new Map(); // lines on the canvas: key → {id, a, b, on: statements, n: common sentences, width}
let linksAt = new Map(); // node → its links
let folded = new Map(); // node → {role, nodes} where bodies stand as one
let togetherRead = null; // the passages' table of what shares sentences
const listeners = [];

const spokenFilter = () => state.speeches.size > 0 || state.from !== null || state.to !== null || !state.undated;
const lineFilter = () => state.kinds.size > 0 || state.weight > 1 || state.confidence > 0;
const filtered = () => state.off.size > 0 || spokenFilter() || lineFilter() || state.levels.size > 0 || state.systems.size > 0 || state.fold || state.together;

function speechPasses(s) {
  if (state.speeches.size && !state.speeches.has(s)) return false;
  if (!yearOf[s]) return state.undated;
  return (state.from === null || yearOf[s] >= state.from) && (state.to === null || yearOf[s] <= state.to);
}

const bodyPasses = (i) => (!state.levels.size || state.levels.has(levelOf(i))) && (!state.systems.size || state.systems.has(systemOf(i)));

/** The function that says whether a node is a body of the chosen levels and systems, or tied to one by a statement or directive. */
function bodyFilter() {
  if (!state.levels.size && !state.systems.size) return () => true;
  const kept = new Uint8Array(N);
  for (let i = 0; i < N; i++) if (isBody(i) && bodyPasses(i)) kept[i] = 2;
  const tie = (i, j) => { if (kept[i] === 2 && !isBody(j)) kept[j] = 1; };
  for (let s = 0; s < statements.from.length; s++) {
    tie(statements.from[s], statements.to[s]);
    tie(statements.to[s], statements.from[s]);
  }
  for (const d of directives) {
    const parts = [d.issuer, ...d.about, d.venue, d.date, d.targetNode].filter((i) => i >= 0);
    for (const i of [d.issuer, d.targetNode]) if (i >= 0) for (const j of parts) tie(i, j);
  }
  return (i) => kept[i] > 0;
}

/** The function that says whether a node passes all filters on nodes but the legend's. */
function nodeFilter() {
  const spoken = spokenFilter() ? speeches.id.map((_, s) => speechPasses(s)) : null;
  const ofBodies = bodyFilter();
  return (i) => ofBodies(i) && (!spoken || facts.nodes.speeches[i].some((value, k) => k % 2 === 0 && spoken[value]));
}

/** The function that says whether a statement passes all filters on lines. */
function statementFilter() {
  const spoken = spokenFilter() ? speeches.id.map((_, s) => speechPasses(s)) : null;
  return (s) => !state.kinds.has(statements.kind[s]) && statements.count[s] >= state.weight &&
    statements.confidence[s] >= state.confidence &&
    (!spoken || statements.speeches[s].some((speech) => speech === LEXICON || spoken[speech]));
}

/** The nodes that share sentences with one, as [node, sentences]; none unless asked for and read. */
const togetherPairs = (i) => (togetherRead ? togetherRead[i] : []);

/** The passages' table lists for each node its closest; here each pair stands at both of its ends. */
function bothWays(table_) {
  const found = table_.map(() => new Map());
  table_.forEach((flat, i) => {
    for (let k = 1; k < flat.length; k += 2) {
      found[i].set(flat[k], flat[k + 1]);
      found[flat[k]].set(i, flat[k + 1]);
    }
  });
  return found.map((pairs) => [...pairs]);
}

function refresh() {
  const nodeOk = nodeFilter();
  const statementOk = statementFilter();
  const passes = new Uint8Array(N);
  for (let i = 0; i < N; i++) passes[i] = nodeOk(i) ? 1 : 0;
  leaveTied(passes, statementOk);
  passingOf = new Array(types.length).fill(0);
  for (let i = 0; i < N; i++) passingOf[typeOf[i]] += passes[i];
  if (state.off.size) {
    for (let i = 0; i < N; i++) if (state.off.has(typeOf[i])) passes[i] = 0;
    leaveTied(passes, statementOk);
  }
  passing = [];
  for (let i = 0; i < N; i++) if (passes[i]) passing.push(i);
  cut = null;
  const around = arrange(passes, statementOk);
  visible = new Set(around || passing.slice(0, state.limit));
  if (!around) for (const i of state.revealed) visible.add(i);
  foldBodies();
  linkUp(statementOk);
  for (const listener of listeners) listener();
}

/** With a filter on lines, what no line ties any more is of no use in the picture. */
function leaveTied(passes, statementOk) {
  if (!lineFilter()) return;
  const tied = new Uint8Array(N);
  for (let s = 0; s < statements.from.length; s++) {
    const [a, b] = [statements.from[s], statements.to[s]];
    if (passes[a] && passes[b] && statementOk(s)) tied[a] = tied[b] = 1;
  }
  for (let i = 0; i < N; i++) passes[i] &= tied[i];
}

function foldBodies() {
  folded = new Map();
  if (!state.fold) return;
  const roles = new Map();
  for (const i of visible) {
    const { role } = facts.nodes.attributes[i];
    if (types[typeOf[i]].id !== "Body" || !role) continue;
    if (roles.has(role)) roles.get(role).push(i);
    else roles.set(role, [i]);
  }
  for (const [role, nodes] of roles) {
    if (nodes.length < 2) continue;
    nodes.sort((a, b) => a - b);
    const group = { role, nodes };
    for (const i of nodes) folded.set(i, group);
    for (const i of nodes.slice(1)) visible.delete(i);
  }
}
const standFor = (i) => (folded.has(i) ? folded.get(i).nodes[0] : i);

function linkUp(statementOk) {
  links = new Map();
  linksAt = new Map();
  const add = (a, b, width) => {
    const id = lineKey(a, b);
    if (!links.has(id)) {
      const link = { id, a: Math.min(a, b), b: Math.max(a, b), on: [], n: 0, width };
      links.set(id, link);
      for (const end of [a, b]) {
        if (linksAt.has(end)) linksAt.get(end).push(link);
        else linksAt.set(end, [link]);
      }
    }
    return links.get(id);
  };
  const plain = !filtered();
  for (let e = 0; e < L; e++) {
    const [from, to] = [drawn.edges.from[e], drawn.edges.to[e]];
    const [a, b] = state.fold ? [standFor(from), standFor(to)] : [from, to];
    if (a === b || !visible.has(a) || !visible.has(b)) continue;
    const all = statementsOn.get(lineKey(from, to));
    const on = plain ? all : all.filter(statementOk);
    if (on.length) add(a, b, drawn.edges.width[e]).on.push(...on);
  }
  if (!state.together) return;
  for (const i of visible) {
    for (const [j, n] of togetherPairs(i)) {
      if (n >= state.weight && visible.has(j)) {
        const link = add(i, j, 1);
        link.n = n;
      }
    }
  }
}
const linksOf = (i) => linksAt.get(i) || [];
const endBeside = (link, i) => (link.a === i ? link.b : link.a);

/** Change some of the state, let everybody know, and write it to the address. */
function change(values) {
  Object.assign(state, values);
  if (state.together && !togetherRead) {
    passages().then((read) => {
      togetherRead = bothWays(read.together);
      refresh();
      if (!state.selected || (state.path === null && !state.focus)) return;
      showSelected();
      render();
    }, (error) => problem(error.message));
  }
  refresh();
  writeAddress(false);
}

/** Let all filters go; what is selected stays. */
function clearFilters() {
  const { tab, selected, focus, path, avoid, read, compare, topic, pinned, revealed } = state;
  change({ ...START(), tab, selected, focus, path, avoid, read, compare, topic, pinned, revealed });
}
