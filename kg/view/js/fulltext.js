// The words of the speeches: every place where they stand, speech by speech, and the marks of a search within one speech.
const PASSAGES_SHOWN = 100; // sentences listed at once; the number of all is always told

/** A pattern for words as somebody types them: letters of any case, any white space for white space. Never code. */
function wordsPattern(words) {
  const escaped = words.trim().split(/\s+/).map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  return new RegExp(escaped.join("\\s+"), "gi");
}

/** Where words stand in a text, as [start, end] pairs. */
const placesOf = (text, pattern) => [...text.matchAll(pattern)].map(({ 0: found, index }) => [index, index + found.length]);

/** All speeches that pass the filters and hold the words, by date: [speech, places]. */
function inTexts(read, words) {
  if (!words.trim()) return [];
  const pattern = wordsPattern(words);
  return speechesByDate.filter(speechPasses).map((s) => [s, placesOf(read.texts[s], pattern)]).filter(([, places]) => places.length);
}
const placesIn = (found) => found.reduce((sum, [, places]) => sum + places.length, 0);

/** The card of words sought in the texts. */
function wordsCard(words) {
  return el("article", { class: "card fulltext" },
    el("p", { class: "kind" }, t("inTheTexts")), el("h2", { dir: "auto" }, words),
    facts.texts ? whenRead((read) => wordsFound(read, words)) : el("p", { class: "pending" }, t("withoutTexts")));
}

function wordsFound(read, words) {
  const found = inTexts(read, words);
  const all = placesIn(found);
  const list = el("div", {});
  const rest = el("p", {});
  let next = 0; // the first speech that is not listed yet
  const grow = () => {
    for (let listed = 0; next < found.length && listed < PASSAGES_SHOWN; next++) {
      const [s, places] = found[next];
      listed += places.length;
      list.append(el("details", { class: "speech", open: next < 10 },
        el("summary", {}, el("bdi", {}, datedTitle(s)), " ", el("span", { class: "count" }, places.length), " ", readButton(s, places[0][0], words)),
        quoteList(read.texts[s], places, 5, (at) => readButton(s, at, words))));
    }
    rest.replaceChildren(...(next < found.length ? [el("button", { type: "button", class: "quiet", id: "more-passages", on: { click: grow } },
      t("morePassages", placesIn(found.slice(next)), found.length - next))] : []));
  };
  grow();
  return [el("p", { class: "count", role: "status" }, all ? t("wordsFound", found.length, all) : t("wordsNowhere", words),
    spokenFilter() && ` ${t("underFilters")}`), list, rest];
}

// --- within one speech --------------------------------------------------------------------------------------------

/** Mark words in paragraphs that are drawn already, across the marks of mentions; per place its first mark and its offset. */
function markWords(page, words) {
  for (const old of page.querySelectorAll("mark.find")) old.replaceWith(...old.childNodes);
  page.normalize();
  if (!words.trim()) return [];
  const pattern = wordsPattern(words);
  return [...page.querySelectorAll("p[data-at]")].flatMap((paragraph) => {
    const pieces = []; // the text nodes with their offsets, before any is split
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(), at = 0; node; at += node.data.length, node = walker.nextNode()) pieces.push([node, at, at + node.data.length]);
    // From the last place to the first: what stands before a split keeps its offsets.
    return placesOf(paragraph.textContent, pattern).reverse().map(([start, end]) => {
      let first = null;
      for (const [node, from, to] of pieces) {
        if (to <= start || from >= end) continue;
        const part = node.splitText(Math.max(start, from) - from);
        part.splitText(Math.min(end, to) - Math.max(start, from));
        const mark = el("mark", { class: "find" });
        part.replaceWith(mark);
        mark.append(part);
        first ??= mark;
      }
      return { mark: first, at: Number(paragraph.dataset.at) + start };
    }).reverse();
  });
}

/** A box that finds words in the speech that is open, and goes from place to place; `from` is where to begin. */
function findBox(page, from) {
  let marks = [];
  let now = 0;
  const told = el("span", { class: "count", role: "status" });
  const go = (to) => {
    for (const { mark } of marks) mark.classList.remove("now");
    told.textContent = !input.value.trim() ? "" : marks.length ? `${to + 1} / ${marks.length}` : t("notHere");
    if (!marks.length) return;
    now = to;
    marks[now].mark.classList.add("now");
    marks[now].mark.scrollIntoView({ block: "center" });
  };
  const step = (by, key, sign) => el("button", { type: "button", class: `quiet find-${key}`, title: t(key), "aria-label": t(key),
    on: { click: () => go((now + by + marks.length) % Math.max(1, marks.length)) } }, sign);
  const seek = (where) => {
    marks = markWords(page, input.value);
    go(Math.max(0, marks.findIndex(({ at }) => at >= where)));
  };
  const input = el("input", { type: "search", id: "reader-find", placeholder: t("findHere"), "aria-label": t("findHere"), autocomplete: "off",
    value: (state.read && state.read.find) || "", on: {
      input: () => {
        state.read = { ...(state.read || { speech: speechesByDate[0], at: 0 }), find: input.value };
        writeAddress(false);
        seek(0);
      },
      keydown: (event) => {
        if (event.key !== "Enter" || event.isComposing || !marks.length) return;
        event.preventDefault();
        go((now + (event.shiftKey ? -1 : 1) + marks.length) % marks.length);
      },
    } });
  if (input.value) requestAnimationFrame(() => seek(from)); // once the paragraphs stand on the page
  return el("span", { class: "finder", role: "search" }, input, step(-1, "previous", "‹"), step(1, "next", "›"), told);
}
