// The reader: a whole speech with everything that it names marked and linked, and its outline at the side.
function openReader(speech, at, find = "") {
  change({ tab: "read", read: { speech, at, find } });
  showTab();
  writeAddress(true);
}

function readerView() {
  if (!facts.texts) return [el("p", { class: "pending" }, t("withoutTexts"))];
  if (!speeches.id.length) return [el("p", { class: "pending" }, t("empty"))];
  const { speech, at, find: sought } = state.read || { speech: speechesByDate[0], at: 0 };
  const picker = el("select", { id: "reader-speech", "aria-label": t("speeches"), on: { change: (event) => openReader(Number(event.target.value), 0) } },
    speechesByDate.map((s) => el("option", { value: s, selected: s === speech }, datedTitle(s))));
  const finder = el("span", {});
  return [el("div", { class: "tools" }, picker, finder, speechDetails(speech)), typeRow(), whenRead((read) => {
    const text = read.texts[speech];
    const page = el("article", { class: "text", lang: "zh" }, paragraphs(text, mentionsIn(read, speech)));
    const headings = read.sections[speech];
    const go = (offset) => {
      const target = [...page.querySelectorAll("[data-at]")].filter((part) => Number(part.dataset.at) <= offset).pop();
      if (target) target.scrollIntoView({ block: "center" });
      return target;
    };
    const outline_ = el("nav", { class: "outline", "aria-label": t("outline") }, el("h3", {}, t("outline")),
      headings.length ? el("ul", {}, headings.map(([level, start, end]) => el("li", { class: `depth${Math.min(level, 4)}` },
        el("button", { type: "button", class: "link", on: { click: () => go(start) } }, text.slice(start, end).trim())))) : el("p", { class: "count" }, t("noOutline")));
    finder.replaceChildren(findBox(page, at));
    if (at > 0 && !sought) {
      requestAnimationFrame(() => {
        const target = go(at);
        if (target) target.classList.add("here");
      });
    }
    return el("div", { class: "reader" }, outline_, page);
  })];
}

/** The mentions of one speech as [start, end, node], by start, the longer first. */
function mentionsIn(read, speech) {
  const found = [];
  for (let i = 0; i < N; i++) {
    if (state.off.has(typeOf[i])) continue;
    const flat = read.mentions[i];
    for (let k = 0; k < flat.length; k += 3) if (flat[k] === speech) found.push([flat[k + 1], flat[k + 2], i]);
  }
  return found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

/** Lines as paragraphs; mentions as links, one within another where names nest; a mention across lines ends at the line. */
function paragraphs(text, mentions) {
  const parts = [];
  let m = 0;
  let start = 0;
  for (const line of text.split("\n")) {
    const end = start + line.length;
    const here = [];
    while (m < mentions.length && mentions[m][0] < end) {
      if (mentions[m][0] >= start) here.push(mentions[m]);
      m++;
    }
    if (line.trim()) parts.push(el("p", { "data-at": start, dir: "auto" }, marked(text, start, end, here)));
    start = end + 1;
  }
  return parts;
}

function marked(text, start, end, mentions) {
  const parts = [];
  let at = start;
  for (let k = 0; k < mentions.length; k++) {
    const [from, to, i] = mentions[k];
    if (from < at) continue; // inside of one before, or across its end: the longer one stands
    const inner = [];
    const last = Math.min(to, end);
    for (const other of mentions.slice(k + 1)) {
      if (other[0] >= last) break;
      if (other[1] <= last && (other[0] > from || other[1] < to)) inner.push(other);
    }
    parts.push(text.slice(at, from), mentionLink(i, from, marked(text, from, last, inner)));
    at = last;
  }
  parts.push(text.slice(at, end));
  return parts;
}

function mentionLink(i, at, words) {
  const type = types[typeOf[i]];
  const chosen = state.selected && state.selected.node === i;
  const mention = el("span", { class: `mention ${type.id}${chosen ? " chosen" : ""}`, role: "link", tabindex: "0", title: `${label(type)} ${shortName(i)}`, "data-at": at, "data-node": i,
    on: {
      click: (event) => { event.stopPropagation(); goTo(keyOf(i)); },
      keydown: (event) => { if (event.key === "Enter") { event.stopPropagation(); goTo(keyOf(i)); } },
    } }, words);
  mention.style.setProperty("--kind", colourOf(type));
  return mention;
}
