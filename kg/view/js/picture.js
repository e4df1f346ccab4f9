// The whole picture for files and for paper: what the graph shows, with title, filters, date and legend, as PNG or SVG.
const PICTURE = { width: 2000, height: 1900, head: 76, foot: 54, margin: 28, dense: 2 };

/** The frame of the picture: a view onto all visible nodes, in its own pixels. */
function pictureFrame() {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const i of visible) {
    [left, right] = [Math.min(left, X[i] - SIZE[i]), Math.max(right, X[i] + SIZE[i])];
    [top, bottom] = [Math.min(top, Y[i] - SIZE[i]), Math.max(bottom, Y[i] + SIZE[i])];
  }
  if (!visible.size) [left, right, top, bottom] = [0, 1, 0, 1];
  const room = 60; // for names beside the outermost nodes
  const scale = Math.min(1.8, (PICTURE.width - 2 * room) / Math.max(1, right - left), (PICTURE.height - 2 * room) / Math.max(1, bottom - top));
  const width = Math.max(900, (right - left) * scale + 2 * room);
  const height = (bottom - top) * scale + 2 * room;
  return { scale, width, height, left: (left + right) / 2 - width / 2 / scale, top: (top + bottom) / 2 - height / 2 / scale, covered: [] };
}

/** What stands above and below: title, one line of numbers and filters, and the signs of the types that are shown. */
function pictureWords() {
  const counts = new Array(types.length).fill(0);
  for (const i of visible) counts[typeOf[i]]++;
  const about = [cut ? t("cut", cut[0], cut[1]) : t("shown", visible.size, N)];
  if (state.focus && state.selected) about.push(t("aroundNow", shortName(state.selected.node), state.focus));
  if (routes) about.push(t("pathNow", shortName(routes.from), shortName(routes.to)));
  return { title: pageTitle(), about: [...about, ...filterWords(), new Date().toISOString().slice(0, 10)].join(" · "),
    legend: types.map((type, k) => ({ type, words: `${label(type)} ${counts[k]}`, count: counts[k] })).filter(({ count }) => count) };
}

/** Places of the legend's signs, in rows from the left: {type, words, x, y}. */
function legendPlaces(legend, width, y) {
  let x = PICTURE.margin;
  return legend.map((entry) => {
    const place = { ...entry, x: x + 8, y };
    x += widthOf(entry.words) * 14 + 46;
    return place;
  });
}

/** Draw all of it on a canvas of its own; also gives the labels that found room. */
function drawPicture() {
  const view = pictureFrame();
  const { title, about, legend } = pictureWords();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(view.width * PICTURE.dense);
  canvas.height = Math.round((view.height + PICTURE.head + PICTURE.foot) * PICTURE.dense);
  const ctx = canvas.getContext("2d");
  ctx.scale(PICTURE.dense, PICTURE.dense);
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, view.width, view.height + PICTURE.head + PICTURE.foot);
  ctx.save();
  ctx.translate(0, PICTURE.head);
  ctx.scale(view.scale, view.scale);
  ctx.translate(-view.left, -view.top);
  ctx.strokeStyle = theme.line;
  for (const link of links.values()) {
    ctx.globalAlpha = quiet(link) ? 0.3 : links.size > 1200 ? 0.45 : 1;
    ctx.lineWidth = link.width;
    ctx.setLineDash(link.on.length ? [] : [3, 5]);
    ctx.beginPath();
    ctx.moveTo(X[link.a], Y[link.a]);
    ctx.lineTo(X[link.b], Y[link.b]);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  for (const i of [...visible].reverse()) {
    ctx.globalAlpha = hubs.has(i) ? 0.55 : 1;
    drawNode(ctx, i, 0);
  }
  ctx.globalAlpha = 1;
  const { written } = drawOver(ctx, view, null);
  ctx.restore();
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = theme.ink;
  ctx.font = `600 ${fontOf(22)}`;
  ctx.fillText(title, PICTURE.margin, 38, view.width - 2 * PICTURE.margin);
  ctx.fillStyle = theme.soft;
  ctx.font = fontOf(14);
  ctx.fillText(about, PICTURE.margin, 62, view.width - 2 * PICTURE.margin);
  for (const { type, words, x, y } of legendPlaces(legend, view.width, view.height + PICTURE.head + 24)) {
    drawSign(ctx, type, x, y, 7);
    ctx.fillStyle = theme.ink;
    ctx.font = fontOf(14);
    ctx.fillText(words, x + 14, y + 5);
  }
  return { canvas, view, written, lift: lifted() };
}

