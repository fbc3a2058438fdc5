// The report's data: tables by column, articles named by their row in the list.

const DATA = JSON.parse(document.getElementById("data").textContent);
const ARTICLES = DATA.articles;
for (const [name, column] of Object.entries(ARTICLES)) ARTICLES[name] = unpacked(column);
const COUNT = ARTICLES.article_id.length;
const ROW_OF = new Map(ARTICLES.article_id.map((id, row) => [wellFormed(id), row]));

/**
 * A column that came as what most rows have and the others, as its few values and which of them
 * each row has, or as the rows of the articles that it names.
 */
function unpacked(column) {
  if (Array.isArray(column)) return column;
  const { size, most, rows, cells, values, codes, named } = column;
  if (codes) return codes.map((code) => values[code]);
  if (named) return named.map((row) => (row < 0 ? "" : DATA.articles.article_id[row]));
  const whole = new Array(size).fill(most);
  rows.forEach((row, place) => { whole[row] = cells[place]; });
  return whole;
}

/** An id as an address can carry it: a lone surrogate has no percent-encoding. */
function wellFormed(id) {
  return id.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** The article's part of an address. */
function idPart(row) {
  return encodeURIComponent(wellFormed(ARTICLES.article_id[row]));
}

/** Rows of a table by the article that a column names: article row → list of table rows. */
function rowsBy(table, column) {
  const found = new Map();
  table[column].forEach((article, row) => {
    if (!found.has(article)) found.set(article, []);
    found.get(article).push(row);
  });
  return found;
}

const PARAGRAPHS_OF = rowsBy(DATA.paragraphs, "article_id");
const ATTRIBUTIONS_OF = rowsBy(DATA.attributions, "article_id");
const TAKEN_BY = rowsBy(DATA.matches, "article_id");
const TAKEN_FROM = rowsBy(DATA.matches, "other_id");

/** One row of a table as an object. */
function record(table, row) {
  const found = {};
  for (const name of Object.keys(table)) found[name] = table[name][row];
  return found;
}

/** A text addressed by Unicode code points, as all offsets of the report are. */
class Text {
  constructor(text) {
    this.text = text;
    this.places = null;
    if (/[\ud800-\udbff][\udc00-\udfff]/.test(text)) {
      this.places = [];
      let place = 0;
      for (const character of text) {
        this.places.push(place);
        place += character.length;
      }
      this.places.push(place);
    }
    this.length = this.places ? this.places.length - 1 : text.length;
  }

  slice(start, end) {
    if (!this.places) return this.text.slice(start, end);
    const last = this.places.length - 1;
    return this.text.slice(this.places[Math.min(start, last)], this.places[Math.min(end, last)]);
  }

  /** Code-point spans of all that a global regular expression finds in a stretch. */
  spans(pattern, start = 0, end = this.length) {
    const piece = this.slice(start, end);
    const found = [];
    let units = 0;
    let points = start;
    for (const match of piece.matchAll(pattern)) {
      points += pointsIn(piece, units, match.index);
      const size = pointsIn(match[0], 0, match[0].length);
      found.push({ start: points, end: points + size, text: match[0] });
      units = match.index + match[0].length;
      points += size;
    }
    return found;
  }
}

function pointsIn(text, from, to) {
  let count = 0;
  for (let unit = from; unit < to; unit += 1) {
    const code = text.charCodeAt(unit);
    const low = code >= 0xdc00 && code <= 0xdfff;
    const before = unit > 0 ? text.charCodeAt(unit - 1) : 0;
    if (!(low && before >= 0xd800 && before <= 0xdbff)) count += 1;
  }
  return count;
}

const TEXTS = new Map();

/** The article's text, or null where this page does not carry it. */
function textOf(row) {
  if (ARTICLES.text[row] === null) return null;
  if (!TEXTS.has(row)) TEXTS.set(row, new Text(ARTICLES.text[row]));
  return TEXTS.get(row);
}

/** What a table has under a name that the world may have chosen, else the name. */
function ownOf(table, name) {
  return Object.hasOwn(table, name) ? table[name] : name;
}

function agencyName(id) {
  return ownOf(DATA.names, id);
}

function headline(row) {
  const title = ARTICLES.title[row];
  if (title) return title;
  const text = textOf(row);
  const opening = text ? text.slice(0, 400).trim().replace(/\s+/gu, " ") : ARTICLES.opening?.[row] || "";
  if (!opening) return ARTICLES.article_id[row];
  if (opening.length <= 110) return opening;
  return `${opening.slice(0, 110).replace(/[\s\p{P}]+[^\s]*$/u, "")}…`;
}

const VERDICT_WORDS = {
  wire_copy: t("Wire copy"), rewritten_wire: t("Rewritten wire"), copy: t("Another outlet’s text"),
  mixed: t("Mixed"), original: t("Own reporting shown"), unknown: t("Too little to say"),
};

/** What the badge of an article says, in the words that its evidence allows. */
function verdictName(row) {
  const label = ARTICLES.verdict[row];
  const bySourceText = ARTICLES.derived_from[row] !== "";
  if (label === "wire_copy" && !bySourceText) return t("Wire copy, by its credit");
  if (label === "rewritten_wire" && !bySourceText) return t("Wire-based, by credit");
  return label === "unknown" && isSilent(row) ? t("No match here") : VERDICT_WORDS[label];
}

function isSilent(row) {
  return ARTICLES.closest[row] < 0 && ARTICLES.agencies[row].length === 0;
}

const RELATIONS = {
  wire: t("Goes back to an agency."),
  cross_outlet_copy: t("Follows another outlet’s article."),
  same_outlet_update: t("Another version of the same outlet’s article."),
  common_source: t("Shares a source that is not among these articles."),
};
