// What the index holds: articles, stories, tables.

const LIMIT = 100;
const LIST_ORDERS = {
  newest: t("Newest first"), oldest: t("Oldest first"), shared: t("Most shared first"),
  silent: t("Most from agencies not named"), outlet: t("By outlet"), id: t("By id"),
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
    h("h1", { tabindex: "-1" }, t("Articles")),
    browseControls(state),
    h("p", { class: "counter", id: "counter" }, countArticles(found.total), " · ", h("a", { href: address("/api/articles.csv", filter), download: "articles.csv" }, "CSV")),
    found.rows.length ? articleTable(h("tbody", {}, ARTICLES.article_id.map((_, row) => browsedRow(row)))) : h("p", { class: "empty" }, t("No article answers this filter.")),
    pages > 1 ? pager(state.p, pages, (p) => filterAddress({ ...state, p })) : "",
  ];
}

function browsedRow(row) {
  return h("tr", {}, articleCells(row, articleAddress(row), wordParts(row), ARTICLES.copied_share[row]));
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
    h("input", { type: "search", id: "filter", value: state.q, "aria-label": t("Words in headline, outlet, id, agency"), placeholder: t("Headline, outlet, id, agency…"), autocomplete: "off", spellcheck: "false", on: { input: typed } }),
    h("select", { "aria-label": t("Verdict"), on: { change: (event) => go({ verdict: event.target.value }) } }, option("", t("Every verdict"), state.verdict), Object.entries(VERDICT_WORDS).map(([value, name]) => option(value, name, state.verdict))),
    h("select", { "aria-label": t("Order"), on: { change: (event) => go({ order: event.target.value }) } }, Object.entries(LIST_ORDERS).map(([value, name]) => option(value, name, state.order))),
    h("label", {}, h("input", { type: "checkbox", checked: state.silent === "true", on: { change: (event) => go({ silent: event.target.checked ? "true" : "" }) } }), " ", t("agency not named")),
  );
}

async function eventsView(query) {
  const page = Math.max(1, Number.parseInt(query.get("p"), 10) || 1);
  const found = await ask(address("/api/stories", { offset: (page - 1) * LIMIT, limit: LIMIT }));
  const pages = Math.max(1, Math.ceil(found.total / LIMIT));
  const heads = [t("Story"), t("Articles"), t("Outlets"), t("Origins"), t("Unknown origin"), t("Agencies"), t("First seen")];
  const rows = found.rows.map((story) => [
    h("a", { class: "title", href: storyAddress(story.story_id), dir: "auto" }, shown(story.headline)),
    ...[story.articles, story.outlets, story.origins, story.unknown_origins].map(figureOf),
    agencyList(story.agencies),
    story.first_published_at ? moment(story.first_published_at) : t("not known"),
  ]);
  return [
    storiesHead(),
    plainTable(heads, rows, new Set([1, 2, 3, 4])),
    pages > 1 ? pager(page, pages, (p) => address("#/stories", { p })) : "",
  ];
}

async function eventView(id) {
  const found = await ask(address("/api/story", { id }));
  for (const row of found.articles) LISTED.set(row.article_id, row);
  await listedOf(found.flows.map((flow) => flow.source_id).filter(Boolean));
  holdStory(found);
  CHARTS.clear();
  if (found.chart) CHARTS.set(found.story.story_id, found.chart);
  return storyNodes(found.story, found.articles.map((row) => rowFor(row.article_id)));
}

const TABLE_NAMES = {
  articles: t("one row an article"), paragraphs: t("one row a paragraph"), matches: t("one row a pair of passages"),
  attributions: t("one row a place that names a source"), stories: t("one row a story"), sources: t("one row an outlet and agency"),
};

async function tablesView() {
  const stats = await ask(address("/api/stats", { language: LANGUAGE }));
  const file = (href, name, about) => h("li", {}, h("a", { href, download: name }, h("bdi", {}, name)), h("span", { class: "muted" }, ` · ${about}`));
  return [
    h("h1", { tabindex: "-1" }, t("Tables")),
    h("p", { class: "finding" }, stats.finding),
    stats.nothing_shared ? h("p", { class: "finding-more" }, shown(stats.nothing_shared)) : "",
    h("p", { class: "limit" }, stats.limit),
    h("ul", {}, Object.entries(TABLE_NAMES).map(([name, about]) => file(`/api/tables/${name}.csv`, `${name}.csv`, about))),
    h("h2", {}, t("Reviewers’ marks")),
    h("p", {}, `${tn(MARKS.size, "{n} mark.", "{n} marks.")} ${t("They are kept in the index; dedup scan --labels and dedup evaluate read the same file.")}`),
    h("ul", {}, file("/api/labels.csv", "labels.csv", t("one row a mark"))),
    ...markLines(),
    h("h2", {}, t("For programs")),
    h("p", {}, h("a", { href: "/api/openapi.json" }, t("What the API takes and answers")), " ", h("bdi", {}, "(OpenAPI 3.1)")),
  ];
}
