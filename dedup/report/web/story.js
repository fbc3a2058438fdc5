// Stories: all of them in a table, and one with its timeline, its sources and its paragraphs.

const STORY_LINES = 60;

/** Rows of each story's articles: the earliest known first, those without a time last. */
const STORY_ROWS = new Map();
ARTICLES.story_id.forEach((story, row) => {
  if (!STORY_ROWS.has(story)) STORY_ROWS.set(story, []);
  STORY_ROWS.get(story).push(row);
});
for (const rows of STORY_ROWS.values()) rows.sort((a, b) => byInstant(a, b) || a - b);

function byInstant(a, b) {
  const [one, other] = [ARTICLES.instant[a], ARTICLES.instant[b]];
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one - other;
}

function storyAddress(id) {
  return `#/story/${encodeURIComponent(wellFormed(id))}`;
}

function storyPlace(id) {
  return DATA.stories.story_id.findIndex((story) => wellFormed(story) === id);
}

function storyView(id) {
  const place = storyPlace(id);
  const story = place < 0 ? null : record(DATA.stories, place);
  const rows = story ? STORY_ROWS.get(story.story_id) || [] : [];
  if (!rows.length) return missing(t("No story of this report has that id."));
  return [
    storyNodes(story, rows),
    sharesTable(rows),
    h("h2", {}, t("Paragraphs that several articles have")),
    lineageList(lineagesOf(new Set(rows)), t("No paragraph stands in two of these articles.")),
  ];
}

/** What is said of a story, and drawn. */
function storyNodes(story, rows) {
  return [
    h("p", { class: "up" }, h("a", { href: "#/stories" }, t("← All stories"))),
    h("h1", { tabindex: "-1", dir: "auto" }, shown(headline(storyLead(rows)))),
    h("p", { class: "summary" }, storySentence(story)),
    h("p", { class: "limit" }, storyLimit(story, rows)),
    timeline(story.story_id),
    h("h2", {}, t("Who took what from whom")),
    flowTable(rows),
  ];
}

/** The article after which a story is called: the one that most words were taken from. */
function storyLead(rows) {
  const given = new Map(rows.map((row) => [row, 0]));
  for (const row of rows) {
    const source = ARTICLES.source[row];
    if (given.has(source)) given.set(source, given.get(source) + ARTICLES.source_words[row]);
  }
  return rows.reduce((best, row) => (given.get(row) > given.get(best) ? row : best), rows[0]);
}

function storySentence(story) {
  const figures = [
    countArticles(story.articles), tn(story.outlets, "{n} outlet", "{n} outlets"),
    tn(story.origins, "{n} independent origin", "{n} independent origins"),
    story.unknown_origins ? tn(story.unknown_origins, "{n} article of unknown origin", "{n} articles of unknown origin") : "",
  ];
  return [
    `${figures.filter(Boolean).join(COMMA)}. `,
    tp("Agencies: {agencies}.", { agencies: agencyList(story.agencies) }), " ", firstKnown(story),
  ];
}

function firstKnown(story) {
  const first = ROW_OF.get(wellFormed(story.first_article_id || ""));
  if (first === undefined || ARTICLES.instant[first] === null) return "";
  const outlet = ARTICLES.publisher[first] || headline(first);
  const link = h("a", { href: articleAddress(first), dir: "auto" }, shown(outlet));
  return tp("First here: {outlet}, {time}.", { outlet: link, time: moment(ARTICLES.published_at[first]) });
}

function storyLimit(story, rows) {
  const undated = rows.filter((row) => ARTICLES.instant[row] === null).length;
  const source = story.wire_in_corpus
    ? t("Agency originals are among them.")
    : t("No agency original is among them, so agencies are known by credits alone.");
  const order = undated ? ` ${tn(undated, "{n} of {all} has no time, so its order is read from the texts or unknown.", "{n} of {all} have no time, so their order is read from the texts or unknown.", { all: figureOf(rows.length) })}` : "";
  return source + order;
}

/** A drawing of the program as nodes: a name, attributes, and the nodes and words in it. */
function drawn([name, attributes, held]) {
  return svg(name, attributes, ...held.map((part) => (typeof part === "string" ? part : drawn(part))));
}

