// What can be done with the entity of a card: its neighbourhood, paths to another, and copies for elsewhere.

function actions(i) {
  const steps = [0, 1, 2, 3].map((n) => el("button", { type: "button", class: "step-choice", "aria-pressed": String(state.focus === n),
    "data-steps": n, title: n ? t("steps", n) : t("stepsAll"), on: { click: () => look({ focus: n, path: null }) } }, n || t("stepsNone")));
  return el("div", { class: "actions" },
    el("div", { class: "choice", role: "group", "aria-label": t("focus"), title: t("focusHow") }, el("span", {}, t("focus")), steps),
    el("button", { type: "button", id: "path-start", class: "quiet", title: t("pathsHow"), "aria-pressed": String(state.path !== null), on: { click: () => {
      look({ path: state.path === null ? -1 : null, focus: 0 });
      if (state.path === -1) box.focus();
    } } }, t("paths")),
    copyButton("copyIri", () => passages().then((read) => read.iri[i])),
    copyButton("copyQuery", () => passages().then((read) => sparql(read.iri[i]))),
    copyButton("copyCitation", () => passages().then((read) => entityCitation(i, read.iri[i]))),
    el("button", { type: "button", class: "quiet pin", title: t("inYearsHow"), "aria-pressed": String(state.pinned.includes(i)), on: { click: () => {
      const pinned = state.pinned.includes(i) ? state.pinned.filter((p) => p !== i) : [...state.pinned, i].slice(-6);
      change({ tab: "years", pinned });
      showTab();
      render();
    } } }, t("inYears")),
  );
}

/** Tie the selected node to another by the shortest paths. */
function tie(i) {
  look({ path: i, focus: 0 });
}

/** Change what part of the picture is shown, and look at it. */
function look(values) {
  change({ ...values, tab: "graph" });
  showTab();
  if (state.selected) showSelected();
  else fitAll();
  render();
}

function pathSection(i) {
  if (state.path === null) return null;
  if (state.path < 0) {
    return el("section", { class: "paths" }, el("h3", {}, t("paths")), el("p", {}, t("pathChoose")));
  }
  const option = (name, key) => el("label", { class: "option", title: t(`${key}How`) }, el("input", { type: "checkbox", checked: state[name], id: `path-${name}`,
    on: { change: (event) => look({ [name]: event.target.checked }) } }), t(key));
  const found = routes && routes.paths.length ? routeList(routes) : [el("p", {}, t("pathNone")),
    state.avoid && el("button", { type: "button", class: "quiet", id: "path-hubs", on: { click: () => look({ avoid: false }) } }, t("pathWithHubs")),
    state.together ? null : pathsByCompany(i)];
  return el("section", { class: "paths" }, el("h3", {}, t("pathsTo"), nodeLink(state.path)),
    el("p", { class: "options" }, option("avoid", "avoidHubs"), option("together", "viaTogether")), found);
}

function routeList({ paths, count }) {
  return [
    el("p", { class: "count" }, t("pathCount", count, paths[0].length - 1), count > paths.length ? t("pathFirst", paths.length) : ""),
    el("ol", { class: "routes" }, paths.map((path) => el("li", {}, routeOf(path)))),
  ];
}

/** Where no statements lead from one to the other: the paths through common sentences, said to be such. */
function pathsByCompany(i) {
  return whenRead((read) => {
    togetherRead ??= bothWays(read.together);
    const passes = new Set(passing);
    const found = shortestPaths(i, state.path, nearBy(statementFilter(), (j) => passes.has(j), true));
    if (!found.paths.length) return el("p", { class: "company" }, t("pathNoCompany"));
    return el("div", { class: "company" }, el("p", {}, t("pathByCompany")), routeList(found),
      el("button", { type: "button", class: "quiet", id: "path-draw", on: { click: () => look({ together: true }) } }, t("pathDraw")));
  });
}

/** A path as words: node, relation, node …; the relation opens its quotations. */
function routeOf(path) {
  const row = el("div", { class: "route" }, nodeLink(path[0]));
  path.slice(1).forEach((j, k) => {
    const i = path[k];
    const on = statementsOn.get(lineKey(i, j)) || [];
    if (!on.length) {
      const line = el("div", { class: "hop" }, t("inOneSentence"), " ");
      line.append(openButton(line, t("quote"), () => togetherQuotes(i, j)));
      row.append(line);
    }
    for (const s of on.slice(0, 3)) {
      const out = statements.from[s] === i;
      const line = el("div", { class: "hop" }, out ? "→ " : "← ", label(kinds[statements.kind[s]]), " ");
      line.append(evidenceButton(line, s));
      row.append(line);
    }
    row.append(nodeLink(j));
  });
  return row;
}

