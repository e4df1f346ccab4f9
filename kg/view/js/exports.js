// Files of what is shown: PNG and SVG of the picture, GEXF of its nodes and lines, CSV of the rows of a view.
function save(name, type, parts) {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  toast(t("saved", name));
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
// Characters that no XML 1.0 file may hold are left out.
const xml = (value) => String(value).replace(/[^\t\n\r\u0020-\ud7ff\ud800-\udfff\ue000-\ufffd]/g, "").replace(/[&<>"']/g, (c) => XML[c]);

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
<meta><creator>kg</creator><description>${xml(pageTitle())}</description></meta>
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

/** Save what the open view shows as rows; a file without rows would only puzzle. */
function saveCsv() {
  const [name, make] = TABLES[state.tab];
  const rows = make();
  if (rows.length < 2) toast(t("csvEmpty"));
  else save(name, "text/csv;charset=utf-8", ["\ufeff", rows.map((row) => row.map(csvField).join(",")).join("\r\n"), "\r\n"]);
}

const FILES = {
  png: () => drawPicture().canvas.toBlob((blob) => save("graph.png", "image/png", [blob]), "image/png"),
  svg: () => save("graph.svg", "image/svg+xml", [svgText()]),
  gexf: () => save("graph.gexf", "application/xml", [gexfText()]),
  csv: saveCsv,
};

function renderExport() {
  const graph = state.tab === "graph";
  byId("export-menu").replaceChildren(
    !graph && el("p", { class: "count reason" }, t("picturesElsewhere", t("tab_graph"))) || "",
    ...Object.entries(FILES).map(([id, make]) => el("button", { type: "button", role: "menuitem", id: `export-${id}`, disabled: id !== "csv" && !graph, on: { click: () => {
      closeDrawers();
      make();
    } } }, id === "csv" ? t("exportCsv", t(graph ? "tab_table" : `tab_${state.tab}`)) : t(`export_${id}`))),
    el("button", { type: "button", role: "menuitem", id: "export-link", on: { click: async () => {
      closeDrawers();
      await copyText(location.href);
      toast(t("linkCopied"));
    } } }, t("export_link")),
    el("button", { type: "button", role: "menuitem", id: "export-print", on: { click: () => {
      closeDrawers();
      print();
    } } }, t("export_print")));
}
