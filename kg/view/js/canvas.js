// vis-network draws nodes and lines; labels, and what a selection lifts out, are ours.
const theme = {};

function readTheme() {
  const css = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "soft", "line", "accent", "strong"]) theme[name] = css.getPropertyValue(`--${name}`).trim();
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

// Many lines are drawn fainter, so that what they join stays in front; those of hubs are fainter still.
const lineColour = (opacity = links.size > 1200 ? 0.45 : 1) =>
  ({ color: theme.line, highlight: theme.line, hover: theme.line, inherit: false, opacity });

const nodeRow = (i) => ({ id: i, x: X[i], y: Y[i], size: SIZE[i], group: drawn.nodes.group[i], ...(hubs.has(i) ? { opacity: 0.55 } : {}) });
const quiet = (link) => (hubs.has(link.a) || hubs.has(link.b)) && links.size > 60;
const lineRow = (link) => ({ id: link.id, from: link.a, to: link.b, width: link.width,
  ...(link.on.length ? {} : { dashes: [3, 5] }), ...(quiet(link) ? { color: lineColour(0.3) } : {}) });
const nodeSet = new vis.DataSet();
const lineSet = new vis.DataSet();
const container = byId("network");

const MANY_LINES = 2500;
const drawnAt = new Map(); // node → where vis-network has it

/** Put the visible nodes and the lines between them on the canvas, touching only what changed. */
function syncCanvas() {
  const have = nodeSet.getIds();
  const lines = new Map(lineSet.get().map((row) => [row.id, row]));
  const theirs = links.size > MANY_LINES ? new Map() : links; // very many lines are drawn by ourselves, in one stroke
  const same = (row, link) => row.width === link.width && Boolean(row.dashes) === !link.on.length;
  lineSet.remove([...lines].filter(([id, row]) => !theirs.has(id) || !same(row, theirs.get(id))).map(([id]) => id));
  nodeSet.remove(have.filter((i) => !visible.has(i)));
  const moved = [];
  const come = [];
  const known = new Set(have);
  for (const i of visible) {
    if (!known.has(i)) come.push(nodeRow(i));
    else if (drawnAt.get(i) !== X[i] + 7e6 * Y[i]) moved.push({ id: i, x: X[i], y: Y[i] });
    drawnAt.set(i, X[i] + 7e6 * Y[i]);
  }
  nodeSet.add(come);
  if (moved.length) nodeSet.update(moved);
  lineSet.add([...theirs.values()].filter((link) => !lines.has(link.id) || !same(lines.get(link.id), link)).map(lineRow));
}
listeners.push(syncCanvas);

// vis-network gets its data with its birth: handed over later, every item would be announced and computed one by one.
let network = null;
refresh();
const options = structuredClone(drawn.options);
options.groups = groupsOf();
options.edges.color = lineColour();
network = new vis.Network(container, { nodes: nodeSet, edges: lineSet }, options);
container.querySelector(".vis-network").tabIndex = -1; // the container takes the keys; vis-network's own frame has no name

