// The list: one row an article, most shared first; filter, choices, order and page in the address.

const PAGE = 100;
/** Rows that are drawn while somebody types; the others follow before the next key. */
const AT_ONCE = 20;

const ORDERS = {
  shared: [t("Most shared first"), (a, b) => shownShare(b) - shownShare(a) || wire(b) - wire(a)],
  silent: [t("Most from agencies not named"), (a, b) => silence(b) - silence(a)],
  newest: [t("Newest first"), (a, b) => newestFirst(a, b)],
  oldest: [t("Oldest first"), (a, b) => byInstant(a, b)],
  outlet: [t("By outlet"), (a, b) => compareText(ARTICLES.publisher[a], ARTICLES.publisher[b])],
  title: [t("By headline"), (a, b) => compareText(headline(a), headline(b))],
  words: [t("Longest first"), (a, b) => ARTICLES.words[b] - ARTICLES.words[a]],
};

const SORTED = new Map();

/** All rows in an order, sorted once. */
function inOrder(name) {
  const key = Object.hasOwn(ORDERS, name) ? name : "shared";
  if (!SORTED.has(key)) {
    const compare = ORDERS[key][1];
    SORTED.set(key, Int32Array.from({ length: COUNT }, (_, row) => row).sort((a, b) => compare(a, b) || a - b));
  }
  return SORTED.get(key);
}

function wire(row) { return ARTICLES.wire_share[row]; }
function silence(row) { return ARTICLES.uncredited_share[row]; }
function newestFirst(a, b) { return (ARTICLES.instant[b] ?? -Infinity) - (ARTICLES.instant[a] ?? -Infinity) || 0; }
function compareText(a, b) { return a < b ? -1 : Number(a > b); }
function listState(query) {
  const state = Object.fromEntries(FACETS.map(({ key }) => [key, query.get(key) || ""]));
  return {
    ...state,
    out: listLeftOut(query),
    q: query.get("q") || "",
    s: query.get("s") || "shared",
    p: Math.max(1, Number.parseInt(query.get("p"), 10) || 1),
  };
}

/** What the address says is left out, as far as the list can count without it. */
function listLeftOut(query) {
  const out = leftOut(DATA.texts ? query : new URLSearchParams());
  return DATA.counts ? { ...out, sources: new Set() } : out;
}

function listAddress(state) {
  const query = new URLSearchParams(leftOutQuery(state.out));
  for (const key of ["q", ...FACETS.map((facet) => facet.key)]) {
    if (state[key]) query.set(key, state[key]);
  }
  if (state.s !== "shared") query.set("s", state.s);
  if (state.p > 1) query.set("p", state.p);
  return `#/list${query.size ? `?${query}` : ""}`;
}

function listView(query) {
  const state = listState(query);
  const results = h("div", { id: "results" });
  const counter = h("p", { class: "counter", id: "counter", role: "status" });
  const facets = h("div", { class: "facets" });
  const shownRows = { rows: [] };
  const refresh = (atOnce) => {
    leaveOutOfList(state.out);
    const { rows, counts } = sifted(state, inOrder(state.s));
    shownRows.rows = rows;
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    state.p = Math.min(state.p, pages);
    const visible = rows.slice((state.p - 1) * PAGE, state.p * PAGE);
    counter.textContent = tn(COUNT, "{found} of {n} article", "{found} of {n} articles", { found: figureOf(rows.length) });
    refreshFacets(facets, state, counts, change);
    results.replaceChildren(
      visible.length ? listTable(visible, atOnce) : h("p", { class: "empty" }, t("No article answers this filter.")),
      pages > 1 ? pager(state.p, pages, (p) => listAddress({ ...state, p })) : "",
    );
  };
  const change = (part) => {
    Object.assign(state, { p: 1 }, part);
    rememberList(listAddress(state));
    refresh(AT_ONCE);
  };
  const opening = document.getElementById("opening").content.cloneNode(true);
  const top = [h("h1", { class: "aside", tabindex: "-1" }, t("Articles")), opening];
  if (!COUNT) return top;
  refresh(PAGE);
  return [
    ...top,
    controls(state, change, counter), moreControls(state, facets, change, shownRows),
    legend(Object.keys(WORD_PARTS)), results,
  ];
}

function controls(state, change, counter) {
  const input = h("input", {
    type: "search", id: "filter", value: state.q, "aria-label": t("Filter by words, or by fields such as outlet: and shared:>50"),
    placeholder: t("Words, or outlet:… agency:… shared:>50"), autocomplete: "off", spellcheck: "false",
    on: { input: (event) => change({ q: event.target.value }) },
  });
  const order = h(
    "select",
    { "aria-label": t("Order"), id: "order", on: { change: (event) => change({ s: event.target.value }) } },
    Object.entries(ORDERS).map(([key, [name]]) =>
      h("option", { value: key, selected: key === state.s }, name)),
  );
  return h("div", { class: "controls", role: "search" }, input, order, counter);
}

