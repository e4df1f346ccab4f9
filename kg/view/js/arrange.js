// Pictures of a part: the neighbourhood of one node in rings, and the shortest paths between two in columns.
const CROWD = 400; // a neighbourhood of more nodes than this is cut, and says so
const PATHS_SHOWN = 12;
let routes = null; // {from, to, nodes: columns, paths, count, more} while two nodes are tied

/** The nodes to show and where, if the state asks for a part of the picture; null for all of it. Moves X and Y. */
function arrange(passes, statementOk) {
  X.set(HOME_X);
  Y.set(HOME_Y);
  routes = null;
  const centre = state.selected ? state.selected.node : undefined;
  if (centre === undefined) return null;
  const near = nearBy(statementOk, (j) => passes[j], state.together);
  if (state.path !== null && state.path >= 0) {
    routes = shortestPaths(centre, state.path, near);
    return columns(routes);
  }
  return state.focus ? rings(centre, near) : null;
}

/** The function from a node to those beside it, by statements and on request by common sentences. */
function nearBy(statementOk, passes, together) {
  return (i) => {
    const found = new Set();
    for (const s of statementsOf[i]) {
      if (statementOk(s)) found.add(statements.from[s] === i ? statements.to[s] : statements.from[s]);
    }
    if (together) for (const [j, n] of togetherPairs(i)) if (n >= state.weight) found.add(j);
    return [...found].filter((j) => passes(j) || j === state.path).sort((a, b) => a - b);
  };
}

/** A breadth-first tree around a node, drawn so that every branch has the angle that its leaves need. */
function rings(centre, near) {
  const depth = new Map([[centre, 0]]);
  const children = new Map();
  let row = [centre];
  let found = 1;
  for (let step = 1; step <= state.focus; step++) {
    const next = [];
    for (const i of row) {
      if (state.avoid && i !== centre && hubs.has(i)) continue;
      for (const j of near(i)) {
        if (depth.has(j)) continue;
        found++;
        depth.set(j, step);
        if (depth.size > CROWD) continue;
        next.push(j);
        if (children.has(i)) children.get(i).push(j);
        else children.set(i, [j]);
      }
    }
    row = next;
  }
  const drawnNodes = [centre];
  const leaves = new Map();
  const count = (i) => {
    const below = (children.get(i) || []).reduce((sum, j) => sum + count(j), 0);
    leaves.set(i, Math.max(1, below));
    return leaves.get(i);
  };
  count(centre);
  const rows = [];
  const gather = (i, k) => {
    rows[k] = (rows[k] || 0) + 1;
    for (const j of children.get(i) || []) gather(j, k + 1);
  };
  gather(centre, 0);
  // A ring is wide enough for the names on it, and for those on the next one.
  const radius = [0];
  for (let k = 1; k < rows.length; k++) radius[k] = Math.max(radius[k - 1] + 120, (Math.max(leaves.get(centre), rows[k]) * 30) / (2 * Math.PI), 130 * k);
  const [x0, y0] = [HOME_X[centre], HOME_Y[centre]];
  const place = (i, k, start, width) => {
    const angle = start + width / 2;
    X[i] = x0 + radius[k] * Math.cos(angle) * (k ? 1.15 : 0);
    Y[i] = y0 + radius[k] * Math.sin(angle);
    let at = start;
    for (const j of children.get(i) || []) {
      drawnNodes.push(j);
      const part = (width * leaves.get(j)) / leaves.get(i);
      place(j, k + 1, at, part);
      at += part;
    }
  };
  place(centre, 0, -Math.PI / 2, 2 * Math.PI);
  cut = found > drawnNodes.length ? [drawnNodes.length, found] : null;
  return drawnNodes;
}

/** All shortest paths between two nodes: {from, to, paths: the first of them as lists of nodes, count: how many there are}. */
function shortestPaths(from, to, near) {
  const distance = new Map([[from, 0]]);
  const before = new Map([[from, []]]);
  const ways = new Map([[from, 1]]);
  let row = [from];
  while (row.length && !distance.has(to)) {
    const next = [];
    for (const i of row) {
      if (state.avoid && i !== from && hubs.has(i)) continue;
      for (const j of near(i)) {
        if (!distance.has(j)) {
          distance.set(j, distance.get(i) + 1);
          before.set(j, []);
          ways.set(j, 0);
          next.push(j);
        }
        if (distance.get(j) === distance.get(i) + 1) {
          before.get(j).push(i);
          ways.set(j, ways.get(j) + ways.get(i));
        }
      }
    }
    row = next;
  }
  const paths = [];
  const walk = (i, tail) => {
    if (paths.length === PATHS_SHOWN) return;
    if (i === from) paths.push([i, ...tail]);
    else for (const j of before.get(i)) walk(j, [i, ...tail]);
  };
  if (distance.has(to)) walk(to, []);
  return { from, to, paths, count: ways.get(to) || 0 };
}

/** Paths side by side: a column a step. */
function columns({ from, to, paths }) {
  const steps = [];
  for (const path of paths.length ? paths : [[from], [to]]) path.forEach((i, k) => (steps[k] ||= new Set()).add(i));
  if (!paths.length) steps[1] = new Set([to]);
  steps.forEach((column, k) => [...column].forEach((i, n) => {
    X[i] = HOME_X[from] + k * 210;
    Y[i] = HOME_Y[from] + (n - (column.size - 1) / 2) * 84;
  }));
  if (!paths.length) steps[0] = new Set([from]);
  return steps.flatMap((column) => [...column]);
}