/** The chart that the program drew, with links to its articles. */
function timeline(id) {
  const chart = CHARTS.get(id);
  if (!chart) return "";
  const drawing = drawn(chart.drawing);
  drawing.setAttribute("aria-label", t("Timeline: one lane an outlet, one mark an article, one arrow from its source. The table below has the same figures."));
  for (const day of drawing.querySelectorAll(".on-day")) day.textContent = isolated(dayIn(day.textContent));
  for (const label of drawing.querySelectorAll(".undated")) label.textContent = isolated(t("time not known"));
  for (const label of drawing.querySelectorAll(".lane text:empty")) label.textContent = isolated(t("outlet not known"));
  for (const dot of drawing.querySelectorAll("a[data-row]")) {
    const row = Number(dot.dataset.row);
    const label = [headline(row), ARTICLES.publisher[row] || t("outlet not known"), verdictName(row)].join(COMMA);
    dot.setAttribute("href", articleAddress(row));
    dot.prepend(svg("title", {}, shown(label).map((node) => node.textContent).join("")));
  }
  const left = chart.left_out;
  const keys = [
    ["wire", t("from an agency")], ["cross_outlet_copy", t("from another outlet")],
    ["same_outlet_update", t("from the outlet’s own")], ["unknown", t("shared, order not known")],
  ];
  return h(
    "figure",
    { class: "chart" },
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("Timeline") }, drawing),
    h(
      "figcaption",
      {},
      h("ul", { class: "legend", "aria-label": t("What the arrows show") }, keys.map(([kind, name]) => h("li", {}, arrowKey(kind), name))),
      h("p", { class: "imprint" }, t("Times in UTC, wider apart the more time passed. Filled: took from another; ring: took from none here; broken ring: time zone not known; bar: only the day is known."), left > 0 ? ` ${tn(left, "{n} more article stands in the table only.", "{n} more articles stand in the table only.")}` : ""),
    ),
  );
}

function arrowKey(kind) {
  return svg("svg", { viewBox: "0 0 34 14", class: "arrow-key", "aria-hidden": "true" }, svg("path", { d: "M1,7 H26", class: `arrow arrow-${kind}`, "stroke-width": 2.5 }));
}

function flowTable(rows) {
  const heads = [t("Published"), t("Article"), t("Took most from"), t("Words"), t("Share"), t("After")];
  const lines = rows.slice(0, TABLE_LINES).map((row) => {
    const source = ARTICLES.source[row];
    const any = ARTICLES.source_words[row] > 0;
    return [
      ARTICLES.published_at[row] ? moment(ARTICLES.published_at[row]) : t("time not known"),
      h("div", {}, h("a", { class: "title", href: articleAddress(row), dir: "auto" }, shown(headline(row))), h("p", { class: "imprint" }, ARTICLES.publisher[row] ? bdi(ARTICLES.publisher[row]) : t("outlet not known"), " · ", verdictName(row)), agencies(row)),
      any ? sourceCell(row, source) : t("none of these"),
      any ? figureOf(ARTICLES.source_words[row]) : "",
      any ? percent(shareOf(ARTICLES.source_words[row], row)) : "",
      any && ARTICLES.source_known[row] ? duration(ARTICLES.lag[row]) : "",
    ];
  });
  return [plainTable(heads, lines, new Set([3, 4, 5]), "flows"), more(rows.length - lines.length, "articles.csv")];
}

/** Above so many articles a table of each with each is no longer seen at a glance. */
const MOST_CROSSED = 20;

/** How much of each article is shared with each other one: a shade and a figure, and the proof. */
function sharesTable(rows) {
  const found = new Map(rows.map((row) => [row, new Map(partnersOf(row).map((partner) => [partner.other, shareOf(partner.words, row)]))]));
  const sharing = rows.filter((row) => rows.some((other) => found.get(row).has(other)));
  if (sharing.length < 3 || sharing.length > MOST_CROSSED) return "";
  const cell = (row, other) => {
    const share = found.get(row).get(other);
    if (row === other || share === undefined) return h("td", {}, row === other ? "" : h("span", { class: "muted" }, "–"));
    return h("td", { class: `heat heat-${Math.ceil(share * 5)}` }, h("a", { href: compareAddress(row, other) }, percent(share)));
  };
  const name = (row) => [`${sharing.indexOf(row) + 1} · `, ARTICLES.publisher[row] ? bdi(ARTICLES.publisher[row]) : t("outlet not known")];
  const head = [h("td", {}), sharing.map((row, place) => h("th", { scope: "col", "aria-label": ARTICLES.publisher[row] || t("outlet not known"), title: headline(row) }, figureOf(place + 1)))];
  const lines = sharing.map((row) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: articleAddress(row) }, name(row))), sharing.map((other) => cell(row, other))));
  return [
    h("h2", {}, t("Each with each")),
    h("p", { class: "limit" }, t("How much of each article (a line) stands in each other one (a column), in the order of their times.")),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("Each with each") }, h("table", { class: "crossed" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, lines))),
  ];
}

