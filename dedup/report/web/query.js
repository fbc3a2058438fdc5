// The filter of the list: its grammar, its facets, and how many articles each choice would leave.

/** Fields that hold words: a quoted value must be the whole of it, another a part. */
const WORD_FIELDS = {
  outlet: (row) => [ARTICLES.publisher[row]],
  agency: (row) => ARTICLES.agencies[row].flatMap(agencyWords),
  named: (row) => ARTICLES.credited_agencies[row].flatMap(agencyWords),
  unnamed: (row) => ARTICLES.uncredited_agencies[row].flatMap(agencyWords),
  verdict: (row) => [ARTICLES.verdict[row], verdictName(row)],
  language: (row) => [ARTICLES.language[row]],
  day: (row) => [dayOf(row)],
  title: (row) => [headline(row)],
  id: (row) => [ARTICLES.article_id[row]],
  story: (row) => [ARTICLES.story_id[row]],
};

/** Fields that hold figures: shares in per cent. */
const NUMBER_FIELDS = {
  shared: (row) => shownShare(row) * 100,
  wire: (row) => ARTICLES.wire_share[row] * 100,
  silent: (row) => ARTICLES.uncredited_share[row] * 100,
  own: (row) => ARTICLES.own_share[row] * 100,
  sure: (row) => ARTICLES.confidence[row] * 100,
  words: (row) => ARTICLES.words[row],
  longest: (row) => ARTICLES.longest[row],
};

const COMPARE = {
  ">": (a, b) => a > b, ">=": (a, b) => a >= b, "<": (a, b) => a < b, "<=": (a, b) => a <= b,
  "=": (a, b) => Math.round(a) === Math.round(b), "": (a, b) => Math.round(a) === Math.round(b),
};