/** The facets, and what is done with the rows that are left; folded away on a narrow screen. */
function moreControls(state, facets, change, shownRows) {
  const isSet = FACETS.some(({ key }) => state[key]);
  const isWide = matchMedia("(min-width: 701px)").matches;
  const clear = () => {
    document.getElementById("filter").value = "";
    change(Object.fromEntries(["q", ...FACETS.map(({ key }) => key)].map((key) => [key, ""])));
  };
  return h(
    "details",
    { class: "more-filters", open: isSet || isWide },
    h("summary", {}, t("Filters")),
    h(
      "div",
      { class: "controls" },
      facets,
      h("button", { type: "button", id: "clear", on: { click: clear } }, t("Clear")),
      h("button", { type: "button", id: "save-rows", on: { click: () => saveRows(shownRows.rows) } }, t("Save as CSV")),
    ),
    listExclusions(change),
  );
}

/** Bring each facet's choices up to date without taking the focus from the one in use. */
function refreshFacets(box, state, counts, change) {
  FACETS.forEach((facet, place) => {
    const choices = choicesOf(facet, counts[place], state[facet.key]);
    let select = box.querySelector(`#facet-${facet.key}`);
    if (!select) {
      select = h("select", { id: `facet-${facet.key}`, "aria-label": facet.name, on: { change: (event) => change({ [facet.key]: event.target.value }) } });
      box.append(select);
    }
    select.hidden = choices.length < 2 && !state[facet.key];
    const option = (value, name) => h("option", { value, selected: value === state[facet.key] }, name);
    select.replaceChildren(
      option("", facet.all),
      ...choices.map(([value, number]) => option(value, [shown(facet.words(value)), ` (${figureOf(number)})`])),
    );
  });
}

function legend(keys) {
  const parts = keys.map((key) =>
    h("li", {}, svg(
      "svg", { viewBox: "0 0 24 14", "aria-hidden": "true", class: "swatch" },
      svg("rect", { width: 24, height: 14, class: `fill-${key}` }),
      svg("rect", { width: 24, height: 14, class: `hatch-${key}` }),
    ), WORD_PARTS[key]));
  return h("ul", { class: "legend", "aria-label": t("What the bars show") }, parts);
}

function listTable(rows, atOnce) {
  return articleTable(filledBody(h("tbody", {}), rows, atOnce), t("Closest article"));
}

/** A table of articles; ``more``: the heads of what its rows say besides `articleCells`. */
function articleTable(body, ...more) {
  const heads = [t("Verdict"), t("Article"), t("Where its words come from"), t("Shared"), ...more];
  const head = heads.map((name, place) => h("th", { scope: "col", class: place === 3 ? "number" : null }, name));
  return h("table", { class: "list" }, h("thead", {}, h("tr", {}, head)), body);
}

/** The first rows now, the others piece by piece, as long as the table is shown. */
function filledBody(body, rows, atOnce) {
  body.append(...rows.slice(0, atOnce).map(listRow));
  const rest = rows.slice(atOnce);
  if (rest.length) setTimeout(() => { if (body.isConnected) filledBody(body, rest, AT_ONCE); });
  return body;
}

function listRow(row) {
  const address = articleAddress(row) + leftOutQuery(listOut);
  return h(
    "tr",
    { "data-row": row },
    articleCells(row, address, shownParts(row), shownShare(row)),
    h("td", { class: "closest", "data-label": t("Closest") }, closestLink(row)),
  );
}

/** An article's verdict, name, and where its words come from. */
function articleCells(row, address, parts, share) {
  const title = h("a", { class: "title", href: address, dir: "auto" }, shown(headline(row)));
  return [
    h("td", {}, badge(row)),
    h("td", { class: "article" }, title, h("p", { class: "imprint" }, imprint(row)), agencies(row)),
    h("td", { class: "bar-cell" }, bar(row, parts)),
    h("td", { class: "number", "data-label": t("Shared") }, h("span", {}, percent(share))),
  ];
}

function agencies(row) {
  const named = ARTICLES.credited_agencies[row];
  const silent = ARTICLES.uncredited_agencies[row];
  if (!named.length && !silent.length) return "";
  return h(
    "p",
    { class: "agencies" },
    named.length ? h("span", {}, tp("names {agencies}", { agencies: joined(named.map((id) => bdi(agencyName(id))), COMMA) })) : "",
    silent.length
      ? h("span", { class: "silent" }, tp("does not name {agencies}", { agencies: joined(silent.map((id) => bdi(agencyName(id))), COMMA) }))
      : "",
  );
}

function closestLink(row) {
  const other = ARTICLES.closest[row];
  if (other < 0) return h("span", { class: "muted" }, t("no match here"));
  const address = compareAddress(row, other);
  return h(
    "div",
    {},
    h("a", { href: address, dir: "auto" }, shown(headline(other))),
    h("p", { class: "imprint" }, t("{words}, longest {longest}", { words: countWords(ARTICLES.shared_words[row]), longest: figureOf(ARTICLES.longest[row]) })),
  );
}

/** To the pages before and after; ``to`` gives the address of a page. */
function pager(page, pages, to) {
  const link = (number, name) => number < 1 || number > pages
    ? h("span", { class: "muted" }, name)
    : h("a", { href: to(number) }, name);
  return h(
    "nav",
    { class: "pager", "aria-label": t("Pages of the list") },
    link(page - 1, t("← Previous")), h("span", {}, t("Page {page} of {pages}", { page: figureOf(page), pages: figureOf(pages) })), link(page + 1, t("Next →")),
  );
}
