// Two articles side by side, one passage at a time in both panes.

function compareAddress(row, other, run) {
  return `#/compare/${idPart(row)}/${idPart(other)}${run ? `/${run}` : ""}`;
}

function compareView(id, otherId, number) {
  const [row, other] = [ROW_OF.get(id), ROW_OF.get(otherId)];
  if (row === undefined || other === undefined) return missing(t("One of these articles is not in this report."));
  const runs = runsBetween(row, other);
  const heading = h("h1", { tabindex: "-1" }, t("Side by side"));
  const up = h("p", { class: "up" }, h("a", { href: articleAddress(row) }, tp("← {title}", { title: bdi(headline(row)) })));
  if (!runs.length) {
    return [up, heading, h("p", {}, t("These two share no passage."))];
  }
  const asked = Number.parseInt(number, 10);
  const active = asked >= 1 && asked <= runs.length ? asked - 1 : longestRun(runs);
  const box = h("div", { id: "compare" });
  showRun(box, { row, other, runs }, active);
  return [up, heading, h("p", { class: "summary" }, pairSentence(row, other, runs)), factsBeside(row, other), box];
}

function pairSentence(row, other, runs) {
  const words = sharedWords(row, runs, "start", "end");
  const otherWords = sharedWords(other, runs, "otherStart", "otherEnd");
  const sides = new Set(runs.map((run) => run.side));
  let order = t("Which came first is not known.");
  if (sides.size === 1 && sides.has("taken")) order = t("The first article took them from the second.");
  if (sides.size === 1 && sides.has("given")) order = t("The second article took them from the first.");
  if (sides.size > 1) order = t("Each passage says below which way it went.");
  const figures = { passages: countPassages(runs.length), one: percent(shareOf(words, row)), two: percent(shareOf(otherWords, other)) };
  return `${tn(words, "{n} word shared, in {passages}: {one} of the first article, {two} of the second.", "{n} words shared, in {passages}: {one} of the first article, {two} of the second.", figures)} ${order}`;
}

/** What is known of each of the two, beside each other. */
function factsBeside(row, other) {
  const facts = [
    [t("Outlet"), (at) => (ARTICLES.publisher[at] ? bdi(ARTICLES.publisher[at]) : t("not known"))],
    [t("Published"), (at) => (ARTICLES.published_at[at] ? moment(ARTICLES.published_at[at]) : t("not known"))],
    [t("Byline"), (at) => (ARTICLES.authors[at].length ? joined(ARTICLES.authors[at].map(bdi), COMMA) : t("none given"))],
    [t("Credit"), (at) => joined(articleCredits(at), " · ")],
    [t("Language"), (at) => (ARTICLES.language[at] ? bdi(ARTICLES.language[at]) : t("not known"))],
    [t("Words"), (at) => figureOf(ARTICLES.words[at])],
    [t("Verdict"), (at) => verdictName(at)],
  ];
  const line = ([name, value]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, value(row)), h("td", {}, value(other)));
  return h(
    "details",
    { class: "beside" },
    h("summary", {}, t("Outlet, time, byline and credit of the two")),
    h("table", {}, h("thead", {}, h("tr", {}, ["", t("First"), t("Second")].map((name) => h(name ? "th" : "td", { scope: name ? "col" : null }, name)))), h("tbody", {}, facts.map(line))),
  );
}

/** The words with which an article credits a source for the whole of it. */
function articleCredits(row) {
  const found = (ATTRIBUTIONS_OF.get(row) || [])
    .map((place) => record(DATA.attributions, place))
    .filter((credit) => credit.scope === "article" && credit.kind !== "photo")
    .map((credit) => bdi(credit.text || agencyName(credit.agency) || CREDIT_KINDS[credit.kind]));
  return found.length ? found : [t("none")];
}

/** Draw both panes for one passage and bring it into view in each. */
function showRun(box, pair, active) {
  const run = pair.runs[active];
  const spans = runDifferences(pair, run);
  const go = (place) => {
    const next = (place + pair.runs.length) % pair.runs.length;
    history.replaceState(null, "", compareAddress(pair.row, pair.other, next + 1));
    showRun(box, pair, next);
    announce(t("Passage {n} of {all}", { n: next + 1, all: pair.runs.length }));
  };
  const left = pane(pair.row, pair.runs, run, { spans: spans?.left, side: "left" });
  const right = pane(pair.other, pair.runs.map(mirrored), mirrored(run), { spans: spans?.right, side: "right" });
  box.replaceChildren(
    runBar(pair, active, go),
    runNote(pair, run, spans),
    h("div", { class: "panes" }, left, right),
  );
  box.stepRun = (step) => go(active + step);
  requestAnimationFrame(() => box.querySelectorAll(".pane").forEach(toActive));
}

