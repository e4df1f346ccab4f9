// Labels are placed at drawing time, heaviest first, each where it overlaps nothing: more appear as one zooms in.
const CELL = 4; // screen pixels of the occupancy map
const LEAST = 3; // screen pixels: a node with a label can be seen from any distance
const MOST = 400; // labels in one picture
const TRIED = 2500; // nodes in view that may try for a label, heaviest first
const measured = new Map();
const fontOf = (px) => `${px}px ${theme.font}`;

/** The width of a text in ems: a Chinese character is as wide as high, others are reckoned, not measured (that is slow). */
function widthOf(text) {
  let width = measured.get(text);
  if (width === undefined) {
    width = 0;
    for (const c of text) width += c > "\u2e7f" || "“”…—×".includes(c) ? 1 : 0.6;
    measured.set(text, width);
  }
  return width;
}

/** What stands at a node: its name, or that of the role under which bodies are folded. */
function caption(i) {
  const group = folded.get(i);
  return group ? `${group.role} ×${group.nodes.length}` : shortName(i);
}

class Occupancy {
  constructor(width, height) {
    this.columns = Math.ceil(width / CELL);
    this.rows = Math.ceil(height / CELL);
    this.taken = new Uint8Array(this.columns * this.rows);
  }

  span(x, y, w, h) {
    return [Math.max(0, Math.floor(x / CELL)), Math.max(0, Math.floor(y / CELL)),
      Math.min(this.columns - 1, Math.floor((x + w) / CELL)), Math.min(this.rows - 1, Math.floor((y + h) / CELL))];
  }

  free(x, y, w, h) {
    const [x0, y0, x1, y1] = this.span(x, y, w, h);
    for (let r = y0; r <= y1; r++) for (let c = x0; c <= x1; c++) if (this.taken[r * this.columns + c]) return false;
    return true;
  }

  take(x, y, w, h) {
    const [x0, y0, x1, y1] = this.span(x, y, w, h);
    for (let r = y0; r <= y1; r++) this.taken.fill(1, r * this.columns + x0, r * this.columns + x1 + 1);
  }
}

/**
 * Draw the labels of `order` (node numbers, heaviest first) that find room; those in `always` are drawn in any case.
 * No label covers the nodes in `keep`.
 * The context is vis-network's: its unit is the canvas unit, so sizes on screen are divided by the scale.
 */
function drawLabels(ctx, order, always, view, keep) {
  const { scale, left, top, width, height } = view;
  const map = new Occupancy(width, height);
  const screen = (i) => [(X[i] - left) * scale, (Y[i] - top) * scale];
  for (const [x, y, w, h] of view.covered) map.take(x, y, w, h);
  const inView = (x, y) => x > -60 && y > -20 && x < width + 60 && y < height + 20;
  for (const i of keep) {
    const [x, y] = screen(i);
    const r = SIZE[i] * scale - CELL; // a label may touch the rim, so that a node's own label finds its place
    if (inView(x, y) && r > 0) map.take(x - r, y - r, 2 * r, 2 * r);
  }
  const candidates = [];
  for (const i of order) {
    const [x, y] = screen(i);
    if (!inView(x, y)) continue;
    candidates.push(i);
    if (candidates.length === TRIED) break;
  }
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  let placed = 0;
  const written = []; // for the SVG file
  for (const i of candidates) {
    if (placed === MOST) break;
    // A label may cover nodes that weigh less than its own, never those that weigh more.
    const forced = always.has(i);
    const [x, y] = screen(i);
    const r = SIZE[i] * scale;
    const off = r + (forced ? 6 : 2);
    const px = Math.max(11, Math.min(16, 9.5 + SIZE[i] * 0.3));
    const text = caption(i);
    const w = widthOf(text) * px + 6;
    const h = px + 5;
    const spots = [[x - w / 2, y + off], [x + off, y - h / 2], [x - off - w, y - h / 2], [x - w / 2, y - off - h]];
    // Around a centre, names stand on the outside, where no line runs.
    if (state.focus && !forced && state.selected) {
      const from = X[i] - X[standFor(state.selected.node)];
      if (Math.abs(from) * scale > 40) spots.unshift(...spots.splice(from < 0 ? 2 : 1, 1));
    }
    const spot = spots.find(([sx, sy]) => sx >= 0 && sx + w <= width && map.free(sx, sy, w, h)) || (forced ? spots[0] : null);
    if (r >= 2) map.take(x - r, y - r, 2 * r, 2 * r);
    if (!spot) continue;
    map.take(spot[0] - 2, spot[1], w + 4, h);
    placed++;
    if (r < LEAST) drawNode(ctx, i, 0, X[i], Y[i], LEAST / scale);
    const cx = left + (spot[0] + w / 2) / scale;
    const cy = top + (spot[1] + h / 2) / scale;
    ctx.font = `${forced ? "600 " : ""}${fontOf(px / scale)}`;
    ctx.lineWidth = 3.5 / scale;
    ctx.strokeStyle = theme.paper;
    ctx.strokeText(text, cx, cy);
    ctx.fillStyle = hubs.has(i) && !forced ? theme.soft : theme.ink;
    ctx.fillText(text, cx, cy);
    written.push({ text, x: cx, y: cy, px: px / scale, bold: forced });
  }
  return { placed, map, written };
}
