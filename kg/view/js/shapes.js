// The shapes of the types as paths in a box from -1 to 1, the same outlines as vis-network draws.
const SHAPES = {
  dot: "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
  ring: "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
  square: "M-.9 -.9H.9V.9H-.9Z",
  diamond: "M0 -1L1 0L0 1L-1 0Z",
  triangle: "M0 -1.01L1.15 .98L-1.15 .98Z",
  triangleDown: "M0 1.01L1.15 -.98L-1.15 -.98Z",
  hexagon: "M1 0L.5 .866L-.5 .866L-1 0L-.5 -.866L.5 -.866Z",
  star: Array.from({ length: 10 }, (_, n) => {
    const r = n % 2 ? 0.41 : 1.066;
    return `${n ? "L" : "M"}${(r * Math.sin((n * Math.PI) / 5)).toFixed(3)} ${(0.08 - r * Math.cos((n * Math.PI) / 5)).toFixed(3)}`;
  }).join("") + "Z",
};
const PATHS = new Map(Object.entries(SHAPES).map(([name, d]) => [name, new Path2D(d)]));
const SVG = "http://www.w3.org/2000/svg";

const darkScheme = matchMedia("(prefers-color-scheme: dark)");
let chosenScheme = null; // "light" or "dark" where the reader chose one
const isDark = () => (chosenScheme ? chosenScheme === "dark" : darkScheme.matches);
const colourOf = (type) => (isDark() ? type.dark : type.light);

/** The legend's sign of a type. */
function icon(type) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "-1.3 -1.3 2.6 2.6");
  svg.setAttribute("class", `icon ${type.id}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[type.shape]);
  const hollow = type.shape === "ring";
  path.setAttribute("fill", hollow ? "none" : colourOf(type));
  path.setAttribute("stroke", colourOf(type));
  path.setAttribute("stroke-width", hollow ? "0.5" : "0");
  if (hollow) path.setAttribute("transform", "scale(.8)");
  svg.append(path);
  return svg;
}

/** The sign of a type on a canvas. */
function drawSign(ctx, type, x, y, size) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size, size);
  if (type.shape === "ring") {
    ctx.scale(0.8, 0.8);
    ctx.fillStyle = theme.paper;
    ctx.fill(PATHS.get("ring"));
    ctx.lineWidth = 0.45;
    ctx.strokeStyle = colourOf(type);
    ctx.stroke(PATHS.get("ring"));
  } else {
    ctx.fillStyle = colourOf(type);
    ctx.fill(PATHS.get(type.shape));
  }
  ctx.restore();
}

/** Draw a node by ourselves: over the veil that a selection lays on the rest, and what vis-network has no shape for. */
function drawNode(ctx, i, ring, x = X[i], y = Y[i], size = SIZE[i]) {
  if (ring) {
    ctx.beginPath();
    ctx.arc(x, y, size + ring * 2.5, 0, 7);
    ctx.lineWidth = ring;
    ctx.strokeStyle = theme.accent;
    ctx.stroke();
  }
  drawSign(ctx, types[typeOf[i]], x, y, size);
}