let moving = 0; // until when (ms) the picture is on the move, and very many lines are left out
network.on("beforeDrawing", (ctx) => {
  if (links.size <= MANY_LINES || performance.now() < moving) return;
  ctx.lineWidth = 1;
  ctx.strokeStyle = theme.line;
  for (const [pale, alpha] of [[false, 0.45], [true, 0.2]]) {
    ctx.beginPath();
    for (const link of links.values()) {
      if (quiet(link) !== pale) continue;
      ctx.moveTo(X[link.a], Y[link.a]);
      ctx.lineTo(X[link.b], Y[link.b]);
    }
    ctx.globalAlpha = alpha;
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
});
for (const event of ["dragStart", "dragging", "zoom"]) {
  network.on(event, () => {
    if (links.size <= MANY_LINES) return;
    moving = performance.now() + 150;
    clearTimeout(settling);
    settling = setTimeout(redraw, 160);
  });
}
let settling = 0;

/** The line under a point of the canvas, where they are drawn by ourselves. */
function lineAt({ x, y }) {
  if (links.size <= MANY_LINES) return null;
  let [best, least] = [null, (5 / network.getScale()) ** 2];
  for (const link of links.values()) {
    const [dx, dy] = [X[link.b] - X[link.a], Y[link.b] - Y[link.a]];
    const part = Math.max(0, Math.min(1, ((x - X[link.a]) * dx + (y - Y[link.a]) * dy) / (dx * dx + dy * dy || 1)));
    const far = (X[link.a] + part * dx - x) ** 2 + (Y[link.a] + part * dy - y) ** 2;
    if (far < least) [best, least] = [link, far];
  }
  return best;
}

/** Draw with the next frame, once, however many ask for it. */
function redraw() {
  if (waitingToDraw) return;
  waitingToDraw = true;
  requestAnimationFrame(() => {
    waitingToDraw = false;
    network.redraw();
  });
}
let waitingToDraw = false;

/** Draw everything anew, because colours changed. */
function repaint() {
  readTheme();
  network.setOptions({ groups: groupsOf(), edges: { color: lineColour() } });
  nodeSet.clear();
  lineSet.clear();
  syncCanvas();
  redraw();
}

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
  if (routes) {
    const near = new Set();
    for (const path of routes.paths) path.slice(1).forEach((i, k) => near.add(lineKey(standFor(path[k]), standFor(i))));
    return { nodes: [...visible], lines: [...near].map((id) => links.get(id)).filter(Boolean),
      centre: new Set([routes.from, routes.to].filter((i) => visible.has(i))) };
  }
  if (!state.selected) return null;
  const ends = state.selected.role !== undefined
    ? [...visible].filter((i) => folded.has(i) && folded.get(i).role === state.selected.role) : selectedNodes().map(standFor);
  const shown = ends.filter((i) => visible.has(i));
  if (!shown.length) return null;
  if (state.selected.line) {
    const link = links.get(lineKey(ends[0], ends[1]));
    return { nodes: shown, lines: link ? [link] : [], centre: new Set(shown) };
  }
  const [i] = shown;
  if (state.focus) return { nodes: [...visible], lines: [...links.values()], centre: new Set([i]) };
  return { nodes: [i, ...linksOf(i).map((link) => endBeside(link, i))], lines: linksOf(i), centre: new Set([i]) };
}

function drawLine(ctx, link, view) {
  const { a, b, on } = link;
  ctx.beginPath();
  ctx.moveTo(X[a], Y[a]);
  ctx.lineTo(X[b], Y[b]);
  ctx.lineWidth = Math.max(link.width, 1.4 / view.scale);
  ctx.strokeStyle = theme.strong;
  ctx.setLineDash(on.length ? [] : [3 / view.scale, 5 / view.scale]);
  ctx.stroke();
  ctx.setLineDash([]);
  const arrows = new Set(on.map((s) => standFor(statements.to[s])));
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
function nameLine(ctx, { a, b, on, n }, view, map) {
  const words = [...new Set(on.map((s) => label(kinds[statements.kind[s]])))].slice(0, 2).join("、") || t("togetherCount", n);
  const px = 10.5;
  const w = widthOf(words) * px + 6;
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
  const { placed } = drawOver(ctx, viewOf(), hovered);
  container.dataset.labels = String(placed); // for the tests: a picture without words is not a picture
});

/** Draw what lies over nodes and lines: what the selection lifts out, the node under the mouse, and the names. */
function drawOver(ctx, view, under) {
  const lift = lifted();
  const always = new Set();
  let order = visible;
  if (lift) {
    ctx.save();
    ctx.globalAlpha = 0.82;
    ctx.fillStyle = theme.paper;
    ctx.fillRect(view.left, view.top, view.width / view.scale, view.height / view.scale);
    ctx.restore();
    for (const link of lift.lines) drawLine(ctx, link, view);
    for (const i of [...lift.nodes].reverse()) drawNode(ctx, i, lift.centre.has(i) ? 3 / view.scale : 0);
    for (const i of lift.centre) always.add(i);
    order = [...lift.centre, ...lift.nodes.filter((i) => !lift.centre.has(i)).sort((a, b) => a - b)];
  }
  if (under !== null && visible.has(under)) {
    drawNode(ctx, under, 1.5 / view.scale);
    always.add(under);
    order = [under, ...[...order].filter((i) => i !== under)];
  }
  drawApart(ctx, view);
  const { placed, map, written } = drawLabels(ctx, order, always, view, lift ? lift.nodes : []);
  if (lift && lift.lines.length <= 30) for (const link of lift.lines) nameLine(ctx, link, view, map);
  return { placed, written };
}

