// What the index holds: articles, stories, tables.

const LIMIT = 100;
const VERDICTS = {
  wire_copy: "wire copy", rewritten_wire: "rewritten wire", copy: "another outlet’s text",
  mixed: "mixed", original: "own reporting", unknown: "too little to say",
};
const LIST_ORDERS = {
  newest: "Newest first", oldest: "Oldest first", shared: "Most shared first",
  silent: "Most from agencies not named", outlet: "By outlet", id: "By id",
};

function filterOf(query) {
  return {
    q: query.get("q") || "",
    verdict: query.get("verdict") || "",
    order: query.get("order") || "newest",
    silent: query.get("silent") || "",
    p: Math.max(1, Number.parseInt(query.get("p"), 10) || 1),
  };
}

function filterAddress({ q, verdict, order, silent, p }) {
  return address("#/list", { q, verdict, order: order === "newest" ? "" : order, silent, p: p > 1 ? p : "" });
}

async function browseView(query) {
  const state = filterOf(query);
  const { q, verdict, order, silent } = state;
  const filter = { q, verdict, order, silent };
  const found = await ask(address("/api/articles", { ...filter, offset: (state.p - 1) * LIMIT, limit: LIMIT }));
  for (const row of found.rows) LISTED.set(row.article_id, row);
  hold([], found.rows);
  const pages = Math.max(1, Math.ceil(found.total / LIMIT));
  return [
    h("h1", { tabindex: "-1" }, "Articles"),
    browseControls(state),
    h("p", { class: "counter", id: "counter" }, count(found.total, "article"), " · ", h("a", { href: address("/api/articles.csv", filter), download: "articles.csv" }, "CSV")),
    found.rows.length ? articleTable(ARTICLES.article_id.map((_, row) => row)) : h("p", { class: "empty" }, "No article answers this filter."),
    pages > 1 ? pagesNav(state.p, pages, (p) => filterAddress({ ...state, p })) : "",
  ];
}

function browseControls(state) {
  let timer = 0;
  const go = (part) => {
    location.replace(filterAddress({ ...state, p: 1, ...part }));
  };
  const typed = (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => go({ q: event.target.value }), PAUSE);
  };
  const option = (value, name, chosen) => h("option", { value, selected: value === chosen }, name);
  return h(
    "div",
    { class: "controls", role: "search" },
    h("input", { type: "search", id: "filter", value: state.q, "aria-label": "Words in headline, outlet, id, agency", placeholder: "Headline, outlet, id, agency…", autocomplete: "off", spellcheck: "false", on: { input: typed } }),
    h("select", { "aria-label": "Verdict", on: { change: (event) => go({ verdict: event.target.value }) } }, option("", "Every verdict", state.verdict), Object.entries(VERDICTS).map(([value, name]) => option(value, name, state.verdict))),
    h("select", { "aria-label": "Order", on: { change: (event) => go({ order: event.target.value }) } }, Object.entries(LIST_ORDERS).map(([value, name]) => option(value, name, state.order))),
    h("label", {}, h("input", { type: "checkbox", checked: state.silent === "true", on: { change: (event) => go({ silent: event.target.checked ? "true" : "" }) } }), " agency not named"),
  );
}

function articleTable(rows) {
  const heads = ["Verdict", "Article", "Where its words come from", "Shared"];
  return h(
    "table",
    { class: "list" },
    h("thead", {}, h("tr", {}, heads.map((name, place) => h("th", { scope: "col", class: place === 3 ? "number" : null }, name)))),
    h("tbody", {}, rows.map((row) => h(
      "tr",
      {},
      h("td", {}, badge(row)),
      h("td", { class: "article" }, h("a", { class: "title", href: articleAddress(row), dir: "auto" }, shown(headline(row))), h("p", { class: "imprint" }, imprint(row)), agencies(row)),
      h("td", { class: "bar-cell" }, bar(row)),
      h("td", { class: "number", "data-label": "Shared" }, h("span", {}, percent(ARTICLES.copied_share[row]))),
    ))),
  );
}

