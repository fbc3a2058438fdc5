// Stories, outlets and agencies, and the record of the run.

const TABLE_LINES = 1000;

function plainTable(heads, rows, numbers, name = "") {
  const cell = (value, place) =>
    h("td", { class: numbers.has(place) ? "number" : null, "data-label": heads[place] }, h("span", {}, value));
  return h(
    "table",
    { class: `plain ${name}` },
    h("thead", {}, h("tr", {}, heads.map((name, place) => h("th", { scope: "col", class: numbers.has(place) ? "number" : null }, name)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell)))),
  );
}

function agencyList(ids) {
  return ids.length ? joined(ids.map((id) => bdi(agencyName(id))), COMMA) : t("none");
}

function storiesView() {
  const stories = DATA.stories;
  const rows = stories.story_id
    .map((id, place) => ({ id, place }))
    .sort((a, b) => stories.articles[b.place] - stories.articles[a.place] || a.place - b.place)
    .slice(0, 500)
    .map(({ id, place }) => [
      storyCell(id), stories.articles[place], stories.outlets[place],
      stories.origins[place], stories.unknown_origins[place], agencyList(stories.agencies[place]),
      stories.wire_in_corpus[place] ? t("yes") : t("no"),
      stories.first_published_at[place] ? moment(stories.first_published_at[place]) : t("not known"),
    ]);
  const more = stories.story_id.length - rows.length;
  const heads = [t("Story"), t("Articles"), t("Outlets"), t("Origins"), t("Unknown origin"), t("Agencies"), t("Agency original here"), t("First seen")];
  return [
    storiesHead(),
    plainTable(heads, rows, new Set([1, 2, 3, 4])),
    more > 0 ? h("p", { class: "note" }, tn(more, "{n} smaller story more: see {file}.", "{n} smaller stories more: see {file}.", { file: "stories.csv" })) : "",
  ];
}

function storiesHead() {
  return [
    h("h1", { tabindex: "-1" }, t("Stories")),
    h("p", { class: "limit" }, t("Origins are independent: an agency, the first article of a chain, or own reporting. Articles of unknown origin are counted apart.")),
  ];
}

function storyCell(id) {
  const rows = STORY_ROWS.get(id) || [];
  if (!rows.length) return bdi(id);
  const lead = storyLead(rows);
  return h("a", { class: "title", href: storyAddress(id), dir: "auto" }, shown(headline(lead)));
}

function sourcesView() {
  return [
    h("h1", { tabindex: "-1" }, t("Outlets and agencies")),
    h("h2", {}, t("What goes back to each agency")),
    agenciesOut(),
    h("h2", {}, t("What each outlet took, and what others took from it")),
    h("p", { class: "limit" }, t("Of each article the words of its main source here are counted, between articles of different outlets whose order is known. What goes back to agencies does so by text or by credit.")),
    outletsInOut(),
    h("h2", {}, t("Each outlet and agency")),
    outletAgencies(),
  ];
}

function agenciesOut() {
  const flows = DATA.agency_flows;
  if (!flows.length) return h("p", {}, t("No text goes back to an agency here."));
  const rows = flows.map(([agency, articles, words, credited, lag]) => [
    h("a", { href: queryAddress(`agency:${quoted(agency)}`) }, bdi(agencyName(agency))),
    figureOf(articles), figureOf(words), words ? percent(credited / words) : "", figureOf(words - credited), duration(lag),
  ]);
  const heads = [t("Agency"), t("Articles"), t("Words"), t("With the agency named"), t("Words without"), t("Median time after")];
  return [
    h(
      "figure",
      { class: "chart" },
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("Words by agency") }, document.getElementById("chart-agencies").content.cloneNode(true)),
      h("figcaption", {}, legend(["named", "silent"])),
    ),
    plainTable(heads, rows, new Set([1, 2, 3, 4, 5])),
  ];
}

function outletsInOut() {
  const rows = DATA.outlet_flows.slice(0, TABLE_LINES).map(([publisher, articles, words, taken, given, wire]) => [
    publisher ? h("a", { href: queryAddress(`outlet:${quoted(publisher)}`), dir: "auto" }, shown(publisher)) : t("outlet not known"),
    ...[articles, words, wire, taken, given].map(figureOf),
  ]);
  const heads = [t("Outlet"), t("Articles"), t("Words"), t("Goes back to agencies"), t("Taken from others here"), t("Taken by others")];
  return [plainTable(heads, rows, new Set([1, 2, 3, 4, 5])), more(DATA.outlet_flows.length - rows.length, "articles.csv")];
}

