// The passages of one article, whom it shares them with, and its text with all of it marked.

const SIDES = {
  taken: t("from an earlier article"),
  unknown: t("order not known"),
  given: t("taken up by a later article"),
};

/** Passages of an article, seen from it, in the order of its text. */
function passagesOf(row) {
  const own = (TAKEN_BY.get(row) || []).map((place) => {
    const match = record(DATA.matches, place);
    return {
      start: match.start, end: match.end, first: match.n_first, last: match.n_last,
      other: match.other_id, otherStart: match.other_start, otherEnd: match.other_end,
      words: match.words, kind: match.kind, score: match.score,
      side: match.direction === "from" ? "taken" : "unknown",
    };
  });
  const others = (TAKEN_FROM.get(row) || []).map((place) => {
    const match = record(DATA.matches, place);
    return {
      start: match.other_start, end: match.other_end,
      first: match.other_n_first, last: match.other_n_last,
      other: match.article_id, otherStart: match.start, otherEnd: match.end,
      words: match.words, kind: match.kind, score: match.score,
      side: match.direction === "from" ? "given" : "unknown",
    };
  });
  return [...own, ...others].sort((a, b) => a.start - b.start || a.end - b.end || a.other - b.other);
}

/** Passages between two articles, numbered from 1 in the order of the first one's text. */
function runsBetween(row, other) {
  return passagesOf(row).filter((passage) => passage.other === other);
}

function longestRun(runs) {
  return runs.reduce((best, run, place) => (run.words > runs[best].words ? place : best), 0);
}

/**
 * The articles that share passages with this one, numbered: first the one that it took most from
 * directly, then what shares most with it, of equals the earliest.
 */
function partnersOf(row) {
  const grouped = new Map();
  for (const passage of passagesOf(row)) {
    if (!grouped.has(passage.other)) grouped.set(passage.other, []);
    grouped.get(passage.other).push(passage);
  }
  const rank = { taken: 0, unknown: 1, given: 2 };
  const partners = [...grouped].map(([other, runs]) => ({
    other,
    runs,
    side: runs.map((run) => run.side).sort((a, b) => rank[a] - rank[b])[0],
    words: sharedWords(row, runs, "start", "end"),
    otherWords: sharedWords(other, runs, "otherStart", "otherEnd"),
    longest: Math.max(...runs.map((run) => run.words)),
  }));
  const direct = ARTICLES.derived_from[row] ? rowOf(ARTICLES.derived_from[row]) : null;
  const earliest = ({ other }) => ARTICLES.instant[other] ?? Infinity;
  partners.sort((a, b) => rank[a.side] - rank[b.side]
    || Number(b.other === direct) - Number(a.other === direct)
    || b.words - a.words || earliest(a) - earliest(b) || a.other - b.other);
  partners.forEach((partner, place) => { partner.number = place + 1; });
  return partners;
}

/** Words of one side in these passages; without its text, as many as the table counts. */
function sharedWords(row, runs, start, end) {
  const text = row < 0 ? null : textOf(row);
  if (text) return wordsWithin(text, runs.map((run) => ({ start: run[start], end: run[end] })));
  const sum = runs.reduce((words, run) => words + run.words, 0);
  return row < 0 ? sum : Math.min(sum, ARTICLES.words[row]);
}

function shareOf(words, row) {
  return row < 0 || !ARTICLES.words[row] ? 0 : Math.min(1, words / ARTICLES.words[row]);
}

/** Spans to be marked in an article's text: passages, credits, quotations. */
function layersOf(row, passages) {
  const text = textOf(row);
  const layers = passages.map((passage) => ({
    start: passage.start, end: passage.end, passage, kind: passage.side,
  }));
  for (const place of ATTRIBUTIONS_OF.get(row) || []) {
    const found = record(DATA.attributions, place);
    if (found.n) layers.push({ start: found.start, end: found.end, kind: "credit" });
  }
  for (const span of text.spans(QUOTATION)) {
    layers.push({ start: span.start, end: span.end, kind: "quotation" });
  }
  return layers;
}

/** Cut a stretch of text wherever a layer begins or ends. */
function piecesOf(start, end, layers) {
  const inside = layers.filter((layer) => layer.start < end && layer.end > start);
  const cuts = new Set([start, end]);
  for (const layer of inside) {
    cuts.add(Math.max(start, layer.start));
    cuts.add(Math.min(end, layer.end));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(1).map((edge, place) => ({
    start: edges[place],
    end: edge,
    layers: inside.filter((layer) => layer.start < edge && layer.end > edges[place]),
  }));
}

/** The classes of a piece: what its words are, and what else lies on them. */
function classesOf(piece, paragraph, row) {
  const kinds = new Set(piece.layers.map((layer) => layer.kind));
  const category = categoryOf(piece, paragraph, row);
  const classes = [];
  if (category.startsWith("shared-")) classes.push(category);
  else if (kinds.has("given")) classes.push("shared-given");
  for (const kind of ["credit", "difference", "active"]) if (kinds.has(kind)) classes.push(kind);
  return classes;
}

/**
 * The whole text, paragraph by paragraph, with its layers marked.
 * ``reference`` makes what stands at the beginning of a passage (a link), or nothing.
 */
function markedText(row, layers, reference, prefix) {
  const text = textOf(row);
  const box = h("div", { class: "text", lang: languageOf(row) });
  const begun = new Set();
  const paragraphs = (PARAGRAPHS_OF.get(row) || []).map((place) => record(DATA.paragraphs, place));
  for (const paragraph of paragraphs) {
    const line = h(
      "p",
      { class: `role-${paragraph.role}`, dir: "auto", id: `${prefix}${paragraph.n}` },
      h("bdi", { class: "pilcrow" }, `¶${paragraph.n}`),
    );
    for (const piece of piecesOf(paragraph.start, paragraph.end, layers)) {
      put(line, markedPiece(piece, paragraph, { row, text, reference, begun }));
    }
    box.append(line);
  }
  return box;
}

function markedPiece(piece, paragraph, { row, text, reference, begun }) {
  const nodes = [];
  for (const layer of piece.layers) {
    if (layer.passage && !begun.has(layer.passage)) {
      begun.add(layer.passage);
      if (reference) nodes.push(reference(layer.passage));
    }
  }
  const words = shown(text.slice(piece.start, piece.end));
  const classes = classesOf(piece, paragraph, row);
  if (!classes.length) return [...nodes, ...words];
  const marked = classes.some((name) => name.startsWith("shared-"));
  nodes.push(h(marked ? "mark" : "span", { class: classes.join(" ") }, words));
  return nodes;
}

function languageOf(row) {
  const language = ARTICLES.language[row];
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u.test(language) ? language : null;
}
