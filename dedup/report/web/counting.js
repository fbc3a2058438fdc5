// What each word of an article is, and the shares again with some of it left out.

/** Every word is in one of these; the style of each differs in line as well as in colour. */
const CATEGORIES = {
  "shared-silent": t("goes back to an agency not named"),
  "shared-named": t("shared, where an agency is named"),
  "shared-open": t("shared, no agency known"),
  "shared-quotation": t("shared quotation"),
  "other-quotation": t("other quotation"),
  furniture: t("credits, promos, boilerplate"),
  rest: t("no match here"),
};
const FURNITURE = new Set(["promo", "caption", "credit", "boilerplate"]);
/** What stands within a passage as an outlet's own: it belongs to the passage and is not counted as shared. */
const NEVER_SHARED = new Set([...FURNITURE, "headline", "heading"]);
const SHORTEST = [0, 10, 20, 40, 80];

/** What a reader leaves out, as it stands in the address after the article's id. */
function leftOut(query) {
  const kinds = new Set((query.get("x") || "").split(","));
  return {
    quotations: kinds.has("quotations"),
    furniture: kinds.has("furniture"),
    min: Number.parseInt(query.get("min"), 10) || 0,
    sources: new Set(query.getAll("no")),
  };
}

function leftOutQuery({ quotations, furniture, min, sources }) {
  const query = new URLSearchParams();
  const kinds = [quotations && "quotations", furniture && "furniture"].filter(Boolean);
  if (kinds.length) query.set("x", kinds.join(","));
  if (min) query.set("min", min);
  for (const source of sources) query.append("no", source);
  return query.size ? `?${query}` : "";
}

/** The passages that still count. */
function countedPassages(passages, out) {
  return passages.filter((passage) => passage.words >= out.min
    && !out.sources.has(passage.other < 0 ? "" : wellFormed(ARTICLES.article_id[passage.other])));
}

/** The category of a piece of a paragraph (see `piecesOf`). */
function categoryOf(piece, paragraph, row) {
  const kinds = new Set(piece.layers.map((layer) => layer.kind));
  if (kinds.has("taken") || kinds.has("unknown")) {
    if (kinds.has("quotation")) return "shared-quotation";
    const silent = ARTICLES.uncredited_agencies[row];
    if (paragraph.agencies.some((agency) => silent.includes(agency))) return "shared-silent";
    const isNamed = paragraph.agencies.length || ["named", "article"].includes(paragraph.credit);
    return isNamed ? "shared-named" : "shared-open";
  }
  if (FURNITURE.has(paragraph.role)) return "furniture";
  return kinds.has("quotation") ? "other-quotation" : "rest";
}

function unshared(piece) {
  return { ...piece, layers: piece.layers.filter(({ kind }) => kind === "quotation") };
}

/**
 * A text in pieces: how many words of which category each has, and whether it is of the furniture.
 * Every word of the text is counted once, where it begins.
 */
function countedPieces(row, layers) {
  const words = wordSpans(textOf(row));
  const pieces = [];
  let at = 0;
  const tally = (end, category, isFurniture) => {
    const before = at;
    while (at < words.length && words[at].start < end) at += 1;
    if (at > before) pieces.push({ category, isFurniture, words: at - before });
  };
  for (const place of PARAGRAPHS_OF.get(row) || []) {
    const paragraph = record(DATA.paragraphs, place);
    for (const piece of piecesOf(paragraph.start, paragraph.end, layers)) {
      const counted = NEVER_SHARED.has(paragraph.role) ? unshared(piece) : piece;
      tally(piece.end, categoryOf(counted, paragraph, row), FURNITURE.has(paragraph.role));
    }
  }
  tally(Infinity, "rest", false);
  return pieces;
}

/** Words by category, and how many are counted and shared with what is left out left out. */
function wordCounts(row, passages, out) {
  const counts = Object.fromEntries(Object.keys(CATEGORIES).map((name) => [name, 0]));
  let [shared, counted] = [0, 0];
  for (const { category, isFurniture, words } of countedPieces(row, layersOf(row, passages))) {
    counts[category] += words;
    if (isLeftOut(category, isFurniture, out)) continue;
    counted += words;
    if (category.startsWith("shared-")) shared += words;
  }
  return { counts, shared, counted };
}

function isLeftOut(category, isFurniture, out) {
  return (out.quotations && category.endsWith("-quotation")) || (out.furniture && isFurniture);
}

/** The legend of the text with its figures, and what may be left out of them. */
function figuresBox(row, passages, out, change) {
  const all = wordCounts(row, passages, leftOut(new URLSearchParams()));
  const { counts, shared, counted } = wordCounts(row, countedPassages(passages, out), out);
  const total = Object.values(counts).reduce((sum, number) => sum + number, 0);
  const keys = Object.entries(CATEGORIES).filter(([name]) => counts[name]).map(([name, words]) => {
    const figures = h("span", { class: "figure" }, ` ${figureOf(counts[name])} · ${percent(counts[name] / total)}`);
    return h("li", {}, h(name.startsWith("shared-") ? "mark" : "span", { class: name }, words), figures);
  });
  const without = leftOutQuery(out)
    ? ` ${t("With nothing left out: {share} of {n}.", { share: percent(all.shared / (all.counted || 1)), n: figureOf(all.counted) })}` : "";
  const share = h("strong", {}, t("{share} shared", { share: percent(shared / (counted || 1)) }));
  return h(
    "div",
    { class: "figures-box" },
    h("ul", { class: "legend", "aria-label": t("How the text is marked, and how many words that are") }, keys, markKeys(passages)),
    h("p", { id: "shared-figure", role: "status" }, tnp(counted, "{share} of {n} word.", "{share} of {n} words.", { share }), without),
    leaveOutControls(out, change),
  );
}

function markKeys(passages) {
  const given = passages.some((passage) => passage.side === "given");
  return [
    given ? h("li", {}, h("mark", { class: "shared-given" }, t("taken up by later articles"))) : "",
    h("li", {}, h("span", { class: "credit" }, t("names a source"))),
  ];
}

function leaveOutControls(out, change) {
  const box = (name, words) => h("label", {}, h("input", { type: "checkbox", name, checked: out[name], on: { change: (event) => change({ [name]: event.target.checked }) } }), words);
  const shortest = h(
    "select",
    { name: "min", "aria-label": t("Passages under so many words"), on: { change: (event) => change({ min: Number(event.target.value) }) } },
    SHORTEST.map((words) => h("option", { value: words, selected: words === out.min }, words ? t("passages under {n} words", { n: words }) : t("short passages: none"))),
  );
  return h(
    "fieldset",
    { class: "leave-out" },
    h("legend", {}, t("Leave out")),
    box("quotations", t("quotations")), box("furniture", t("credits, promos, boilerplate")), shortest,
  );
}
