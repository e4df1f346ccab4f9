// Mentions by year, as rates per 10,000 characters, so that long reports do not look keener than short ones.
// A year without speeches is a gap, not a zero; speeches without a date have a column of their own.
function timeline() {
  const spoken = speeches.id.map((_, s) => s).filter(speechPasses);
  const columns = [...years.filter((year) => spoken.some((s) => yearOf[s] === year)), ...(spoken.some((s) => !yearOf[s]) ? [0] : [])];
  const size = new Map(columns.map((year) => [year, 0]));
  for (const s of spoken) size.set(yearOf[s], size.get(yearOf[s]) + speeches.length[s]);
  const ratesOf = (i) => {
    const counts = new Map(columns.map((year) => [year, 0]));
    for (const [s, count] of speechesOf(i)) if (s >= 0 && speechPasses(s)) counts.set(yearOf[s], counts.get(yearOf[s]) + count);
    return columns.map((year) => ({ year, count: counts.get(year), rate: (10000 * counts.get(year)) / Math.max(1, size.get(year)) }));
  };
  return { columns, size, ratesOf };
}

function timelineView() {
  const { columns, size, ratesOf } = timeline();
  if (!columns.length) return [el("p", { class: "pending" }, t("nothing"))];
  const pinned = state.pinned.length ? state.pinned : passing.filter((i) => types[typeOf[i]].id === "Slogan").slice(0, 3);
  const series = pinned.map((i) => ({ i, rates: ratesOf(i) }));
  const rows = passing.filter((i) => !pinned.includes(i) && mentionsOf(i)).slice(0, 400);
  return [
    typeRow(),
    el("p", { class: "tools" }, el("strong", {}, t("perTenThousand")), el("small", {}, t("pinHint"))),
    lineChart(series, columns, size),
    heat(series, columns, size),
    el("h3", {}, t("othersByYear")),
    ...[heatFolding(rows, columns, size, ratesOf)].flat(),
  ];
}

const yearName = (year) => (year ? String(year) : t("undatedShort"));
const digits = (rate) => (rate === 0 ? "0" : rate >= 10 ? rate.toFixed(0) : rate.toFixed(rate >= 1 ? 1 : 2));
const TONES = [0, 2, 4, 5, 1, 7]; // the colours of the types serve the lines, too
const toned = (element, n) => {
  element.style.color = colourOf(types[TONES[n % 6]]);
  return element;
};
const LINE_SIGNS = ["", "6 3", "2 3", "8 3 2 3", "1 4", "10 4"];

