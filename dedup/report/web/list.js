// The list: one row an article, most shared first; filter, verdict, order and page in the address.

const PAGE = 100;

const ORDERS = {
  shared: ["Most shared first", (a, b) => shownShare(b) - shownShare(a) || wire(b) - wire(a)],
  silent: ["Most from agencies not named", (a, b) => silence(b) - silence(a)],
  newest: ["Newest first", (a, b) => compareText(ARTICLES.published_at[b], ARTICLES.published_at[a])],
  oldest: ["Oldest first", (a, b) => byDate(a, b)],
  outlet: ["By outlet", (a, b) => compareText(ARTICLES.publisher[a], ARTICLES.publisher[b])],
  title: ["By headline", (a, b) => compareText(headline(a), headline(b))],
  words: ["Longest first", (a, b) => ARTICLES.words[b] - ARTICLES.words[a]],
};

function shownShare(row) { return ARTICLES.copied_share[row]; }
function wire(row) { return ARTICLES.wire_share[row]; }
function silence(row) { return ARTICLES.uncredited_share[row]; }
function compareText(a, b) { return a < b ? -1 : Number(a > b); }
function byDate(a, b) {
  const [one, other] = [ARTICLES.published_at[a], ARTICLES.published_at[b]];
  if (!one || !other) return Number(!one) - Number(!other);
  return compareText(one, other);
}

const HAYSTACKS = new Map();

function haystack(row) {
  if (!HAYSTACKS.has(row)) {
    const agencies = ARTICLES.agencies[row].flatMap((id) => [id, agencyName(id)]);
    const words = [
      ARTICLES.title[row] || headline(row), ARTICLES.article_id[row], ARTICLES.publisher[row],
      ARTICLES.published_at[row], ARTICLES.language[row], verdictName(row), ...agencies,
    ];
    HAYSTACKS.set(row, words.join("\n").toLowerCase());
  }
  return HAYSTACKS.get(row);
}

function filtered({ q, v, s }) {
  const wanted = q.toLowerCase().split(/\s+/u).filter(Boolean);
  const rows = [];
  for (let row = 0; row < COUNT; row += 1) {
    if (v && ARTICLES.verdict[row] !== v) continue;
    if (wanted.length && !wanted.every((word) => haystack(row).includes(word))) continue;
    rows.push(row);
  }
  const order = (ORDERS[s] || ORDERS.shared)[1];
  return rows.sort((a, b) => order(a, b) || a - b);
}

function listState(query) {
  return {
    q: query.get("q") || "",
    v: query.get("v") || "",
    s: query.get("s") || "shared",
    p: Math.max(1, Number.parseInt(query.get("p"), 10) || 1),
  };
}

function listAddress({ q, v, s, p }) {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  if (v) query.set("v", v);
  if (s !== "shared") query.set("s", s);
  if (p > 1) query.set("p", p);
  return `#/list${query.size ? `?${query}` : ""}`;
}

function listView(query) {
  const state = listState(query);
  const results = h("div", { id: "results" });
  const counter = h("p", { class: "counter", id: "counter" });
  const refresh = () => {
    const rows = filtered(state);
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    state.p = Math.min(state.p, pages);
    const visible = rows.slice((state.p - 1) * PAGE, state.p * PAGE);
    counter.textContent = `${rows.length.toLocaleString("en")} of ${count(COUNT, "article")}`;
    results.replaceChildren(
      visible.length ? listTable(visible) : h("p", { class: "empty" }, "No article answers this filter."),
      pages > 1 ? pager(state, pages) : "",
    );
  };
  const change = (part) => {
    Object.assign(state, { p: 1 }, part);
    rememberList(listAddress(state));
    refresh();
  };
  const opening = document.getElementById("opening").content.cloneNode(true);
  refresh();
  return [
    h("h1", { class: "aside", tabindex: "-1" }, "Articles"), opening, controls(state, change, counter),
    legend(), results,
  ];
}