/** A caption above the rows of those that no line ties to any other. */
function drawApart(ctx, view) {
  if (facts.apart === null || state.focus || routes || !visible.size || lifted()) return;
  const px = 12 / view.scale;
  ctx.font = fontOf(px);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = theme.soft;
  ctx.fillText(t("apart"), facts.box[0], facts.apart - 16 - px);
}

network.on("hoverNode", ({ node }) => {
  hovered = node;
  container.classList.add("pointing");
  redraw();
});
network.on("blurNode", () => {
  hovered = null;
  container.classList.remove("pointing");
  redraw();
});
network.on("hoverEdge", () => container.classList.add("pointing"));
network.on("blurEdge", () => container.classList.remove("pointing"));
network.on("click", ({ nodes, edges, event, pointer }) => {
  const second = event.srcEvent && (event.srcEvent.shiftKey || event.srcEvent.ctrlKey || event.srcEvent.metaKey);
  if (nodes.length) {
    const [i] = nodes;
    if (folded.has(i)) goTo(`role/${folded.get(i).role}`);
    else if (state.selected && state.selected.node !== undefined && state.selected.node !== i && (second || state.path === -1)) tie(i);
    else goTo(keyOf(i));
  } else if (links.get(edges[0]) || lineAt(pointer.canvas)) {
    const { a, b } = links.get(edges[0]) || lineAt(pointer.canvas);
    goTo(keyOf(a) + SEPARATOR + keyOf(b));
  } else if (state.path === null && !state.focus) goTo("");
});
network.on("doubleClick", ({ nodes }) => {
  if (!nodes.length) return;
  const more = neighboursOf(nodes[0]);
  if (state.focus) change({ focus: Math.min(3, state.focus + 1) });
  else reveal(more);
});
network.on("dragging", ({ nodes }) => {
  for (const [id, point] of Object.entries(network.getPositions(nodes))) {
    X[id] = HOME_X[id] = point.x;
    Y[id] = HOME_Y[id] = point.y;
    drawnAt.set(Number(id), X[id] + 7e6 * Y[id]);
  }
});

function reveal(more) {
  const fresh = more.filter((i) => !visible.has(i));
  if (!fresh.length) return;
  for (const i of fresh) state.revealed.add(i);
  refresh();
  redraw();
}

// --- camera -------------------------------------------------------------------------------------------------------

const still = matchMedia("(prefers-reduced-motion: reduce)");
const motion = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

function fitAll(animate = true) {
  const shownNow = [...visible];
  let [left, top, right, bottom] = facts.box;
  const linked = shownNow.filter((i) => linksOf(i).length);
  const whole = shownNow.length === Math.min(N, facts.shown) && !filtered() && !state.focus && !routes;
  if (!whole && shownNow.length) {
    const some = linked.length > shownNow.length / 2 ? linked : shownNow;
    [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const i of some) {
      [left, right] = [Math.min(left, X[i] - 40), Math.max(right, X[i] + 40)];
      [top, bottom] = [Math.min(top, Y[i] - 40), Math.max(bottom, Y[i] + 40)];
    }
  }
  frame(left, right, top, bottom, 30, 15, 1.6, animate);
}

/** Bring what is selected into view: all of a neighbourhood or of paths, else the node and the nearest about it. */
function showSelected() {
  if (state.focus || routes) fitAll();
  else {
    const [first, second] = selectedNodes().map(standFor);
    if (first === undefined) return;
    lookAt(second !== undefined ? [first, second] : [first, ...linksOf(first).map((link) => endBeside(link, first)).slice(0, 40)]);
  }
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
  repaint();
  render();
});
