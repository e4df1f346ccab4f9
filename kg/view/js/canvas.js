// vis-network draws nodes and lines; labels, and what a selection lifts out, are ours.
const theme = {};

function readTheme() {
  const css = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "line", "accent", "strong"]) theme[name] = css.getPropertyValue(`--${name}`).trim();
  theme.font = getComputedStyle(document.body).fontFamily;
}
readTheme();

function groupsOf() {
  return Object.fromEntries(types.map((type) => {
    const colour = colourOf(type);
    const look = type.shape === "ring" ? { shape: "custom", ctxRenderer: drawRing } : { shape: type.shape };
    return [type.id, { ...look, borderWidth: 0, color: { background: colour, border: colour } }];
  }));
}

function drawRing({ ctx, id, x, y }) {
  return { drawNode: () => drawNode(ctx, id, 0, x, y), nodeDimensions: { width: 2 * SIZE[id], height: 2 * SIZE[id] } };
}

// Many lines are drawn fainter, so that what they join stays in front.
const openingLines = drawn.edges.to ? drawn.edges.to.filter((b, e) => b < facts.shown && drawn.edges.from[e] < facts.shown).length : 0;
const faint = openingLines > 1200 ? 0.45 : 1;
const lineColour = () => ({ color: theme.line, highlight: theme.line, hover: theme.line, inherit: false, opacity: faint });

const nodeRow = (i) => ({ id: i, x: X[i], y: Y[i], size: SIZE[i], group: drawn.nodes.group[i] });
const lineRow = (e) => ({ id: e, from: drawn.edges.from[e], to: drawn.edges.to[e], width: drawn.edges.width[e] });
const nodeSet = new vis.DataSet();
const lineSet = new vis.DataSet();
const container = byId("network");

const options = structuredClone(drawn.options);
options.groups = groupsOf();
options.edges.color = lineColour();
const network = new vis.Network(container, { nodes: nodeSet, edges: lineSet }, options);

/** Put the visible nodes and the lines between them on the canvas, touching only what changed. */
function syncCanvas() {
  const have = new Set(nodeSet.getIds());
  const gone = [...have].filter((i) => !visible.has(i));
  const come = [...visible].filter((i) => !have.has(i));
  const wanted = new Set();
  for (const i of visible) for (const e of linesOf[i]) if (visible.has(otherEnd(e, i))) wanted.add(e);
  const lines = new Set(lineSet.getIds());
  lineSet.remove([...lines].filter((e) => !wanted.has(e)));
  nodeSet.remove(gone);
  nodeSet.add(come.map(nodeRow));
  lineSet.add([...wanted].filter((e) => !lines.has(e)).map(lineRow));
  if (wanted.size > 4000 !== hasty) {
    hasty = !hasty;
    network.setOptions({ interaction: { hideEdgesOnDrag: hasty, hideEdgesOnZoom: hasty } });
  }
}
let hasty = false; // so many lines that they are left out while the picture moves
listeners.push(syncCanvas);

// --- what is lifted out -------------------------------------------------------------------------------------------

let hovered = null;

function viewOf() {
  const scale = network.getScale();
  const centre = network.getViewPosition();
  const width = container.clientWidth;
  const height = container.clientHeight;
  return { scale, width, height, left: centre.x - width / 2 / scale, top: centre.y - height / 2 / scale, covered: coveredParts() };
}

/** The parts of the canvas under the legend, the buttons and the status line, in screen pixels: no label goes there. */
function coveredParts() {
  const origin = container.getBoundingClientRect();
  return [...container.parentElement.querySelectorAll(".legend, .zoom, .status")].map((part) => {
    const { left, top, width, height } = part.getBoundingClientRect();
    return [left - origin.left, top - origin.top, width, height];
  });
}

