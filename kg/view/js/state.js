// What is shown, as one value; everybody who draws listens to it.
const state = {
  off: new Set(), // types that the legend hides
  speech: null, // only what this speech names
  limit: facts.shown, // how many of the best ranked to show
  revealed: new Set(), // shown whatever the filters say, because somebody went there
  selected: null, // {node} or {line}
};
let visible = new Set();
let passing = 0; // how many pass the filters, shown or not
const listeners = [];

function refresh() {
  const inSpeech = state.speech === null ? null
    : (i) => facts.nodes.speeches[i].some((value, k) => k % 2 === 0 && value === state.speech);
  visible = new Set();
  passing = 0;
  for (let i = 0; i < N; i++) {
    if (state.off.has(typeOf[i]) || (inSpeech && !inSpeech(i))) continue;
    passing++;
    if (visible.size < state.limit) visible.add(i);
  }
  for (const i of state.revealed) visible.add(i);
  for (const listener of listeners) listener();
}

/** Change some of the state and let everybody know. */
function change(values) {
  Object.assign(state, values);
  refresh();
}

const filtered = () => state.off.size > 0 || state.speech !== null;