function outletAgencies() {
  const table = DATA.sources;
  const rows = table.publisher.slice(0, TABLE_LINES).map((publisher, place) => [
    publisher ? bdi(publisher) : t("outlet not known"),
    table.agency[place] ? bdi(agencyName(table.agency[place])) : t("no agency"),
    ...[table.articles, table.words, table.credited_words, table.uncredited_words].map((column) => figureOf(column[place])),
    duration(table.median_lag_seconds[place]),
  ]);
  const heads = [t("Outlet"), t("Agency"), t("Articles"), t("Words"), t("Words with the agency named"), t("Words without"), t("Median time after")];
  if (!rows.length) return h("p", {}, t("No text goes back to an agency here."));
  return [plainTable(heads, rows, new Set([2, 3, 4, 5, 6])), more(table.publisher.length - rows.length, "sources.csv")];
}

function more(number, where) {
  return number > 0 ? h("p", { class: "note" }, tn(number, "{n} more row: see {file}.", "{n} more rows: see {file}.", { file: where })) : "";
}

function runView() {
  const run = DATA.run;
  const known = new Set([
    "skipped", "limits", "options", "inputs", "layouts", "agency_names", "nearest_pair", "refusals",
  ]);
  const facts = Object.entries(run).filter(([name]) => !known.has(name));
  return [
    h("h1", { tabindex: "-1" }, t("The run")),
    factList(t("What was done"), facts),
    factList(t("What was read"), Object.entries(run.inputs || {})),
    factList(t("How paragraphs are set, and in how many articles"), Object.entries(run.layouts || {})),
    factList(t("Options"), Object.entries(run.options || {})),
    limitsCard(run.limits || {}),
    skippedCard(run.skipped || []),
    refusalsCard(run.refusals || []),
    labelsCard(),
  ];
}

function factList(title, facts) {
  if (!facts.length) return "";
  const lines = facts.map(([name, value]) =>
    h("div", {}, h("dt", {}, recorded(name.replaceAll("_", " "))), h("dd", {}, factValue(value))));
  return h("section", { class: "card" }, h("h2", {}, title), h("dl", { class: "facts-list" }, lines));
}

/** Words of the run's record, which is in English whatever the page's language. */
function recorded(words) {
  return h("bdi", { lang: "en" }, shown(words));
}

function factValue(value) {
  if (value === true) return t("yes");
  if (value === false) return t("no");
  if (value === null || value === "") return t("not given");
  if (typeof value !== "object") return bdi(value);
  const items = Array.isArray(value)
    ? value.map(factValue)
    : Object.entries(value).map(([name, part]) => [bdi(name), ": ", factValue(part)]);
  return items.length ? joined(items, COMMA).flat() : t("none");
}

function limitsCard(limits) {
  const dropped = Object.entries(limits).filter(([, number]) => Number(number) > 0);
  const lines = dropped.map(([name, number]) => h("li", {}, tp("{limit}: {n} left out", { limit: recorded(name.replaceAll("_", " ")), n: bdi(number) })));
  return h(
    "section",
    { class: "card" },
    h("h2", {}, t("Limits")),
    lines.length ? h("ul", {}, lines) : h("p", {}, t("No limit dropped anything.")),
  );
}

function skippedCard(skipped) {
  const most = 1000;
  const rows = skipped.slice(0, most).map((input) => [bdi(input.path), bdi(input.record || ""), recorded(input.reason)]);
  return h(
    "section",
    { class: "card" },
    h("h2", {}, t("Skipped inputs ({n})", { n: figureOf(skipped.length) })),
    rows.length ? plainTable([t("Path"), t("Record"), t("Reason")], rows, new Set()) : h("p", {}, t("Every input was used.")),
    skipped.length > most ? h("p", { class: "note" }, t("{n} more: see {file}.", { n: figureOf(skipped.length - most), file: "report.json" })) : "",
  );
}

/** Near misses, where the scan was asked to keep them. */
function refusalsCard(refusals) {
  if (!refusals.length) return "";
  const most = 200;
  const rows = refusals.slice(0, most).map((near) => [
    recorded(near.rule), bdi(near.text || `${near.start}:${near.end}`), articleName(rowOf(near.article_id)),
    bdi(near.other_text || `${near.other_start}:${near.other_end}`), articleName(rowOf(near.other_id)),
  ]);
  return h(
    "section",
    { class: "card" },
    h("h2", {}, t("Alike, and not counted as reuse ({n})", { n: figureOf(refusals.length) })),
    plainTable([t("Rule"), t("Words"), t("Article"), t("Other words"), t("Other article")], rows, new Set()),
    refusals.length > most ? h("p", { class: "note" }, t("{n} more: see {file}.", { n: figureOf(refusals.length - most), file: "report.json" })) : "",
  );
}

function rowOf(id) {
  return ROW_OF.get(wellFormed(id)) ?? -1;
}

function labelsCard() {
  return h(
    "section",
    { class: "card" },
    h("h2", {}, t("Your marks")),
    h("p", {}, `${tn(LABELS.size, "{n} mark.", "{n} marks.")} ${t("This browser keeps them for this report; saved as labels.csv, a later scan honours them with --labels.")}`),
    h("button", { type: "button", id: "save-labels", disabled: LABELS.size === 0, on: { click: saveLabels } }, t("Save labels.csv")),
  );
}
