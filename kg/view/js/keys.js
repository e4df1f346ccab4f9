// The canvas by keyboard: arrows walk from node to node, Enter opens the card, + and - zoom, 0 shows all.
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The nearest visible node in a direction; what lies straight ahead counts as nearer than what lies aside. */
function nextNode(from, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const i of visible) {
    if (i === from) continue;
    const [x, y] = [X[i] - X[from], Y[i] - Y[from]];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (ahead <= 0 || aside > 2 * ahead) continue;
    const far = ahead + 2 * aside;
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

container.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const start = hovered !== null && visible.has(hovered) ? hovered : selectedNodes().map(standFor).find((i) => visible.has(i));
  if (WAYS[event.key]) {
    event.preventDefault();
    const next = start === undefined ? [...visible][0] : nextNode(start, WAYS[event.key]);
    if (next === null || next === undefined) return;
    hovered = next;
    byId("spoken").textContent = `${label(types[typeOf[next]])} ${caption(next)}, ${t("lineCount", linksOf(next).length)}`;
    network.moveTo({ position: { x: X[next], y: Y[next] }, animation: false });
    redraw();
  } else if (event.key === "Enter" && start !== undefined) {
    event.preventDefault();
    goTo(folded.has(start) ? `role/${folded.get(start).role}` : keyOf(start));
  } else if (event.key === "+" || event.key === "=") zoomBy(1.5);
  else if (event.key === "-") zoomBy(1 / 1.5);
  else if (event.key === "0") fitAll();
});
