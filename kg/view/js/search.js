// Search by name, alias and English gloss; suggestions answer to the arrow keys.
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s“”‘’"'「」『』《》〈〉·、，,]/g, "");
let searchIndex = null; // built at the first key stroke

function indexNames() {
  searchIndex ??= names.map((name, i) => ({
    name: fold(name),
    aliases: facts.nodes.aliases[i].map(fold),
    gloss: (facts.nodes.attributes[i].gloss || "").toLowerCase(),
    sounds: names[i].length <= 40 ? soundsOf(names[i]) : null,
  }));
  return searchIndex;
}

// Pinyin initials: every character with the letters that its readings begin with, as bits.
const readings = new Map();
for (const [letters, chars] of Object.entries(facts.initials)) {
  let bits = 0;
  for (const letter of letters) bits |= 1 << (letter.charCodeAt(0) - 97);
  for (const char of chars) readings.set(char, bits);
}

/** A name as one set of initials a character; punctuation has none, letters stand for themselves. */
function soundsOf(name) {
  const bits = [];
  for (const char of fold(name)) {
    if (readings.has(char)) bits.push(readings.get(char));
    else if (char >= "a" && char <= "z") bits.push(1 << (char.charCodeAt(0) - 97));
  }
  return bits;
}

/** 0 where the initials are those of the whole name, 2 of its beginning, 4 of its middle, else -1. */
function rateSounds(bits, wanted) {
  for (let at = 0; at + wanted.length <= bits.length; at++) {
    let k = 0;
    while (k < wanted.length && bits[at + k] & wanted[k]) k++;
    if (k === wanted.length) return at ? 4 : wanted.length === bits.length ? 0 : 2;
  }
  return -1;
}

/** The best matches as [node, alias or null]: whole names before beginnings before middles, then by rank. */
function find(query, most = 10) {
  const wanted = fold(query);
  if (!wanted) return [];
  const hits = [];
  const letters = /^[a-z]{2,12}$/.test(wanted) ? [...wanted].map((c) => 1 << (c.charCodeAt(0) - 97)) : null;
  indexNames().forEach((entry, i) => {
    let score = -1;
    let alias = null;
    const rate = (text) => (text === wanted ? 0 : text.startsWith(wanted) ? 2 : text.includes(wanted) ? 4 : -1);
    score = rate(entry.name);
    if (score !== 0) entry.aliases.forEach((other, k) => {
      const rated = rate(other);
      if (rated >= 0 && (score < 0 || rated + 1 < score)) {
        score = rated + 1;
        alias = facts.nodes.aliases[i][k];
      }
    });
    if (score < 0 && entry.gloss.includes(query.trim().toLowerCase())) {
      score = 6;
      alias = facts.nodes.attributes[i].gloss;
    }
    if (letters && score !== 0 && entry.sounds) {
      const rated = rateSounds(entry.sounds, letters);
      if (rated >= 0 && (score < 0 || rated + 0.5 < score)) {
        score = rated + 0.5;
        alias = null;
      }
    }
    if (score >= 0) hits.push([score, i, alias]);
  });
  hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return hits.slice(0, most).map(([, i, alias]) => [i, alias]);
}

/** Which of several namesakes this is: the 市委 of a place, the 四个方面 of a speech. */
function whose(i) {
  const scope = facts.nodes.scope[i];
  if (scope.startsWith("place:")) return scope.slice(6).replaceAll("/", " › ");
  const own = scope.startsWith("speech:") ? speeches.id.indexOf(scope.slice(7)) : -1;
  return own < 0 ? null : `《${speechTitle(own)}》`;
}

const box = byId("search");
const list = byId("suggestions");
let options_ = []; // what stands in the list: {item, act}
let active = -1;
const pathOpen = () => state.path === -1 && state.selected && state.selected.node !== undefined;

