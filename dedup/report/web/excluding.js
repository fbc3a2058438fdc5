// What the list leaves out of its shares: for every article as the article's own page counts it.

const BAR_PART = { "shared-silent": "silent", "shared-named": "named", "shared-open": "other", furniture: "furniture" };

/** What is left out of the list now, and of each article its words without that, once asked for. */
let listOut = leftOut(new URLSearchParams());
let partsWithout = new Map();

function leaveOutOfList(out) {
  if (leftOutQuery(out) === leftOutQuery(listOut)) return;
  listOut = out;
  partsWithout = new Map();
  SORTED.delete("shared");
  CODES[FACETS.findIndex(({ key }) => key === "h")] = null;
}

function isListWhole() {
  return leftOutQuery(listOut) === "";
}

/** An article's words by the part of the bar that they are in; quotations count with the rest. */
function wordsWithout(row) {
  if (!partsWithout.has(row)) partsWithout.set(row, DATA.counts ? toldWithout(DATA.counts[row]) : countedWithout(row));
  return partsWithout.get(row);
}

function countedWithout(row) {
  const parts = Object.fromEntries(Object.keys(WORD_PARTS).map((name) => [name, 0]));
  const layers = layersOf(row, countedPassages(passagesOf(row), listOut))
    .filter((layer) => listOut.quotations || layer.kind !== "quotation");
  for (const { category, isFurniture, words } of countedPieces(row, layers)) {
    if (!isLeftOut(category, isFurniture, listOut)) parts[BAR_PART[category] || "rest"] += words;
  }
  return parts;
}

/**
 * The same from the figures that the program gives of a text which is in a part: all words; words
 * not shared, quoted and of the furniture; words shared, by agency, quoted or not. Once for passages of any length, then again for each length where it differs.
 */
function toldWithout([all, ...byLength]) {
  let cells = byLength[0];
  SHORTEST.forEach((words, place) => { if (words && words <= listOut.min) cells = byLength[place] || cells; });
  const [quoted = 0, furniture = 0, ...shared] = cells;
  const sum = cells.reduce((total, number) => total + number, 0);
  const parts = { silent: 0, named: 0, other: 0, rest: all - sum, furniture: listOut.furniture ? 0 : furniture };
  if (!listOut.quotations) parts.rest += quoted;
  shared.forEach((number, cell) => {
    if (listOut.quotations && cell >= 3) return;
    parts[["silent", "named", "other"][cell % 3]] += number;
  });
  return parts;
}

/** The share of an article that is shared, of what is counted. */
function shownShare(row) {
  if (isListWhole() || ARTICLES.copied_share[row] === 0) return ARTICLES.copied_share[row];
  const { silent, named, other, ...rest } = wordsWithout(row);
  const shared = silent + named + other;
  return shared / (shared + rest.rest + rest.furniture || 1);
}

function shownParts(row) {
  if (isListWhole()) return wordParts(row);
  const words = wordsWithout(row);
  const all = Object.values(words).reduce((sum, number) => sum + number, 0) || 1;
  return wordParts(row).map((part) => ({ ...part, share: words[part.key] / all }));
}

/** The controls; without texts nothing can be counted again. */
function listExclusions(change) {
  if (!DATA.texts) return "";
  const leave = (part) => change({ out: { ...listOut, ...part } });
  const kept = (source) => leave({ sources: new Set([...listOut.sources].filter((other) => other !== source)) });
  const sources = [...listOut.sources].map((source) => {
    const control = h("label", {}, h("input", { type: "checkbox", checked: true, on: { change: () => { kept(source); control.remove(); } } }), sourceName(source));
    return control;
  });
  return put(leaveOutControls(listOut, leave), [sources]);
}

function sourceName(id) {
  return ROW_OF.has(id) ? bdi(headline(ROW_OF.get(id))) : t("an article that is not listed");
}

/** To the list without what is shared with one source; of a large report that is not counted. */
function leaveOutOfAll(id) {
  if (DATA.counts) return "";
  const out = { ...leftOut(new URLSearchParams()), sources: new Set([id]) };
  return [" ", h("a", { href: listAddress({ ...listState(new URLSearchParams()), out }) }, t("in the whole list"))];
}
