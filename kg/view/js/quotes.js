// Quotations: the words as the speech has them, in their sentence, marked.

/** Group spans [start, end] of one text by sentence: [{start, end, cut, marks}]. */
function sentencesOf(text, spans) {
  const found = [];
  for (const [start, end] of spans) {
    const last = found[found.length - 1];
    if (last && start >= last.start && end <= last.end) last.marks.push([start, end]);
    else found.push({ ...sentenceAround(text, start, end), marks: [[start, end]] });
  }
  return found;
}

function sentenceElement(text, sentence) {
  const parts = [];
  let at = sentence.start;
  for (const [start, end] of sentence.marks) {
    if (start > at) parts.push(text.slice(at, start));
    if (end > at) parts.push(el("mark", {}, text.slice(Math.max(at, start), end)));
    at = Math.max(at, end);
  }
  parts.push(text.slice(at, sentence.end));
  return el("blockquote", { dir: "auto" }, sentence.cut[0] && "…", ...parts, sentence.cut[1] && "…");
}

/** The sentences of one speech, the first few at once and the rest on request; `beside` makes what follows each. */
function quoteList(text, spans, first = 3, beside = null) {
  if (!facts.texts) return el("p", { class: "pending" }, t("withoutTexts"));
  const all = sentencesOf(text, spans).map((sentence) => () => {
    const quote = sentenceElement(text, sentence);
    if (beside) quote.append(" ", beside(sentence.marks[0][0]));
    return quote;
  });
  const box = el("div", { class: "quotes" }, all.slice(0, first).map((make) => make()));
  if (all.length > first) {
    const rest = all.length - first;
    const more = el("button", { type: "button", class: "quiet", on: { click: () => more.replaceWith(...all.slice(first).map((make) => make())) } },
      t("moreQuotes", rest));
    box.append(more);
  }
  return box;
}

/** A box that fills itself once the texts are unpacked. */
function whenRead(make) {
  const box = el("div", { class: "pending" }, t("loading"));
  passages().then(
    (read) => {
      box.className = "";
      box.replaceChildren(...[make(read)].flat());
    },
    (error) => {
      box.className = "problem";
      box.textContent = error.message;
    },
  );
  return box;
}

/** A button that opens the words of one claim below `host`. */
function quoteButton(host, speech, start, end) {
  if (speech === LEXICON || start < 0) return null;
  let open = null;
  const button = el("button", { type: "button", class: "quiet words", "aria-expanded": "false", on: {
    click: () => {
      if (open) open.remove();
      open = open ? null : el("div", { class: "words" }, whenRead((read) => quoteList(read.texts[speech], [[start, end]])));
      if (open) host.append(open);
      button.setAttribute("aria-expanded", String(Boolean(open)));
    },
  } }, t("quote"));
  return button;
}

/** Every mention of a node, speech by speech. */
function mentionQuotes(i) {
  return whenRead((read) => {
    const bySpeech = new Map();
    const flat = read.mentions[i];
    for (let k = 0; k < flat.length; k += 3) {
      if (!bySpeech.has(flat[k])) bySpeech.set(flat[k], []);
      bySpeech.get(flat[k]).push([flat[k + 1], flat[k + 2]]);
    }
    const byDate = [...bySpeech].sort(([a], [b]) => speechesByDate.indexOf(a) - speechesByDate.indexOf(b));
    return byDate.map(([speech, spans], n) => el("details", { class: "speech", open: n < 3 },
      el("summary", {}, el("bdi", {}, speechTitle(speech)), " ", el("span", { class: "count" }, spans.length), " ",
        readButton(speech, spans[0][0]), speechDetails(speech)),
      quoteList(read.texts[speech], spans)));
  });
}

function speechDetails(s) {
  const words = [speeches.speaker[s], speeches.place[s], speeches.date[s]].filter(Boolean);
  return words.length ? el("small", {}, words.join(" · ")) : null;
}

/** The evidence of a statement: who says so, in which words, by which rule. */
function evidenceQuotes(s) {
  return whenRead((read) => {
    const flat = read.evidence[s];
    const rows = [];
    for (let k = 0; k < flat.length; k += 6) {
      const [speech, start, end, rule, cue, percent] = flat.slice(k, k + 6);
      const how = [t("rule", read.words[rule]), read.words[cue] && `“${read.words[cue]}”`, percent < 100 && t("confidence", percent)];
      rows.push(el("div", { class: "evidence" },
        el("div", { class: "speech" }, el("bdi", {}, speech === LEXICON ? t("fromLexicon") : speechTitle(speech))),
        speech === LEXICON || start < 0 ? null : quoteList(read.texts[speech], [[start, end]]),
        el("small", {}, how.filter(Boolean).join(" · "))));
    }
    return rows;
  });
}

/** A way into the full speech, at a place, with words to mark there. */
function readButton(speech, at, find = "") {
  if (!facts.texts) return null;
  return el("button", { type: "button", class: "quiet read", on: { click: (event) => {
    event.preventDefault();
    event.stopPropagation();
    openReader(speech, at, find);
  } } }, t("readAll"));
}

/** One quotation after another, across all speeches: previous, next, and what is needed to cite it. */
function quoteStepper(i) {
  if (!facts.texts) return null;
  return whenRead((read) => {
    const flat = read.mentions[i];
    const count = flat.length / 3;
    let at = 0;
    const place = el("span", { class: "count", role: "status" });
    const body = el("div", { class: "step" });
    const show = () => {
      const [speech, start, end] = flat.slice(3 * at, 3 * at + 3);
      const text = read.texts[speech];
      const sentence = { ...sentenceAround(text, start, end), marks: [[start, end]] };
      place.textContent = t("quoteOf", at + 1, count);
      body.replaceChildren(sentenceElement(text, sentence), el("p", { class: "from" }, el("bdi", {}, speechTitle(speech)), " ",
        readButton(speech, start), " ", copyButton("copyCitation", () => citation(speech, text.slice(sentence.start, sentence.end).trim(), Array.from(text.slice(0, start)).length, Array.from(text.slice(0, end)).length))));
    };
    const step = (key, by) => el("button", { type: "button", class: `quiet step-${key}`, title: t(key), "aria-label": t(key), on: { click: () => {
      at = (at + by + count) % count;
      show();
    } } }, by > 0 ? "›" : "‹");
    show();
    return el("div", { class: "stepper" }, el("p", { class: "turns" }, step("previous", -1), place, step("next", 1)), body);
  });
}