/** A line of the list that can be chosen. */
function option(act, ...children) {
  const n = options_.length;
  const item = el("li", { id: `hit-${n}`, role: "option", on: { pointerdown: (event) => {
    event.preventDefault();
    choose(n);
  } } }, children);
  options_.push({ item, act });
  return item;
}

function suggest() {
  const words = box.value.trim();
  options_ = [];
  const hits = find(box.value);
  const rows = hits.map(([i, alias]) => option(() => (pathOpen() && state.selected.node !== i ? tie(i) : goTo(keyOf(i))),
    icon(types[typeOf[i]]), el("bdi", {}, names[i]), alias && el("small", {}, t("alias", alias)),
    (whose(i) || whoSays(i, hits)) && el("small", {}, el("bdi", {}, whose(i) || whoSays(i, hits))), el("small", { class: "type" }, label(types[typeOf[i]]))));
  if (words && !hits.length) rows.push(el("li", { class: "none" }, t("noHit", words.slice(0, 40))));
  if (words && !pathOpen()) rows.push(...roleOption(words), textOption(words));
  active = options_.length ? 0 : -1;
  list.replaceChildren(...rows);
  list.hidden = !list.children.length;
  box.setAttribute("aria-expanded", String(!list.hidden));
  point();
}

/** Bodies of one role, as many places have them, can be seen together. */
function roleOption(words) {
  if (!roles) {
    roles = new Map();
    facts.nodes.attributes.forEach(({ role }, i) => { if (role && isBody(i)) roles.set(role, (roles.get(role) || 0) + 1); });
  }
  const count = roles.get(words) || 0;
  return count < 2 ? [] : [option(() => goTo(`role/${words}`), icon(types.find(({ id }) => id === "Body")), el("bdi", {}, t("allOfRole", words)), el("small", { class: "type" }, count))];
}
let roles = null; // role → how many bodies have it, counted at the first search

/** The way into the texts; how often the words stand there is told when they are unpacked, and never holds up the typing. */
function textOption(words) {
  if (!facts.texts) return el("li", { class: "none" }, t("seekNot"));
  const told = el("small", { class: "type" });
  passages().then((read) => setTimeout(() => {
    if (!told.isConnected) return;
    const found = inTexts(read, words);
    told.textContent = t("seekCount", found.length, placesIn(found));
  }), () => {});
  return option(() => goTo(`text/${words}`), el("bdi", { class: "seek" }, t("seekInTexts", words.slice(0, 40))), told);
}

/** Where the first of several namesakes is spoken of. */
function whoSays(i, hits) {
  const [first] = speechesOf(i);
  return first && first[0] >= 0 && hits.some(([j]) => j !== i && names[j] === names[i]) ? t("amongOthers", speechTitle(first[0]), speechesOf(i).length) : null;
}

function point() {
  options_.forEach(({ item }, n) => item.setAttribute("aria-selected", String(n === active)));
  if (active >= 0) {
    box.setAttribute("aria-activedescendant", `hit-${active}`);
    options_[active].item.scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}

/** Do what an option stands for; its name stands on the card then, and the box is free for the next. */
function choose(n) {
  closeSuggestions();
  box.value = "";
  box.blur();
  options_[n].act();
}

function closeSuggestions() {
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
}

box.addEventListener("input", suggest);
box.addEventListener("focus", () => { box.select(); if (box.value) suggest(); });
box.addEventListener("blur", closeSuggestions);
box.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Enter belongs to the input method then
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (options_.length) active = (active + (event.key === "ArrowDown" ? 1 : options_.length - 1)) % options_.length;
    point();
  } else if (event.key === "Enter" && active >= 0) choose(active);
  else if (event.key === "Escape") {
    box.value = "";
    suggest();
    box.blur();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "Escape" && document.activeElement !== box) {
    if (DRAWERS.some((id) => !byId(id).hidden)) closeDrawers();
    else if (state.path !== null) look({ path: null });
    else if (state.focus) look({ focus: 0 });
    else if (state.selected) goTo("");
  }
});