/** The same as vectors. */
function svgText() {
  const { view, written, lift } = drawPicture();
  const { title, about, legend } = pictureWords();
  const n = (value) => value.toFixed(1);
  const [width, height] = [view.width, view.height + PICTURE.head + PICTURE.foot];
  const look_ = (type) => (type.shape === "ring" ? `fill="${theme.paper}" stroke="${colourOf(type)}" stroke-width=".45"` : `fill="${colourOf(type)}"`);
  const words = (text, x, y, px, fill, more = "") => `<text x="${n(x)}" y="${n(y)}" font-size="${n(px)}" fill="${fill}"${more}>${xml(text)}</text>`;
  const lineOf = ({ a, b, width: w, on }, stroke) => `<line x1="${n(X[a])}" y1="${n(Y[a])}" x2="${n(X[b])}" y2="${n(Y[b])}" stroke="${stroke}" stroke-width="${w}"${on.length ? "" : ' stroke-dasharray="3 5"'}/>`;
  const nodeOf = (i) => {
    const type = types[typeOf[i]];
    const size = SIZE[i] * (type.shape === "ring" ? 0.8 : 1);
    return `<path transform="translate(${n(X[i])} ${n(Y[i])}) scale(${n(size)})" d="${SHAPES[type.shape]}" ${look_(type)}${hubs.has(i) ? ' opacity=".55"' : ""}><title>${xml(shortName(i, 60))}</title></path>`;
  };
  return [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" font-family="sans-serif">`,
    `<title>${xml(title)}</title><rect width="${n(width)}" height="${n(height)}" fill="${theme.paper}"/>`,
    words(title, PICTURE.margin, 38, 22, theme.ink, ' font-weight="600"'), words(about, PICTURE.margin, 62, 14, theme.soft),
    `<g transform="translate(0 ${PICTURE.head}) scale(${view.scale.toFixed(4)}) translate(${n(-view.left)} ${n(-view.top)})">`,
    `<g${lift ? ' opacity=".18"' : ""}>`, ...[...links.values()].map((link) => lineOf(link, theme.line)), ...[...visible].reverse().map(nodeOf), "</g>",
    ...(lift ? [...lift.lines.map((link) => lineOf(link, theme.strong)), ...[...lift.nodes].reverse().map(nodeOf)] : []),
    ...written.map(({ text, x, y, px, bold }) => words(text, x, y, px, theme.ink,
      `${bold ? ' font-weight="600"' : ""} text-anchor="middle" dominant-baseline="central" stroke="${theme.paper}" stroke-width="${n(px / 4)}" paint-order="stroke" stroke-linejoin="round"`)),
    "</g>",
    ...legendPlaces(legend, view.width, view.height + PICTURE.head + 24).flatMap(({ type, words: told, x, y }) => [
      `<path transform="translate(${n(x)} ${n(y)}) scale(${type.shape === "ring" ? 5.6 : 7})" d="${SHAPES[type.shape]}" ${look_(type)}/>`, words(told, x + 14, y + 5, 14, theme.ink)]),
    "</svg>\n"].join("\n");
}

// --- paper --------------------------------------------------------------------------------------------------------

// Paper is white whatever the screen is, and has the whole picture, not what fits the window.
addEventListener("beforeprint", () => {
  document.documentElement.dataset.theme = "light";
  const chosen = chosenScheme;
  chosenScheme = "light";
  readTheme();
  if (state.tab === "graph") {
    const picture = document.createElement("img");
    [picture.id, picture.className, picture.alt] = ["printed", "printed", pictureWords().about];
    picture.src = drawPicture().canvas.toDataURL();
    container.after(picture);
  }
  chosenScheme = chosen;
});
addEventListener("afterprint", () => {
  byId("printed")?.remove();
  if (chosenScheme) document.documentElement.dataset.theme = chosenScheme;
  else delete document.documentElement.dataset.theme;
  readTheme();
});