/** The nodes and lines that the selection is about, or null. */
function lifted() {
  if (!state.selected) return null;
  if (state.selected.line !== undefined) {
    const e = state.selected.line;
    return { nodes: [drawn.edges.from[e], drawn.edges.to[e]], lines: [e], centre: new Set([drawn.edges.from[e], drawn.edges.to[e]]) };
  }
  const i = state.selected.node;
  const lines = linesOf[i].filter((e) => visible.has(otherEnd(e, i)));
  return { nodes: [i, ...lines.map((e) => otherEnd(e, i))], lines, centre: new Set([i]) };
}

function drawLine(ctx, e, view) {
  const [a, b] = [drawn.edges.from[e], drawn.edges.to[e]];
  const on = statementsOn.get(lineKey(a, b));
  ctx.beginPath();
  ctx.moveTo(X[a], Y[a]);
  ctx.lineTo(X[b], Y[b]);
  ctx.lineWidth = Math.max(drawn.edges.width[e], 1.4 / view.scale);
  ctx.strokeStyle = theme.strong;
  ctx.stroke();
  const arrows = new Set(on.map((s) => statements.to[s]));
  const angle = Math.atan2(Y[b] - Y[a], X[b] - X[a]);
  for (const end of arrows) {
    const way = end === b ? angle : angle + Math.PI;
    const tip = SIZE[end] * 1.15 + 2 / view.scale;
    const head = 7 / view.scale;
    ctx.save();
    ctx.translate(X[end], Y[end]);
    ctx.rotate(way);
    ctx.beginPath();
    ctx.moveTo(-tip, 0);
    ctx.lineTo(-tip - head, head * 0.5);
    ctx.lineTo(-tip - head, -head * 0.5);
    ctx.closePath();
    ctx.fillStyle = theme.strong;
    ctx.fill();
    ctx.restore();
  }
}

/** Write along a line what it says, where no label stands in the way. */
function nameLine(ctx, e, view, map) {
  const [a, b] = [drawn.edges.from[e], drawn.edges.to[e]];
  const on = statementsOn.get(lineKey(a, b));
  const words = [...new Set(on.map((s) => label(kinds[statements.kind[s]])))].slice(0, 2).join("、");
  const px = 10.5;
  const w = widthOf(ctx, words) * px + 6;
  const length = Math.hypot(X[b] - X[a], Y[b] - Y[a]);
  if ((length - SIZE[a] - SIZE[b]) * view.scale < w + 24) return;
  const angle = Math.atan2(Y[b] - Y[a], X[b] - X[a]);
  const boxW = Math.abs(Math.cos(angle)) * w + Math.abs(Math.sin(angle)) * px;
  const boxH = Math.abs(Math.sin(angle)) * w + Math.abs(Math.cos(angle)) * px;
  for (const part of [0.5, 0.62, 0.38, 0.72, 0.28]) {
    const [x, y] = [X[a] + (X[b] - X[a]) * part, Y[a] + (Y[b] - Y[a]) * part];
    const [left, top] = [(x - view.left) * view.scale - boxW / 2, (y - view.top) * view.scale - boxH / 2];
    if (!map.free(left, top, boxW, boxH)) continue;
    map.take(left, top, boxW, boxH);
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate(Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle);
    ctx.font = fontOf(px / view.scale);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 4 / view.scale;
    ctx.strokeStyle = theme.paper;
    ctx.strokeText(words, 0, 0);
    ctx.fillStyle = theme.strong;
    ctx.fillText(words, 0, 0);
    ctx.restore();
    return;
  }
}

network.on("afterDrawing", (ctx) => {
  const view = viewOf();
  const lift = lifted();
  const always = new Set();
  let order = visible;
  if (lift) {
    ctx.save();
    ctx.globalAlpha = 0.82;
    ctx.fillStyle = theme.paper;
    ctx.fillRect(view.left, view.top, view.width / view.scale, view.height / view.scale);
    ctx.restore();
    for (const e of lift.lines) drawLine(ctx, e, view);
    for (const i of [...lift.nodes].reverse()) drawNode(ctx, i, lift.centre.has(i) ? 3 / view.scale : 0);
    for (const i of lift.centre) always.add(i);
    order = [...lift.centre, ...lift.nodes.filter((i) => !lift.centre.has(i)).sort((a, b) => a - b)];
  }
  if (hovered !== null && visible.has(hovered)) {
    drawNode(ctx, hovered, 1.5 / view.scale);
    always.add(hovered);
    order = [hovered, ...[...order].filter((i) => i !== hovered)];
  }
  const { placed, map } = drawLabels(ctx, order, always, view, lift ? lift.nodes : []);
  if (lift && lift.lines.length <= 30) for (const e of lift.lines) nameLine(ctx, e, view, map);
  container.dataset.labels = String(placed); // for the tests: a picture without words is not a picture
});

