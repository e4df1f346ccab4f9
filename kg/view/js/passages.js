// Texts, mentions and evidence are unpacked when the first card opens, so that the page itself opens at once.
let unpacking = null;

function passages() {
  unpacking ??= unpack(byId("passages").textContent);
  return unpacking;
}

async function unpack(packed) {
  if (typeof DecompressionStream !== "function") throw new Error(t("noTexts"));
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

const STOPS = new Set("。！？；!?;\n");
const CLOSING = new Set("”’」』）)】》\"");
const REACH = 180; // a sentence without an end in sight is cut here, with an ellipsis

/** The sentence around text[start, end): {start, end, cut: [before, after]}. */
function sentenceAround(text, start, end) {
  let a = start;
  while (a > 0 && start - a < REACH && !STOPS.has(text[a - 1])) a--;
  const cutBefore = a > 0 && !STOPS.has(text[a - 1]);
  while (a < start && CLOSING.has(text[a])) a++;
  while (a < start && /\s/.test(text[a])) a++;
  let b = end;
  while (b < text.length && b - end < REACH && !STOPS.has(text[b])) b++;
  const cutAfter = b < text.length && !STOPS.has(text[b]);
  if (b < text.length && STOPS.has(text[b]) && text[b] !== "\n") b++;
  while (b < text.length && !cutAfter && CLOSING.has(text[b])) b++;
  if (isLow(text, a)) a--;
  if (isLow(text, b)) b++;
  return { start: a, end: b, cut: [cutBefore, cutAfter] };
}
const isLow = (text, i) => (text.charCodeAt(i) & 0xfc00) === 0xdc00;