function controls(state, change, counter) {
  const verdicts = new Map();
  ARTICLES.verdict.forEach((label) => verdicts.set(label, (verdicts.get(label) || 0) + 1));
  const option = (value, name, chosen) => h("option", { value, selected: value === chosen }, name);
  const input = h("input", {
    type: "search", id: "filter", value: state.q, "aria-label": "Filter by headline, outlet, id, agency",
    placeholder: "Headline, outlet, id, agency…", autocomplete: "off", spellcheck: "false",
    on: { input: (event) => change({ q: event.target.value }) },
  });
  const verdict = h(
    "select",
    { "aria-label": "Verdict", id: "verdict", on: { change: (event) => change({ v: event.target.value }) } },
    option("", "Every verdict", state.v),
    [...verdicts].sort().map(([label, number]) =>
      option(label, `${label.replaceAll("_", " ")} (${number})`, state.v)),
  );
  const order = h(
    "select",
    { "aria-label": "Order", id: "order", on: { change: (event) => change({ s: event.target.value }) } },
    Object.entries(ORDERS).map(([key, [name]]) => option(key, name, state.s)),
  );
  return h("div", { class: "controls", role: "search" }, input, verdict, order, counter);
}

function legend() {
  const keys = wordPartsLegend().map(([key, name]) =>
    h("li", {}, svg(
      "svg", { viewBox: "0 0 24 14", "aria-hidden": "true", class: "swatch" },
      svg("rect", { width: 24, height: 14, class: `fill-${key}` }),
      svg("rect", { width: 24, height: 14, class: `hatch-${key}` }),
    ), name));
  return h("ul", { class: "legend", "aria-label": "What the bars show" }, keys);
}

function wordPartsLegend() {
  return COUNT ? wordParts(0).map((part) => [part.key, part.name]) : [];
}

function listTable(rows) {
  const heads = ["Verdict", "Article", "Where its words come from", "Shared", "Closest article"];
  return h(
    "table",
    { class: "list" },
    h("thead", {}, h("tr", {}, heads.map((name, place) =>
      h("th", { scope: "col", class: place === 3 ? "number" : null }, name)))),
    h("tbody", {}, rows.map(listRow)),
  );
}

function listRow(row) {
  const title = h("a", { class: "title", href: articleAddress(row), dir: "auto" }, shown(headline(row)));
  return h(
    "tr",
    { "data-row": row },
    h("td", {}, badge(row)),
    h("td", { class: "article" }, title, h("p", { class: "imprint" }, imprint(row)), agencies(row)),
    h("td", { class: "bar-cell" }, bar(row)),
    h("td", { class: "number", "data-label": "Shared" }, h("span", {}, percent(shownShare(row)))),
    h("td", { class: "closest", "data-label": "Closest" }, closestLink(row)),
  );
}

function agencies(row) {
  const named = ARTICLES.credited_agencies[row];
  const silent = ARTICLES.uncredited_agencies[row];
  if (!named.length && !silent.length) return "";
  return h(
    "p",
    { class: "agencies" },
    named.length ? h("span", {}, "names ", joined(named.map((id) => bdi(agencyName(id))), ", ")) : "",
    silent.length
      ? h("span", { class: "silent" }, "does not name ", joined(silent.map((id) => bdi(agencyName(id))), ", "))
      : "",
  );
}

function closestLink(row) {
  const other = ARTICLES.closest[row];
  if (other < 0) return h("span", { class: "muted" }, "no match here");
  const address = compareAddress(row, other);
  return h(
    "div",
    {},
    h("a", { href: address, dir: "auto" }, shown(headline(other))),
    h("p", { class: "imprint" }, `${count(ARTICLES.shared_words[row], "word")}, longest ${ARTICLES.longest[row]}`),
  );
}

function pager(state, pages) {
  const link = (page, name) => page < 1 || page > pages
    ? h("span", { class: "muted" }, name)
    : h("a", { href: listAddress({ ...state, p: page }) }, name);
  return h(
    "nav",
    { class: "pager", "aria-label": "Pages of the list" },
    link(state.p - 1, "← Previous"), h("span", {}, `Page ${state.p} of ${pages}`), link(state.p + 1, "Next →"),
  );
}