/** Years stand as far apart as they are; a line joins only what follows year on year. */
function lineChart(series, columns, size) {
  const dated = columns.filter(Boolean);
  if (!dated.length) return "";
  const [width, height, left, right, bottom, top] = [840, 250, 40, 130, 28, 14];
  const most = Math.max(0.1, ...series.flatMap(({ rates }) => rates.filter(({ year }) => year).map(({ rate }) => rate)));
  const [first, last] = [dated[0], dated[dated.length - 1]];
  const x = (year) => left + 14 + ((width - left - right - 28) * (last > first ? (year - first) / (last - first) : 0.5));
  const y = (rate) => height - bottom - (rate / most) * (height - bottom - top);
  const grid = [0, 0.5, 1].map((part) => svg("g", { class: "grid" }, svg("line", { x1: left, x2: width - right, y1: y(most * part), y2: y(most * part) }),
    svg("text", { x: left - 6, y: y(most * part) + 4, "text-anchor": "end" }, digits(most * part))));
  const every = [1, 2, 5, 10, 20, 50, 100].find((step) => ((x(last) - x(first)) * step) / Math.max(1, last - first) >= 40) || 100;
  const named = [];
  for (let year = Math.ceil(first / every) * every; year <= last; year += every) named.push(year);
  if (!named.length) named.push(first);
  const ticks = [...named.map((year) => svg("text", { x: x(year), y: height - 8, "text-anchor": "middle" }, String(year))),
    ...dated.map((year) => svg("line", { class: "spoken", x1: x(year), x2: x(year), y1: height - bottom, y2: height - bottom + 5 }))];
  const ends = [];
  const lines = series.map(({ i, rates }, n) => {
    const points = rates.filter(({ year }) => year);
    const runs = [];
    points.forEach((point, k) => {
      if (k && point.year - points[k - 1].year === 1) runs[runs.length - 1].push(point);
      else runs.push([point]);
    });
    const end = points[points.length - 1];
    ends.push({ n, i, y: y(end.rate) });
    return toned(svg("g", { class: "series" }, runs.filter((run) => run.length > 1).map((run) =>
      svg("polyline", { points: run.map(({ year, rate }) => `${x(year)},${y(rate)}`).join(" "), "stroke-dasharray": LINE_SIGNS[n % 6] || "none" })),
    points.filter(({ count }) => count).map(({ year, rate, count }) => svg("circle", { cx: x(year), cy: y(rate), r: 3.5 },
      svg("title", {}, `${shortName(i)} ${year}: ${t("rateOf", digits(rate), count, size.get(year))}`)))), n);
  });
  // Names at the right end stand apart from one another.
  ends.sort((a, b) => b.y - a.y);
  ends.forEach((end, k) => { if (k) end.y = Math.min(end.y, ends[k - 1].y - 16); });
  const captions = ends.map(({ n, i, y: at }) => toned(svg("g", { class: "series" }, svg("text", { x: width - right + 8, y: at + 4 }, shortName(i, 9))), n));
  return svg("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": t("perTenThousand") }, grid, ticks, lines, captions);
}

/** A row an entity, a column a year: the number where there is room, and the shade. */
function heat(series, columns, size) {
  const table = el("table", { class: columns.length > 24 ? "heat dense" : "heat" }, el("colgroup", {}, el("col", { class: "names" }), el("col", { span: columns.length })), el("thead", {}, el("tr", {}, el("th", {}), columns.map((year) => el("th", { scope: "col" },
    el("span", {}, yearName(year)))))));
  table.append(el("tbody", {}, series.map((one) => heatRow(one, columns, size))));
  table.style.minWidth = `${200 + columns.length * (columns.length > 24 ? 9 : 25)}px`;
  const frame_ = el("div", { class: "heat-frame" }, table);
  // Where the years do not fit, the newest are shown first, and the bar below says that there is more.
  requestAnimationFrame(() => { frame_.scrollLeft = frame_.scrollWidth; });
  return frame_;
}

function heatRow({ i, rates }, columns, size) {
  const most = Math.max(...rates.map(({ rate }) => rate), 1e-9);
  return el("tr", {}, el("th", { scope: "row" },
    el("button", { type: "button", class: "pin", "aria-pressed": String(state.pinned.includes(i)), title: t("pin"), "aria-label": `${t("pin")} ${shortName(i)}`, "data-pin": i, on: { click: () =>
      change({ pinned: state.pinned.includes(i) ? state.pinned.filter((p) => p !== i) : [...state.pinned, i].slice(-6) }) } }, state.pinned.includes(i) ? "●" : "○"), " ", nodeLink(i, shortName(i, 20))),
  rates.map(({ year, rate, count }) => {
    const cell = el("td", { title: `${yearName(year)}: ${t("rateOf", digits(rate), count, size.get(year))}` }, columns.length <= 24 ? (count ? digits(rate) : "·") : "");
    cell.style.setProperty("--heat", `${Math.round((70 * rate) / most)}%`);
    return cell;
  }));
}

function heatFolding(rows, columns, size, ratesOf) {
  const first = rows.slice(0, 30).map((i) => ({ i, rates: ratesOf(i) }));
  const frame_ = heat(first, columns, size);
  if (rows.length <= 30) return frame_;
  const more = el("button", { type: "button", class: "quiet", on: { click: () => {
    frame_.querySelector("tbody").append(...rows.slice(30).map((i) => heatRow({ i, rates: ratesOf(i) }, columns, size)));
    more.remove();
  } } }, t("allMore", rows.length));
  return [frame_, more];
}
