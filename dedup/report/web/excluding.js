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
}

function isListWhole() {
  return leftOutQuery(listOut) === "";
}

/** An article's words by the part of the bar that they are in; quotations count with the rest. */
function wordsWithout(row) {
  if (!partsWithout.has(row)) {
    const parts = Object.fromEntries(Object.keys(WORD_PARTS).map((name) => [name, 0]));
    const layers = layersOf(row, countedPassages(passagesOf(row), listOut))
      .filter((layer) => listOut.quotations || layer.kind !== "quotation");
    for (const { category, isFurniture, words } of countedPieces(row, layers)) {
      if (!isLeftOut(category, isFurniture, listOut)) parts[BAR_PART[category] || "rest"] += words;
    }
    partsWithout.set(row, parts);
  }
  return partsWithout.get(row);
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

/** The controls; where the texts are in parts there are none. */
function listExclusions(change) {
  if (!DATA.texts || DATA.parts.length) return "";
  return leaveOutControls(listOut, (part) => change({ out: { ...listOut, ...part } }));
}