const TERM = /(-?)(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/giu;
const FIGURE = /^(>=|<=|>|<|=|)(\d+(?:\.\d+)?)%?$/u;

function agencyWords(id) {
  return [id, agencyName(id)];
}

function quoted(text) {
  return `"${text.replaceAll('"', " ")}"`;
}

function queryAddress(q) {
  return listAddress({ ...listState(new URLSearchParams()), q });
}

/** The day of an article by its own clock; in UTC where the time is not written year first. */
function dayOf(row) {
  const time = ARTICLES.published_at[row];
  if (ARTICLES.instant[row] === null) return "undated";
  if (/^\d{4}-\d\d-\d\d/u.test(time)) return time.slice(0, 10);
  return new Date(ARTICLES.instant[row] * 1000).toISOString().slice(0, 10);
}

/** A query as tests that a row must pass. What is no field and no figure is a word to be found. */
function termsOf(query) {
  const terms = [];
  for (const [whole, minus, name, exact, loose] of query.matchAll(TERM)) {
    const field = name?.toLowerCase();
    const value = (exact ?? loose).toLowerCase();
    const passes = fieldTest(field, value, exact !== undefined)
      || wordTest(exact === undefined ? whole.slice(minus.length).toLowerCase() : value);
    terms.push(minus ? (row) => !passes(row) : passes);
  }
  return terms;
}

function fieldTest(field, value, isExact) {
  if (Object.hasOwn(NUMBER_FIELDS, field ?? "")) {
    const figure = FIGURE.exec(value);
    if (!figure) return null;
    const bound = Number(figure[2]);
    return (row) => COMPARE[figure[1]](NUMBER_FIELDS[field](row), bound);
  }
  if (!Object.hasOwn(WORD_FIELDS, field ?? "")) return null;
  return (row) => WORD_FIELDS[field](row).some((text) => {
    const folded = text.toLowerCase();
    return isExact ? folded === value : folded.includes(value);
  });
}

const HAYSTACKS = new Map();

function wordTest(word) {
  return (row) => haystack(row).includes(word);
}

function haystack(row) {
  if (!HAYSTACKS.has(row)) {
    const words = [
      headline(row), ARTICLES.article_id[row], ARTICLES.publisher[row], ARTICLES.published_at[row],
      ARTICLES.language[row], verdictName(row), ...ARTICLES.agencies[row].flatMap(agencyWords),
    ];
    HAYSTACKS.set(row, words.join("\n").toLowerCase());
  }
  return HAYSTACKS.get(row);
}

/** How much of an article is shared, in steps: the least share of each, and its words. */
const SHARE_STEPS = {
  "80": t("{share} and more shared", { share: percent(0.8) }),
  "50": t("{from} to {to} shared", { from: percent(0.5), to: percent(0.8) }),
  "20": t("{from} to {to} shared", { from: percent(0.2), to: percent(0.5) }),
  "00": t("less than {share} shared", { share: percent(0.2) }),
  "-": t("nothing shared"),
};

function shareStep(row) {
  const share = shownShare(row);
  if (share === 0) return "-";
  if (share < 0.5) return share < 0.2 ? "00" : "20";
  return share < 0.8 ? "50" : "80";
}

/** What a reader may choose from: name, key in the address, values of a row, words for a value. */
const FACETS = [
  { key: "v", name: t("Verdict"), all: t("Every verdict"), values: (row) => [ARTICLES.verdict[row]], words: (value) => ownOf(VERDICT_WORDS, value) },
  { key: "h", name: t("Shared"), all: t("Any share"), values: (row) => [shareStep(row)], words: (value) => ownOf(SHARE_STEPS, value) },
  { key: "o", name: t("Outlet"), all: t("Every outlet"), values: (row) => [ARTICLES.publisher[row] || "?"], words: (value) => (value === "?" ? t("outlet not known") : value) },
  { key: "a", name: t("Agency"), all: t("Every agency"), values: agencyValues, words: agencyChoice },
  { key: "l", name: t("Language"), all: t("Every language"), values: (row) => [ARTICLES.language[row] || "?"], words: (value) => (value === "?" ? t("language not known") : value) },
  { key: "d", name: t("Day"), all: t("Every day"), values: (row) => [dayOf(row)], words: (value) => (value === "undated" ? t("undated") : dayIn(value)) },
];

/** Of each facet its values and, row by row, which of them a row has: worked out once. */
const CODES = FACETS.map(() => null);

function codesOf(place) {
  if (!CODES[place]) {
    const numbers = new Map();
    const numberOf = (value) => {
      if (!numbers.has(value)) numbers.set(value, numbers.size);
      return numbers.get(value);
    };
    const rows = Array.from({ length: COUNT }, (_, row) => FACETS[place].values(row).map(numberOf));
    const values = [...numbers.keys()];
    const firsts = Int32Array.from(rows, (codes) => codes[0] ?? -1);
    const others = new Map();
    rows.forEach((codes, row) => { if (codes.length > 1) others.set(row, codes); });
    CODES[place] = { values, numbers, firsts, others };
  }
  return CODES[place];
}

function hasCode({ firsts, others }, row, code) {
  return firsts[row] === code || Boolean(others.get(row)?.includes(code));
}

/** Choices of a facet that are listed; the query reaches the others. */
const MOST_CHOICES = 200;

function agencyValues(row) {
  const silent = ARTICLES.uncredited_agencies[row].length ? ["!"] : [];
  return [...silent, ...ARTICLES.agencies[row]];
}

function agencyChoice(value) {
  return value === "!" ? t("agency not named") : agencyName(value);
}

/** Work out what the filter looks at while the reader is still reading the first screen. */
function prepareFilter(row = 0) {
  window.requestIdleCallback?.((deadline) => {
    let next = row;
    while (next < COUNT && deadline.timeRemaining() > 1) {
      haystack(next);
      next += 1;
    }
    if (next < COUNT) prepareFilter(next);
  });
}

/**
 * The rows that pass, in an order, and for each facet how many rows each of its values would
 * leave: those that pass everything but that facet's own choice.
 */
function sifted(state, order) {
  const terms = termsOf(state.q);
  const facets = FACETS.map((_, place) => codesOf(place));
  const chosen = FACETS.map(({ key }, place) => ({ place, value: state[key] }))
    .filter(({ value }) => value)
    .map(({ place, value }) => ({ place, code: facets[place].numbers.get(value) ?? -2 }));
  const rows = [];
  const nearly = facets.map(() => []); // rows that fail by one facet's choice alone
  for (const row of order) {
    if (!terms.every((passes) => passes(row))) continue;
    const failing = chosen.length
      ? chosen.filter(({ place, code }) => !hasCode(facets[place], row, code)) : chosen;
    if (!failing.length) rows.push(row);
    else if (failing.length === 1) nearly[failing[0].place].push(row);
  }
  return { rows, counts: facets.map((facet, place) => talliesOf(facet, rows, nearly[place])) };
}

/** How many of some rows have each value of a facet. */
function talliesOf({ values, firsts, others }, ...some) {
  const tally = new Int32Array(values.length);
  for (const rows of some) {
    for (const row of rows) if (firsts[row] >= 0) tally[firsts[row]] += 1;
    if (!others.size) continue;
    for (const row of rows) for (const code of others.get(row)?.slice(1) || []) tally[code] += 1;
  }
  const counts = new Map();
  tally.forEach((number, code) => { if (number) counts.set(values[code], number); });
  return counts;
}

/** The choices of a facet, the most frequent first; days in their order. */
function choicesOf(facet, counts, chosen) {
  const found = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).slice(0, MOST_CHOICES);
  if (chosen && !found.some(([value]) => value === chosen)) found.push([chosen, counts.get(chosen) || 0]);
  if (facet.key === "d") found.sort((a, b) => compareText(a[0], b[0]));
  if (facet.key === "h") found.sort((a, b) => compareText(b[0], a[0]));
  if (facet.key === "a") found.sort((a, b) => Number(b[0] === "!") - Number(a[0] === "!"));
  return found;
}