/** The same passage seen from the other article. */
function mirrored(run) {
  const back = { taken: "given", given: "taken", unknown: "unknown" };
  return {
    ...run, start: run.otherStart, end: run.otherEnd, otherStart: run.start, otherEnd: run.end,
    side: back[run.side], original: run,
  };
}

function runDifferences({ row, other }, run) {
  const [text, otherText] = [textOf(row), textOf(other)];
  if (!text || !otherText) return null;
  const words = wordSpans(text, run.start, run.end);
  const spans = differences(words, wordSpans(otherText, run.otherStart, run.otherEnd));
  if (!spans) return null;
  const edits = Math.max(spans.left.length, spans.right.length);
  const retold = edits > words.length / 2; // an outline round every word would show nothing
  if (retold) return { edits, left: [], right: [], retold };
  return { edits, left: gaps(text, spans.left), right: gaps(otherText, spans.right), retold };
}

/** Differing words that stand next to each other as one stretch. */
function gaps(text, words) {
  const merged = [];
  for (const { start, end } of words) {
    const last = merged[merged.length - 1];
    if (last && /^[^\p{L}\p{M}\p{N}\n]*$/u.test(text.slice(last.end, start))) last.end = end;
    else merged.push({ start, end });
  }
  return merged;
}

function editNote({ edits, retold }) {
  if (!edits) return t("no word differs");
  if (retold) return tn(edits, "{n} word differs", "{n} words differ");
  return tn(edits, "{n} word differs (outlined)", "{n} words differ (outlined)");
}

function runBar({ runs }, active, go) {
  const chips = runs.map((run, place) => h(
    "button",
    {
      type: "button", class: "chip", "aria-current": place === active ? "true" : null,
      on: { click: () => go(place) },
    },
    `${place + 1} · ${countWords(run.words)}${COMMA}${KINDS[run.kind]}`,
  ));
  return h(
    "div",
    { class: "runs", role: "group", "aria-label": t("Passages") },
    runs.length < 2 ? "" : [
      h("button", { type: "button", id: "previous-run", on: { click: () => go(active - 1) } }, t("Previous"), " ", h("kbd", {}, "p")),
      h("button", { type: "button", id: "next-run", on: { click: () => go(active + 1) } }, t("Next"), " ", h("kbd", {}, "n")),
    ],
    chips,
  );
}

function runNote({ row, other }, run, spans) {
  const parts = [
    countWords(run.words), KINDS[run.kind], SIDES[run.side], t("{share} sure", { share: percent(run.score) }),
    spans ? editNote(spans) : null,
  ];
  const claim = {
    article_id: ARTICLES.article_id[row], start: run.start, end: run.end,
    other_id: ARTICLES.article_id[other], kind: run.kind,
    direction: { taken: "from", given: "to", unknown: "unknown" }[run.side],
  };
  return h(
    "div",
    { class: "run-note" },
    h("p", {}, parts.filter(Boolean).join(" · ")),
    reviewButtons(claim, ["right", "wrong", "ignore"], t("This passage is")),
  );
}

function pane(row, runs, run, { spans, side }) {
  const text = textOf(row);
  const title = h("h2", { dir: "auto" }, h("a", { href: articleAddress(row) }, shown(headline(row))));
  const box = h(
    "section",
    { class: "pane", tabindex: "0", role: "region", "aria-label": side === "left" ? t("Text of the first article") : t("Text of the second article") },
    h("header", {}, title, h("p", { class: "imprint" }, imprint(row)), agencies(row)),
  );
  if (!text) {
    const why = t("This report was made without texts.");
    return put(box, [h("p", { class: "note" }, `${why} ${t("The passage stands at {place}.", { place: `${run.start}:${run.end}` })}`)]);
  }
  const layers = layersOf(row, runs);
  layers.push({ start: run.start, end: run.end, kind: "active" });
  for (const span of spans || []) layers.push({ start: span.start, end: span.end, kind: "difference" });
  const numbers = new Map(runs.map((other, place) => [other, place + 1]));
  const reference = (passage) => h("span", { class: `reference reference-${passage.side}` }, numbers.get(passage));
  return put(box, [markedText(row, layers, reference, `${side}-`)]);
}

function toActive(box) {
  const mark = box.querySelector(".active");
  if (!mark) return;
  const lead = box.querySelector("header").offsetHeight + 16;
  box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - lead;
}
