// The address says all that is shown, so that back, forward and shared links work:
// #type/scope/key?view=table&from=2019 … or #key1 — key2 for a line, #role/市委 for folded bodies, #text/words for words.
const SEPARATOR = " — ";
const TABS = ["graph", "trees", "cascade", "years", "table", "compare", "read"];
let written = null;

const selectedName = () => {
  const it = state.selected;
  if (!it) return "";
  if (it.role !== undefined) return `role/${it.role}`;
  if (it.words !== undefined) return `text/${it.words}`;
  return it.line ? it.line.map(keyOf).join(SEPARATOR) : keyOf(it.node);
};

/** The fragment for the state as it is. */
function fragment() {
  const query = new URLSearchParams();
  const put = (name, value) => { if (value !== null && value !== undefined && value !== "" && value !== false) query.append(name, String(value)); };
  const each = (name, values) => { for (const value of values) query.append(name, value); };
  put("view", state.tab !== "graph" && state.tab);
  each("hide", [...state.off].map((k) => types[k].id));
  each("speech", [...state.speeches].map((s) => speeches.id[s]));
  put("from", state.from);
  put("to", state.to);
  put("undated", !state.undated && 0);
  each("level", state.levels);
  each("system", state.systems);
  each("without", [...state.kinds].map((k) => kinds[k].id));
  put("weight", state.weight > 1 && state.weight);
  put("confidence", state.confidence > 0 && state.confidence);
  put("together", state.together && 1);
  put("fold", state.fold && 1);
  put("show", state.limit !== facts.shown && state.limit);
  put("steps", state.focus > 0 && state.focus);
  put("path", state.path !== null && state.path >= 0 && keyOf(state.path));
  put("avoid", state.avoid && 1);
  if (state.tab === "read" && state.read) {
    put("read", speeches.id[state.read.speech]);
    put("at", state.read.at > 0 && state.read.at);
    put("find", state.read.find);
  }
  if (state.tab === "compare") each("with", comparedPair().map((s) => speeches.id[s]).filter(Boolean));
  put("topic", state.topic >= 0 && keyOf(state.topic));
  each("pin", state.pinned.map(keyOf));
  put("lang", language ? "en" : "");
  const name = encodeURIComponent(selectedName());
  const rest = query.toString();
  return name || rest ? `#${name}${rest && `?${rest}`}` : "";
}

/** Write the state to the address: as a new step back for the browser, or in place of the last. */
function writeAddress(step) {
  const wanted = fragment();
  if (wanted === (location.hash || "")) return;
  written = wanted;
  history[step ? "pushState" : "replaceState"](null, "", wanted || location.pathname + location.search);
}

/** Select what a name names ("" for nothing), as a step that the browser can take back. */
function goTo(name) {
  const target = name ? named(name) : null;
  const same = name === selectedName();
  Object.assign(state, { selected: target && target.unknown === undefined ? target : null, path: null });
  if (!state.selected) state.focus = 0;
  settle(target, !same);
}

/** Show the card of what is selected, and bring it into view. */
function settle(target, step) {
  if (state.selected) for (const i of selectedNodes()) state.revealed.add(i);
  refresh();
  writeAddress(step);
  if (state.selected && state.tab === "graph") showSelected();
  if (document.body.dataset.tab !== state.tab) showTab();
  render(target && target.unknown);
}

function selectedNodes() {
  const it = state.selected;
  return !it ? [] : it.line ? it.line : it.node !== undefined ? [it.node] : [];
}

/** What a name names: {node}, {line}, {role}, or {unknown: name}. */
function named(name) {
  if (byKey.has(name)) return { node: byKey.get(name) };
  if (name.startsWith("role/")) return { role: name.slice(5) };
  if (name.startsWith("text/") && name.slice(5).trim()) return { words: name.slice(5) };
  const [a, b] = name.split(SEPARATOR).map((key) => byKey.get(key));
  return a !== undefined && b !== undefined ? { line: [a, b] } : { unknown: name };
}

/** Take the state from the address. */
function followAddress() {
  if (written !== null && location.hash === written) return;
  written = null;
  const hash = location.hash.slice(1);
  const mark = hash.indexOf("?");
  const query = new URLSearchParams(mark < 0 ? "" : hash.slice(mark + 1));
  let target = null;
  const raw = mark < 0 ? hash : hash.slice(0, mark);
  try {
    target = raw ? named(decodeURIComponent(raw)) : null;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    target = { unknown: raw };
  }
  const { revealed } = state;
  Object.assign(state, START(), { revealed });
  const known = (list) => (value) => list.findIndex((item) => (item.id || item) === value);
  const numbers = (name, of) => query.getAll(name).map(of).filter((k) => k >= 0);
  const whole = (name) => (/^\d{1,6}$/.test(query.get(name) || "") ? Number(query.get(name)) : null);
  const nodes = (name) => query.getAll(name).map((key) => byKey.get(key)).filter((i) => i !== undefined);
  if (TABS.includes(query.get("view"))) state.tab = query.get("view");
  state.off = new Set(numbers("hide", known(types)));
  state.speeches = new Set(numbers("speech", known(speeches.id)));
  state.from = whole("from");
  state.to = whole("to");
  state.undated = query.get("undated") !== "0";
  state.levels = new Set(query.getAll("level"));
  state.systems = new Set(query.getAll("system"));
  state.kinds = new Set(numbers("without", known(kinds)));
  state.weight = Math.max(1, whole("weight") ?? 1);
  state.confidence = Math.min(100, whole("confidence") ?? 0);
  state.together = query.get("together") === "1";
  state.fold = query.get("fold") === "1";
  state.limit = whole("show") ?? facts.shown;
  state.avoid = query.get("avoid") === "1";
  const [speech] = numbers("read", known(speeches.id));
  if (speech !== undefined) state.read = { speech, at: whole("at") ?? 0, find: query.get("find") || "" };
  const pair = numbers("with", known(speeches.id));
  if (pair.length === 2) state.compare = pair;
  state.topic = nodes("topic")[0] ?? -1;
  state.pinned = nodes("pin");
  state.selected = target && target.unknown === undefined ? target : null;
  if (state.selected && state.selected.node !== undefined) {
    state.focus = Math.min(3, whole("steps") ?? 0);
    state.path = nodes("path")[0] ?? null;
  }
  if (query.get("lang") === "en") language = 1;
  say();
  if (state.together) change({});
  settle(target, false);
  if (!state.selected && state.tab === "graph") fitAll();
}
addEventListener("hashchange", followAddress);
addEventListener("popstate", () => {
  written = null;
  followAddress();
});
// A link between cards keeps the filters; opened in another tab it is a link like any other.
document.addEventListener("click", (event) => {
  const link = event.target.closest ? event.target.closest("a.node") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  goTo(decodeURIComponent(link.getAttribute("href").slice(1)));
});
