// The tables that the report's views draw, filled with the articles that the desk was given.

/** What lists have told of articles, by id. */
const LISTED = new Map();
/** The timeline of the story that is shown, by its id. */
const CHARTS = new Map();

/**
 * Fill the page's tables. ``wholes``: answers on single articles; ``listed``: rows of lists.
 * An article that is in both is taken whole.
 */
function hold(wholes, listed) {
  const rows = new Map(wholes.map((whole) => [whole.article.article_id, whole.article]));
  for (const row of listed) if (!rows.has(row.article_id)) rows.set(row.article_id, row);
  const places = new Map([...rows.keys()].map((id, place) => [id, place]));
  fill(ARTICLES, [...rows.values()].map(heldCells));
  fill(DATA.paragraphs, wholes.flatMap((whole) => placed(whole.paragraphs, places)));
  fill(DATA.attributions, wholes.flatMap((whole) => placed(whole.attributions, places)));
  fill(DATA.matches, [...matchesOf(wholes).values()].map((match) => ({
    ...match, article_id: places.get(match.article_id) ?? -1, other_id: places.get(match.other_id) ?? -1,
  })));
  TEXTS.clear();
  refill(ROW_OF, ARTICLES.article_id.map((id, row) => [wellFormed(id), row]));
  refill(PARAGRAPHS_OF, rowsBy(DATA.paragraphs, "article_id"));
  refill(ATTRIBUTIONS_OF, rowsBy(DATA.attributions, "article_id"));
  refill(TAKEN_BY, rowsBy(DATA.matches, "article_id"));
  refill(TAKEN_FROM, rowsBy(DATA.matches, "other_id"));
}

/** Rows as columns, in the place of those that are there. */
function fill(table, rows) {
  for (const name of Object.keys(table)) table[name] = rows.map((row) => row[name] ?? null);
}

function refill(map, entries) {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

const LISTS = new Set(["agencies", "credited_agencies", "uncredited_agencies", "reasons", "authors"]);
const FIGURES = new Set(["words", "confidence", "copied_share", "wire_share", "uncredited_share", "own_share"]);

/** An article's row as a report has it: empty text is empty, and some columns say what is held. */
function heldCells(row) {
  const cells = {};
  for (const name of Object.keys(ARTICLES)) {
    cells[name] = row[name] ?? (LISTS.has(name) ? [] : FIGURES.has(name) ? 0 : "");
  }
  const whole = typeof row.text === "string";
  const alike = row.copied_share > 0 || Boolean(row.derived_from);
  return {
    ...cells, title: row.headline, text: whole ? row.text : null, kept: Number(whole),
    closest: alike ? 0 : -1, shared_words: 0, longest: 0,
    instant: null, source: -1, source_words: 0, source_known: 0, lag: null,
  };
}

/** Hold a story's articles, each with whom it took most from. */
function holdStory({ articles, flows }) {
  const others = flows.map((flow) => LISTED.get(flow.source_id)).filter(Boolean);
  hold([], [...articles, ...others]);
  for (const flow of flows) {
    const row = rowFor(flow.article_id);
    ARTICLES.instant[row] = flow.instant;
    ARTICLES.source[row] = rowFor(flow.source_id || "") ?? -1;
    ARTICLES.source_words[row] = flow.words;
    ARTICLES.source_known[row] = Number(flow.known);
    ARTICLES.lag[row] = flow.lag_seconds;
  }
}

function placed(rows, places) {
  return rows.map((row) => ({ ...emptied(row), article_id: places.get(row.article_id) }));
}

function emptied(row) {
  const cells = { ...row };
  for (const name of ["text", "agency", "credit", "reuse", "source_id", "direction"]) {
    if (name in cells && cells[name] === null) cells[name] = "";
  }
  return cells;
}

/** The matches of articles, each once, from the side of the article that took. */
function matchesOf(wholes) {
  const found = new Map();
  for (const match of wholes.flatMap((whole) => whole.matches)) {
    const row = match.direction === "to" ? turned(match) : match;
    found.set([row.article_id, row.start, row.end, row.other_id, row.other_start, row.other_end].join("\n"), row);
  }
  return found;
}

function turned(match) {
  return {
    ...match, direction: "from",
    article_id: match.other_id, start: match.other_start, end: match.other_end,
    n_first: match.other_n_first, n_last: match.other_n_last,
    other_id: match.article_id, other_start: match.start, other_end: match.end,
    other_n_first: match.n_first, other_n_last: match.n_last,
  };
}

function rowFor(id) {
  return ROW_OF.get(wellFormed(id));
}
