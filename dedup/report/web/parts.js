// What is opened: texts, passages, credits and drawings, of a small report all in the page, of a
// large one in parts beside it, each read when something of it is opened.

const OPENED = ["path", "reasons", "url", "authors", "text"];
for (const name of OPENED) ARTICLES[name] = new Array(COUNT).fill(null);
ARTICLES.kept = new Array(COUNT).fill(0);

const HELD = new Set();
const CHARTS = new Map();
const LINEAGES = [];
const SEEN_MATCHES = new Set();
/** Above so many parts a reader has gone on: all are given back before others are read. */
const MOST_HELD = 60;

/** Take up a part; of a passage between two parts both have the row. */
function addPart(number, part) {
  HELD.add(number);
  const { row: rows, ...columns } = part.articles;
  for (const [name, cells] of Object.entries(columns)) {
    cells.forEach((cell, place) => { ARTICLES[name][rows[place]] = cell; });
  }
  for (const row of rows) ARTICLES.kept[row] = 1;
  append(DATA.paragraphs, part.paragraphs, [[PARAGRAPHS_OF, "article_id"]]);
  append(DATA.attributions, part.attributions, [[ATTRIBUTIONS_OF, "article_id"]]);
  append(DATA.matches, part.matches, [[TAKEN_BY, "article_id"], [TAKEN_FROM, "other_id"]], isNewMatch);
  const { articles, paragraphs, known } = part.lineages;
  articles.forEach((members, place) => LINEAGES.push(lineage(members, paragraphs[place], known[place])));
  for (const [story, chart] of Object.entries(part.charts)) CHARTS.set(story, chart);
}

function append(table, part, indexes, isWanted = () => true) {
  const columns = Object.fromEntries(Object.entries(part).map(([name, column]) => [name, unpacked(column)]));
  const size = columns.article_id.length;
  for (let place = 0; place < size; place += 1) {
    if (!isWanted(columns, place)) continue;
    const at = table.article_id.length;
    for (const name of Object.keys(table)) table[name].push(columns[name][place]);
    for (const [index, column] of indexes) {
      const article = columns[column][place];
      if (!index.has(article)) index.set(article, []);
      index.get(article).push(at);
    }
  }
}

function isNewMatch(columns, place) {
  if (!DATA.parts.length) return true;
  const key = ["article_id", "start", "end", "other_id", "other_start", "other_end"].map((name) => columns[name][place]).join(" ");
  if (SEEN_MATCHES.has(key)) return false;
  SEEN_MATCHES.add(key);
  return true;
}

function lineage(rows, paragraphs, known) {
  return { known: known === 1, members: rows.map((row, at) => ({ row, n: paragraphs[at] })) };
}

/** Give back all that was read of parts. */
function forgetParts() {
  for (const name of OPENED) ARTICLES[name].fill(null);
  ARTICLES.kept.fill(0);
  for (const table of [DATA.paragraphs, DATA.attributions, DATA.matches]) {
    for (const name of Object.keys(table)) table[name] = [];
  }
  for (const index of [PARAGRAPHS_OF, ATTRIBUTIONS_OF, TAKEN_BY, TAKEN_FROM, TEXTS, CHARTS, SEEN_MATCHES, HELD]) index.clear();
  LINEAGES.length = 0;
}

/** The parts that some articles need and that are not there. */
function missingParts(rows) {
  const parts = new Set(rows.filter((row) => row >= 0).map((row) => ARTICLES.part[row]));
  return [...parts].filter((part) => !HELD.has(part));
}

async function openParts(parts) {
  if (HELD.size + parts.length > MOST_HELD) forgetParts();
  for (const number of parts) addPart(number, await readPart(number));
}

/** Read a part in a frame that nobody sees; what is not this report's own is refused. */
async function readPart(number) {
  const [address, digest] = DATA.parts[number];
  const told = await framed(address);
  if (await hashOf(told) !== digest) throw new Error(address);
  return JSON.parse(told);
}

function framed(address) {
  return new Promise((resolve, reject) => {
    const frame = h("iframe", { hidden: true, title: address });
    const settle = (end, value) => {
      window.removeEventListener("message", hear);
      frame.remove();
      end(value);
    };
    const hear = (event) => {
      if (event.source === frame.contentWindow && typeof event.data === "string") settle(resolve, event.data);
    };
    window.addEventListener("message", hear);
    frame.addEventListener("load", () => setTimeout(() => settle(reject, new Error(address)), 1000));
    frame.src = address;
    document.body.append(frame);
  });
}

async function hashOf(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}

if (DATA.inline) addPart(0, DATA.inline);
DATA.inline = null;
