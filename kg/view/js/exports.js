// Files of what is shown: PNG and SVG of the picture, GEXF of its nodes and lines, CSV of the statements.
function save(name, type, parts) {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
// Characters that no XML 1.0 file may hold are left out.
const xml = (value) => String(value).replace(/[^\t\n\r\u0020-\ud7ff\ud800-\udfff\ue000-\ufffd]/g, "").replace(/[&<>"']/g, (c) => XML[c]);

function savePng() {
  const source = container.querySelector("canvas");
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [source.width, source.height];
  const ctx = copy.getContext("2d");
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(source, 0, 0);
  copy.toBlob((blob) => save("graph.png", "image/png", [blob]), "image/png");
}

/** What the canvas shows, as vectors: lines, signs, and the names that found room. */
function svgText() {
  const view = viewOf();
  const [w, h] = [view.width / view.scale, view.height / view.scale];
  const inside = (i) => X[i] >= view.left - 50 && X[i] <= view.left + w + 50 && Y[i] >= view.top - 50 && Y[i] <= view.top + h + 50;
  const n = (value) => value.toFixed(1);
  const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(view.left)} ${n(view.top)} ${n(w)} ${n(h)}" width="${view.width}" height="${view.height}" font-family="sans-serif">`,
    `<title>${xml(facts.title)}</title><rect x="${n(view.left)}" y="${n(view.top)}" width="${n(w)}" height="${n(h)}" fill="${theme.paper}"/>`, `<g stroke="${theme.line}">`];
  for (const { a, b, width, on } of links.values()) {
    if (inside(a) || inside(b)) parts.push(`<line x1="${n(X[a])}" y1="${n(Y[a])}" x2="${n(X[b])}" y2="${n(Y[b])}" stroke-width="${width}"${on.length ? "" : ' stroke-dasharray="3 5"'}/>`);
  }
  parts.push("</g>");
  for (const i of [...visible].reverse()) {
    if (!inside(i)) continue;
    const type = types[typeOf[i]];
    const hollow = type.shape === "ring";
    const look_ = hollow ? `fill="${theme.paper}" stroke="${colourOf(type)}" stroke-width=".45"` : `fill="${colourOf(type)}"`;
    parts.push(`<path transform="translate(${n(X[i])} ${n(Y[i])}) scale(${n(SIZE[i] * (hollow ? 0.8 : 1))})" d="${SHAPES[type.shape]}" ${look_}${hubs.has(i) ? ' opacity=".55"' : ""}><title>${xml(shortName(i, 60))}</title></path>`);
  }
  for (const { text, x, y, px, bold } of labelsNow) {
    parts.push(`<text x="${n(x)}" y="${n(y)}" font-size="${n(px)}"${bold ? ' font-weight="600"' : ""} text-anchor="middle" dominant-baseline="central" fill="${theme.ink}" stroke="${theme.paper}" stroke-width="${n(px / 4)}" paint-order="stroke" stroke-linejoin="round">${xml(text)}</text>`);
  }
  return [...parts, "</svg>\n"].join("\n");
}

/** GEXF 1.3 of the nodes and lines on the canvas, with positions and colours: opens in Gephi. */
function gexfText() {
  const rgb = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));
  const nodes = [...visible].map((i) => {
    const [r, g, b] = rgb(colourOf(types[typeOf[i]]));
    return `<node id="${i}" label="${xml(caption(i) === shortName(i) ? names[i] : caption(i))}"><attvalues><attvalue for="0" value="${types[typeOf[i]].id}"/><attvalue for="1" value="${xml(facts.nodes.scope[i])}"/>` +
      `<attvalue for="2" value="${mentionsOf(i)}"/><attvalue for="3" value="${speechesOf(i).length}"/></attvalues><viz:size value="${SIZE[i]}"/><viz:position x="${X[i].toFixed(1)}" y="${(-Y[i]).toFixed(1)}" z="0"/><viz:color r="${r}" g="${g}" b="${b}"/></node>`;
  });
  const edges = [];
  for (const { a, b, on, n } of links.values()) {
    for (const s of on) {
      edges.push(`<edge id="s${s}" source="${standFor(statements.from[s])}" target="${standFor(statements.to[s])}" type="directed" label="${xml(label(kinds[statements.kind[s]]))}" weight="${statements.count[s]}"><attvalues><attvalue for="0" value="${kinds[statements.kind[s]].id}"/><attvalue for="1" value="${statements.confidence[s]}"/></attvalues></edge>`);
    }
    if (n) edges.push(`<edge id="t${a}-${b}" source="${a}" target="${b}" type="undirected" label="${xml(t("inOneSentence"))}" weight="${n}"><attvalues><attvalue for="0" value="mentionedWith"/></attvalues></edge>`);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>kg</creator><description>${xml(facts.title)}</description></meta>
<graph defaultedgetype="directed">
<attributes class="node"><attribute id="0" title="type" type="string"/><attribute id="1" title="scope" type="string"/><attribute id="2" title="mentions" type="integer"/><attribute id="3" title="speeches" type="integer"/></attributes>
<attributes class="edge"><attribute id="0" title="predicate" type="string"/><attribute id="1" title="confidence" type="integer"/></attributes>
<nodes>
${nodes.join("\n")}
</nodes>
<edges>
${edges.join("\n")}
</edges>
</graph>
</gexf>
`;
}

/** A CSV field: quoted where needed, and never a formula for the spreadsheet that opens it. */
function csvField(value) {
  let text = String(value);
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The statements that pass the filters (in the table: its rows in their order; else those on the canvas). */
function csvText() {
  const rows = state.tab === "table" ? table.rows : [...new Set([...links.values()].flatMap(({ on }) => on))].sort((a, b) => a - b);
  const head = ["subject_type", "subject", "predicate", "object_type", "object", "evidence", "confidence", "speeches"];
  const lines = rows.map((s) => {
    const [a, b] = [statements.from[s], statements.to[s]];
    return [types[typeOf[a]].id, names[a], kinds[statements.kind[s]].id, types[typeOf[b]].id, names[b], statements.count[s], statements.confidence[s] / 100,
      statements.speeches[s].map((x) => (x < 0 ? "lexicon" : speeches.id[x])).join("|")];
  });
  return [head, ...lines].map((row) => row.map(csvField).join(",")).join("\r\n") + "\r\n";
}

const FILES = {
  png: savePng,
  svg: () => save("graph.svg", "image/svg+xml", [svgText()]),
  gexf: () => save("graph.gexf", "application/xml", [gexfText()]),
  csv: () => save("statements.csv", "text/csv;charset=utf-8", ["\ufeff", csvText()]),
};

function renderExport() {
  byId("export-menu").replaceChildren(...Object.entries(FILES).map(([id, make]) => el("button", { type: "button", role: "menuitem", id: `export-${id}`, on: { click: () => {
    closeDrawers();
    make();
  } } }, t(`export_${id}`))),
  el("button", { type: "button", role: "menuitem", id: "export-link", on: { click: async () => {
    closeDrawers();
    await copyText(location.href);
  } } }, t("export_link")),
  el("button", { type: "button", role: "menuitem", id: "export-print", on: { click: () => {
    closeDrawers();
    print();
  } } }, t("export_print")));
}
