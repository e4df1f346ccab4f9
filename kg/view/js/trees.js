// Expansion trees: every slogan with what it consists of, members that have members of their own opened in place.
const DEEP = 4;

function treesView() {
  const shown = passing.filter((i) => expansionsOf.has(i));
  const search = el("input", { type: "search", id: "trees-search", placeholder: t("narrow"), "aria-label": t("narrow"), on: { input: () => draw() } });
  const status = el("span", { class: "pills", role: "group", "aria-label": t("checkFilter") });
  let wanted = null;
  const list = el("div", { class: "trees" });
  const choose = () => status.replaceChildren(...[null, "complete", "partial", "mismatch", "uncheckable"].map((value) =>
    el("button", { type: "button", class: "pill", "data-status": value || "all", "aria-pressed": String(wanted === value), on: { click: () => {
      wanted = value;
      choose();
      draw();
    } } }, t(value ? `status_${value}` : "allOfThem"))));
  const draw = () => {
    const words = fold(search.value);
    const rows = shown.filter((i) => (!wanted || expansionsOf.get(i).some((e) => e.status === wanted)) &&
      (!words || fold(names[i]).includes(words) || expansionsOf.get(i).some((e) => e.members.some(([name]) => fold(name).includes(words)))));
    list.replaceChildren(el("p", { class: "count" }, t("treeCount", rows.length)), ...[folding(rows, (i) => tree(i), 40, "div", "forest")].flat());
  };
  choose();
  draw();
  return [el("div", { class: "tools" }, search, status), list];
}

/** A slogan, its expansions one below the other where sources differ, and their members. */
function tree(i, above = []) {
  const distinct = new Map();
  for (const e of expansionsOf.get(i)) {
    const same = e.members.map(([name]) => name).join("\n");
    if (!distinct.has(same)) distinct.set(same, []);
    distinct.get(same).push(e);
  }
  const lists = inOrderOfLists([...distinct.values()]);
  return el("div", { class: "tree" }, el("div", { class: "root" }, nodeLink(i)),
    el("div", { class: "branches" }, lists.map(({ group, some }, k) => {
      const words = differing(group[0].members, setAgainst(lists, k));
      return el("div", { class: some ? "branch some" : "branch" },
        el("p", { class: "verdict" }, some && el("strong", {}, t("onlySome")), countCheck(group[0]), el("small", { class: "sources" }, el("bdi", {}, sourceOf(group)))),
        el("ol", { class: "twigs" }, group[0].members.map(([, node], n) => el("li", {},
          node >= 0 && node !== i ? (expansionsOf.has(node) && !above.includes(node) && above.length < DEEP
            ? tree(node, [...above, i]) : nodeLink(node, words[n])) : el("bdi", { class: "leaf" }, words[n])))));
    })));
}

function sourceOf(group) {
  const [first] = group;
  const name = first.speech === LEXICON ? [t("lexicon"), first.source].filter(Boolean).join(" · ") : `《${speechTitle(first.speech)}》`;
  return [first.date, name, group.length > 1 && t("andOthers", group.length)].filter(Boolean).join(" ");
}
