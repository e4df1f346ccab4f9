// Mentions by year, as rates per 10,000 characters, so that long reports do not look keener than short ones.
// A year without speeches is a gap, not a zero; speeches without a date have a column of their own.
function timelineView() {
  const spoken = speeches.id.map((_, s) => s).filter(speechPasses);
  const columns = [...years.filter((year) => spoken.some((s) => yearOf[s] === year)), ...(spoken.some((s) => !yearOf[s]) ? [0] : [])];
  const size = new Map(columns.map((year) => [year, 0]));
  for (const s of spoken) size.set(yearOf[s], size.get(yearOf[s]) + speeches.length[s]);
  const ratesOf = (i) => {
    const counts = new Map(columns.map((year) => [year, 0]));
    for (const [s, count] of speechesOf(i)) if (s >= 0 && speechPasses(s)) counts.set(yearOf[s], counts.get(yearOf[s]) + count);
    return columns.map((year) => ({ year, count: counts.get(year), rate: (10000 * counts.get(year)) / Math.max(1, size.get(year)) }));
  };
  if (!columns.length) return [el("p", { class: "pending" }, t("nothing"))];
  const pinned = state.pinned.length ? state.pinned : passing.filter((i) => types[typeOf[i]].id === "Slogan").slice(0, 3);
  const series = pinned.map((i) => ({ i, rates: ratesOf(i) }));
  const rows = passing.filter((i) => !pinned.includes(i) && mentionsOf(i)).slice(0, 400);
  return [
    el("p", { class: "tools" }, el("strong", {}, t("perTenThousand")), el("small", {}, t("pinHint"))),
    lineChart(series, columns, size),
    heat(series, columns, size, true),
    el("h3", {}, t("othersByYear")),
    ...[heatFolding(rows, columns, size, ratesOf)].flat(),
  ];
}

const yearName = (year) => (year ? String(year) : t("undatedShort"));
const digits = (rate) => (rate === 0 ? "0" : rate >= 10 ? rate.toFixed(0) : rate.toFixed(rate >= 1 ? 1 : 2));
const LINE_SIGNS = ["", "6 3", "2 3", "8 3 2 3", "1 4", "10 4"];

function lineChart(series, columns, size) {
  const dated = columns.filter(Boolean);
  const [width, height, left, bottom, top] = [820, 240, 44, 26, 12];
  const most = Math.max(0.1, ...series.flatMap(({ rates }) => rates.filter(({ year }) => year).map(({ rate }) => rate)));
  const [first, last] = [dated[0], dated[dated.length - 1]];
  const x = (year) => left + (last > first ? ((year - first) / (last - first)) * (width - left - 130) : 40);
  const y = (rate) => height - bottom - (rate / most) * (height - bottom - top);
  const grid = [0, 0.5, 1].map((part) => svg("g", { class: "grid" }, svg("line", { x1: left, x2: width - 120, y1: y(most * part), y2: y(most * part) }),
    svg("text", { x: left - 6, y: y(most * part) + 4, "text-anchor": "end" }, digits(most * part))));
  const every = Math.ceil(dated.length / 14);
  const ticks = dated.filter((_, k) => k % every === 0).map((year) => svg("text", { x: x(year), y: height - 8, "text-anchor": "middle" }, String(year)));
  let taken = [];
  const lines = series.map(({ i, rates }, n) => {
    const points = rates.filter(({ year }) => year);
    const tone = `series s${n % 6}`;
    const end = points[points.length - 1];
    let at = end ? y(end.rate) : 0;
    while (taken.some((other) => Math.abs(other - at) < 15)) at -= 15;
    taken = [...taken, at];
    return svg("g", { class: tone }, svg("polyline", { points: points.map(({ year, rate }) => `${x(year)},${y(rate)}`).join(" "), "stroke-dasharray": LINE_SIGNS[n % 6] }),
      points.map(({ year, rate, count }) => svg("circle", { cx: x(year), cy: y(rate), r: 3 }, svg("title", {}, `${shortName(i)} ${year}: ${digits(rate)}（${count} / ${size.get(year)}）`))),
      end && svg("text", { x: x(end.year) + 8, y: at + 4 }, shortName(i, 8)));
  });
  return dated.length ? svg("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": t("perTenThousand") }, grid, ticks, lines) : "";
}

/** A row an entity, a column a year: the number where there is room, and the shade. */
function heat(series, columns, size, large) {
  const table = el("table", { class: "heat" }, el("thead", {}, el("tr", {}, el("th", {}), columns.map((year) => el("th", { scope: "col" },
    el("span", {}, columns.length > 24 && year ? `’${String(year).slice(2)}` : yearName(year)))))));
  table.append(el("tbody", {}, series.map((one) => heatRow(one, columns, size, large))));
  return el("div", { class: "heat-frame" }, table);
}

function heatRow({ i, rates }, columns, size, large) {
  const most = Math.max(...rates.map(({ rate }) => rate), 1e-9);
  return el("tr", {}, el("th", { scope: "row" },
    el("button", { type: "button", class: "pin", "aria-pressed": String(state.pinned.includes(i)), title: t("pin"), "aria-label": `${t("pin")} ${shortName(i)}`, on: { click: () =>
      change({ pinned: state.pinned.includes(i) ? state.pinned.filter((p) => p !== i) : [...state.pinned, i].slice(-6) }) } }, state.pinned.includes(i) ? "●" : "○"), " ", nodeLink(i, shortName(i, 14))),
  rates.map(({ year, rate, count }) => {
    const cell = el("td", { title: `${yearName(year)}: ${t("rateOf", digits(rate), count, size.get(year))}` }, columns.length <= 24 || large ? (count ? digits(rate) : "·") : "");
    cell.style.setProperty("--heat", `${Math.round((70 * rate) / most)}%`);
    return cell;
  }));
}

function heatFolding(rows, columns, size, ratesOf) {
  const first = rows.slice(0, 30).map((i) => ({ i, rates: ratesOf(i) }));
  const frame_ = heat(first, columns, size, false);
  if (rows.length <= 30) return frame_;
  const more = el("button", { type: "button", class: "quiet", on: { click: () => {
    frame_.querySelector("tbody").append(...rows.slice(30).map((i) => heatRow({ i, rates: ratesOf(i) }, columns, size, false)));
    more.remove();
  } } }, t("allMore", rows.length));
  return [frame_, more];
}