/** A button that opens something below its host, and closes it again. */
function openButton(host, words, make) {
  let open = null;
  const button = el("button", { type: "button", class: "quiet words", "aria-expanded": "false", on: { click: () => {
    if (open) open.remove();
    open = open ? null : el("div", { class: "words" }, make());
    if (open) host.append(open);
    button.setAttribute("aria-expanded", String(Boolean(open)));
  } } }, words);
  return button;
}

// --- partOf and campaigns -----------------------------------------------------------------------------------------

const kindNumber = (id) => kinds.findIndex((kind) => kind.id === id);

/** What a body belongs to, step by step up; a circle ends where it began. */
function chainSection(i) {
  const partOf = kindNumber("partOf");
  const chain = [i];
  let at = i;
  while (chain.length < 12) {
    const up = statementsOf[at].filter((s) => statements.kind[s] === partOf && statements.from[s] === at)
      .sort((a, b) => statements.count[b] - statements.count[a])[0];
    if (up === undefined || chain.includes(statements.to[up])) break;
    at = statements.to[up];
    chain.push(at);
  }
  if (chain.length < 2) return null;
  return section(t("chain"), el("p", { class: "chain" }, chain.reverse().flatMap((j, n) => [n ? " › " : "", j === i ? el("strong", {}, el("bdi", {}, names[j])) : nodeLink(j)])));
}

/** Campaigns that carry a slogan or document out, with who organises them and when they began. */
function campaignsSection(i) {
  const [carries, organised, begun] = ["implements", "organisedBy", "issuedOn"].map(kindNumber);
  const ends = (j, kind) => statementsOf[j].filter((s) => statements.kind[s] === kind && statements.from[s] === j).map((s) => statements.to[s]);
  const campaigns = statementsOf[i].filter((s) => statements.kind[s] === carries && statements.to[s] === i)
    .map((s) => statements.from[s]).filter((j) => types[typeOf[j]].id === "Campaign");
  if (!campaigns.length) return null;
  return section(t("campaigns"), folding([...new Set(campaigns)], (j) => el("li", {}, nodeLink(j),
    el("small", {}, [...ends(j, organised), ...ends(j, begun)].flatMap((k, n) => [n ? "、" : "", nodeLink(k)]))), 8, "ul", "plain"));
}

// --- copies -------------------------------------------------------------------------------------------------------

function copyButton(key, make) {
  const button = el("button", { type: "button", class: `quiet copy ${key}`, title: t(`${key}How`), on: { click: async () => {
    await copyText(await make());
    button.textContent = t("copied");
    setTimeout(() => { button.textContent = t(key); }, 1500);
  } } }, t(key));
  return button;
}

/** Say briefly what was done. */
function toast(words) {
  const place = byId("toast");
  place.textContent = words;
  place.hidden = false;
  clearTimeout(toasted);
  toasted = setTimeout(() => { place.hidden = true; }, 3500);
}
let toasted = 0;

/** Put text on the clipboard; a page opened from a file may have to do it the old way. */
async function copyText(text) {
  byId("copied").value = text;
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch (error) {
      if (error.name !== "NotAllowedError") throw error;
    }
  }
  const area = byId("copied");
  area.hidden = false;
  area.select();
  document.execCommand("copy");
  area.hidden = true;
}

/** A query for all that speeches say of an entity, with the words: runs as it is on the store and on graph.nq. */
function sparql(iri) {
  const needed = ["kg", "oa", "dcterms", "rdfs"];
  return `${needed.map((name) => `PREFIX ${name}: <${facts.prefixes[name]}>`).join("\n")}
SELECT ?speech ?start ?quote WHERE {
  ?mention oa:hasBody <${iri}> ; oa:hasTarget ?passage .
  ?passage oa:hasSource/dcterms:identifier ?speech ; oa:hasSelector ?position , ?words .
  ?position oa:start ?start .
  ?words oa:exact ?quote .
}
ORDER BY ?speech ?start
`;
}

function entityCitation(i, iri) {
  const when = speechesOf(i).length;
  return `${names[i]}（${label(types[typeOf[i]])}；${t("mentions", when, mentionsOf(i))}）. ${pageTitle()}. ${iri}`;
}

function citation(s, quote, start, end) {
  const about = [speeches.speaker[s], `《${speechTitle(s)}》`, speeches.place[s], speeches.date[s]].filter(Boolean).join("，");
  return `“${quote}” —— ${about}（${speeches.doc[s]}，${t("characters", start, end)}）`;
}