function sourceCell(row, source) {
  const order = ARTICLES.source_known[row] ? "" : h("p", { class: "imprint" }, t("shared; order not known"));
  if (source < 0) return h("div", {}, t("an article that is not listed"), order);
  const outlet = ARTICLES.publisher[source] || headline(source);
  return h("div", {}, h("a", { href: compareAddress(row, source), dir: "auto" }, shown(outlet)), h("p", { class: "imprint" }, bdi(ARTICLES.article_id[source])), order);
}

/**
 * Groups of paragraphs that follow one another, those with a member among the rows; what most
 * outlets have comes first.
 */
function lineagesOf(rows) {
  const groups = LINEAGES.filter((group) => group.members.some((member) => rows.has(member.row)));
  const outlets = new Map(groups.map((group) => [group, new Set(group.members.map(({ row }) => ARTICLES.publisher[row].toLowerCase())).size]));
  return groups.sort((a, b) => outlets.get(b) - outlets.get(a));
}

function paragraphOf(row, n) {
  const place = (PARAGRAPHS_OF.get(row) || []).find((at) => DATA.paragraphs.n[at] === n);
  return place === undefined ? null : record(DATA.paragraphs, place);
}

function lineageList(groups, silence, others = 0) {
  if (!groups.length) return h("p", { class: "muted" }, silence);
  const visible = groups.slice(0, STORY_LINES);
  const more = groups.length - visible.length + others;
  return h(
    "div",
    {},
    h("ol", { class: "lineages" }, visible.map((group) => h("li", {}, lineageItem(group)))),
    more > 0 ? h("p", { class: "note" }, tn(more, "{n} more paragraph: see {file}.", "{n} more paragraphs: see {file}.", { file: "paragraphs.csv" })) : "",
  );
}

function lineageItem({ known, members }) {
  const [first, ...others] = members;
  others.sort((a, b) => byInstant(a.row, b.row) || a.row - b.row || a.n - b.n);
  const paragraph = paragraphOf(first.row, first.n);
  const text = textOf(first.row);
  const words = text && paragraph ? text.slice(paragraph.start, paragraph.end) : `¶${first.n}`;
  const articles = new Set(members.map((member) => member.row)).size;
  const claim = paragraph && { article_id: ARTICLES.article_id[first.row], start: paragraph.start, end: paragraph.end };
  return [
    h("p", { class: "words-of-credit", dir: "auto", lang: languageOf(first.row) }, shown(clipped(words))),
    h("div", { class: "origin" }, h("p", {}, known ? tp("First known in {place}", { place: paragraphLink(first) }) : tp("Order not known: {place}", { place: paragraphLink(first) }), " · ", tn(articles, "in {n} article:", "in {n} articles:")), claim ? reviewButtons(claim, ["ignore"], t("In later scans")) : ""),
    h("ul", { class: "followers" }, others.map((member) => h("li", {}, paragraphLink(member), " ", h("span", { class: "muted" }, KINDS[paragraphOf(member.row, member.n)?.reuse] || "")))),
  ];
}

function clipped(text) {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length <= 240 ? line : `${line.slice(0, 240).replace(/[\s\p{P}]+[^\s]*$/u, "")}…`;
}

function paragraphLink({ row, n }) {
  const outlet = ARTICLES.publisher[row] || headline(row);
  return h("a", { href: `${articleAddress(row)}/${n}`, dir: "auto" }, shown(outlet), ` ¶${n}`);
}

function paragraphsView() {
  const { articles, paragraphs, known, more: others } = DATA.reused;
  const groups = articles.map((rows, place) => lineage(rows, paragraphs[place], known[place]));
  return [
    h("h1", { tabindex: "-1" }, t("Most reused paragraphs")),
    h("p", { class: "limit" }, t("Each with the article that had it first, as far as is known. What is marked to be ignored is left out by a later scan with --labels.")),
    lineageList(groups, t("No paragraph stands in two articles."), others),
  ];
}