network.on("hoverNode", ({ node }) => {
  hovered = node;
  container.classList.add("pointing");
  network.redraw();
});
network.on("blurNode", () => {
  hovered = null;
  container.classList.remove("pointing");
  network.redraw();
});
network.on("hoverEdge", () => container.classList.add("pointing"));
network.on("blurEdge", () => container.classList.remove("pointing"));
network.on("click", ({ nodes, edges }) => {
  if (nodes.length) goTo(keyOf(nodes[0]));
  else if (edges.length) goTo(lineName(edges[0]));
  else goTo("");
});
network.on("doubleClick", ({ nodes }) => {
  if (nodes.length) reveal(neighboursOf(nodes[0]));
});
network.on("dragging", ({ nodes }) => {
  for (const [id, point] of Object.entries(network.getPositions(nodes))) {
    X[id] = point.x;
    Y[id] = point.y;
  }
});

function reveal(more) {
  const fresh = more.filter((i) => !visible.has(i));
  if (!fresh.length) return;
  for (const i of fresh) state.revealed.add(i);
  refresh();
}

// --- camera -------------------------------------------------------------------------------------------------------

const still = matchMedia("(prefers-reduced-motion: reduce)");
const motion = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

function fitAll(animate = true) {
  const shownNow = [...visible];
  let [left, top, right, bottom] = facts.box;
  const linked = shownNow.filter((i) => linesOf[i].length);
  const whole = shownNow.length === Math.min(N, facts.shown) && !filtered();
  if (!whole && shownNow.length) {
    const some = linked.length > shownNow.length / 2 ? linked : shownNow;
    left = Math.min(...some.map((i) => X[i])) - 40;
    right = Math.max(...some.map((i) => X[i])) + 40;
    top = Math.min(...some.map((i) => Y[i])) - 40;
    bottom = Math.max(...some.map((i) => Y[i])) + 40;
  }
  frame(left, right, top, bottom, 30, 15, 1.6, animate);
}

/** Point the camera at a box, leaving some margin around it, in the part of the canvas that the legend leaves free. */
function frame(left, right, top, bottom, marginX, marginY, most, animate = true) {
  // The legend stands on the canvas: as a column at the side, or as a row on top where the window is narrow.
  const legend = byId("legend").getBoundingClientRect();
  const column = legend.height > legend.width;
  const [padLeft, padTop] = column ? [legend.width + 24, 16] : [16, legend.height + 16];
  const [padRight, padBottom] = [column ? 40 : 16, 44];
  const width = container.clientWidth - padLeft - padRight;
  const height = container.clientHeight - padTop - padBottom;
  const wanted = Math.min(width / (right - left + 2 * marginX), height / (bottom - top + 2 * marginY), most);
  const scale = Math.max(0.02, wanted);
  network.moveTo({
    position: {
      x: (left + right) / 2 - (padLeft - padRight) / 2 / scale,
      y: (top + bottom) / 2 - (padTop - padBottom) / 2 / scale,
    },
    scale, animation: animate && motion(),
  });
}

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)), animation: motion() });
}

/** Bring some nodes into view. */
function lookAt(some) {
  const xs = some.map((i) => X[i]);
  const ys = some.map((i) => Y[i]);
  frame(Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys), 90, 60, 1.2);
}

darkScheme.addEventListener("change", () => {
  readTheme();
  network.setOptions({ groups: groupsOf(), edges: { color: lineColour() } });
  nodeSet.clear();
  lineSet.clear();
  refresh();
  render();
});