function pagesNav(page, pages, to) {
  const link = (number, name) => number < 1 || number > pages
    ? h("span", { class: "muted" }, name)
    : h("a", { href: to(number) }, name);
  return h("nav", { class: "pager", "aria-label": "Pages" }, link(page - 1, "← Previous"), h("span", {}, `Page ${page} of ${pages}`), link(page + 1, "Next →"));
}

function eventAddress(id) {
  return `#/story/${encodeURIComponent(wellFormed(id))}`;
}

async function eventsView(query) {
  const page = Math.max(1, Number.parseInt(query.get("p"), 10) || 1);
  const found = await ask(address("/api/stories", { offset: (page - 1) * LIMIT, limit: LIMIT }));
  const pages = Math.max(1, Math.ceil(found.total / LIMIT));
  const heads = ["Story", "Articles", "Outlets", "Origins", "Unknown origin", "Agencies", "First seen"];
  const names = (ids) => (ids.length ? joined(ids.map((id) => bdi(agencyName(id))), ", ") : "none");
  const line = (story) => [
    h("a", { class: "title", href: eventAddress(story.story_id), dir: "auto" }, shown(story.headline)),
    story.articles, story.outlets, story.origins, story.unknown_origins, names(story.agencies),
    story.first_published_at ? moment(story.first_published_at) : "not known",
  ];
  const cell = (value, place) => h("td", { class: place > 0 && place < 5 ? "number" : null, "data-label": heads[place] }, h("span", {}, value));
  return [
    h("h1", { tabindex: "-1" }, "Stories"),
    h("p", { class: "limit" }, "Origins are independent: an agency, the first article of a chain, or own reporting. Articles of unknown origin are counted apart."),
    h(
      "table",
      { class: "plain stories" },
      h("thead", {}, h("tr", {}, heads.map((name, place) => h("th", { scope: "col", class: place > 0 && place < 5 ? "number" : null }, name)))),
      h("tbody", {}, found.rows.map((story) => h("tr", {}, line(story).map(cell)))),
    ),
    pages > 1 ? pagesNav(page, pages, (p) => address("#/stories", { p })) : "",
  ];
}

async function eventView(id) {
  const found = await ask(address("/api/story", { id }));
  for (const row of found.articles) LISTED.set(row.article_id, row);
  await listedOf(found.flows.map((flow) => flow.source_id).filter(Boolean));
  holdStory(found);
  CHARTS.clear();
  if (found.chart) CHARTS.set(found.story.story_id, found.chart);
  const { story } = found;
  const rows = found.articles.map((row) => rowFor(row.article_id));
  return [
    h("p", { class: "up" }, h("a", { href: "#/stories" }, "← All stories")),
    h("h1", { tabindex: "-1", dir: "auto" }, shown(headline(storyLead(rows)))),
    h("p", { class: "summary" }, storySentence(story)),
    h("p", { class: "limit" }, storyLimit(story, rows)),
    timeline(story.story_id),
    h("h2", {}, "Who took what from whom"),
    flowTable(rows),
  ];
}

const TABLE_NAMES = {
  articles: "one row an article", paragraphs: "one row a paragraph", matches: "one row a pair of passages",
  attributions: "one row a place that names a source", stories: "one row a story", sources: "one row an outlet and agency",
};

async function tablesView() {
  const stats = await ask("/api/stats");
  const file = (href, name, about) => h("li", {}, h("a", { href, download: name }, name), h("span", { class: "muted" }, ` · ${about}`));
  return [
    h("h1", { tabindex: "-1" }, "Tables"),
    h("p", { class: "finding" }, stats.finding),
    stats.nothing_shared ? h("p", { class: "finding-more" }, shown(stats.nothing_shared)) : "",
    h("p", { class: "limit" }, stats.limit),
    h("ul", {}, Object.entries(TABLE_NAMES).map(([name, about]) => file(`/api/tables/${name}.csv`, `${name}.csv`, about))),
    h("h2", {}, "Reviewers’ marks"),
    h("p", {}, `${count(MARKS.size, "mark")}, kept in the index; dedup scan --labels and dedup evaluate read the same file.`),
    h("ul", {}, file("/api/labels.csv", "labels.csv", "one row a mark")),
    h("h2", {}, "For programs"),
    h("p", {}, h("a", { href: "/api/openapi.json" }, "What the API takes and answers"), " (OpenAPI 3.1)"),
  ];
}
