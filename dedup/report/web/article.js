// One article: its text with every passage and credit marked, and what that rests on.

const CREDIT_KINDS = {
  dateline: t("dateline"), byline: t("byline"), tagline: t("credit line"), sign_off: t("sign-off"),
  copyright: t("copyright notice"), syndication: t("syndication notice"), end_mark: t("end mark"),
  metadata: t("metadata"), photo: t("photo credit (not of the text)"), told: t("told to it"),
  report_verb: t("reported by it"), according_to: t("according to it"), quoted_by: t("quoted by it"),
  agency_source: t("a source of it"), anaphora: t("“the agency”"), vague: t("names no agency"),
  republication: t("republication notice"),
};
const SCOPES = { article: t("covers the article"), paragraph: t("covers its paragraph"), sentence: t("covers its sentence") };

function articleAddress(row) {
  return `#/article/${idPart(row)}`;
}

function articleView(id, paragraph, query) {
  const row = ROW_OF.get(id);
  if (row === undefined) return missing(t("No article of this report has that id."));
  const partners = partnersOf(row);
  const out = leftOut(query);
  const body = h("section", { class: "body", "aria-label": t("Text") });
  const side = h("aside", { class: "side", "aria-label": t("What was found") });
  const refresh = () => {
    articleBody(body, row, { partners, out, change });
    articleSide(side, row, { partners, out, change });
  };
  const change = (part) => {
    const held = document.activeElement?.name;
    Object.assign(out, part);
    history.replaceState(null, "", articleAddress(row) + leftOutQuery(out));
    refresh();
    if (held) VIEW.querySelector(`[name="${CSS.escape(held)}"]`)?.focus();
  };
  refresh();
  return [
    h("p", { class: "up" }, h("a", { href: lastList() }, t("← All articles"))),
    h("h1", { tabindex: "-1", dir: "auto" }, shown(headline(row))),
    h("p", { class: "imprint" }, imprint(row), articleUrl(row), storyLink(row)),
    h("div", { class: "sheet" }, body, side),
  ];
}

function articleUrl(row) {
  const url = ARTICLES.url[row];
  if (!url) return "";
  const isWeb = /^https?:\/\//iu.test(url);
  return [" · ", isWeb ? h("a", { href: url, rel: "noopener noreferrer" }, bdi(url)) : bdi(url)];
}

function storyLink(row) {
  const others = (STORY_ROWS.get(ARTICLES.story_id[row]) || []).length - 1;
  if (others < 1) return "";
  return [" · ", h("a", { href: storyAddress(ARTICLES.story_id[row]) }, tn(others, "story with {n} other article", "story with {n} other articles"))];
}

function articleBody(body, row, { partners, out, change }) {
  body.replaceChildren();
  const passages = passagesOf(row);
  if (!textOf(row)) return put(body, [offsetsOnly(row, passages)]);
  const number = new Map(partners.map((partner) => [partner.other, partner.number]));
  const reference = (passage) => passageLink(row, passage, number.get(passage.other));
  const counted = countedPassages(passages, out).sort((a, b) => number.get(a.other) - number.get(b.other));
  return put(body, [
    unseenNote(textOf(row)),
    figuresBox(row, passages, out, change),
    markedText(row, layersOf(row, counted), reference, "p"),
  ]);
}

/** One sentence on characters that a reader does not see, where there are any. */
function unseenNote(text) {
  const { invisible, steering, mixed } = unseenIn(text);
  const most = 5;
  const parts = [
    invisible ? [tn(invisible, "{n} invisible character", "{n} invisible characters")] : null,
    steering ? [tn(steering, "{n} control character (written out below)", "{n} control characters (written out below)")] : null,
    mixed.length ? tnp(mixed.length, "{n} word in letters of two scripts: {words}", "{n} words in letters of two scripts: {words}", { words: [joined(mixed.slice(0, most).map(bdi), COMMA), mixed.length > most ? " …" : ""] }) : null,
  ].filter(Boolean);
  return parts.length ? h("p", { class: "note", id: "unseen" }, tp("Unseen in this text: {what}.", { what: joined(parts, t("; ")) })) : "";
}

function passageLink(row, passage, number) {
  if (passage.other < 0) return h("span", { class: "reference" }, number);
  const run = runsBetween(row, passage.other).findIndex((other) => other.start === passage.start && other.otherStart === passage.otherStart);
  const label = t("Source {number}: {words}, {kind}, {side}; side by side", { number, words: countWords(passage.words), kind: KINDS[passage.kind], side: SIDES[passage.side] });
  return h("a", { class: `reference reference-${passage.side}`, href: compareAddress(row, passage.other, run + 1), "aria-label": label }, number);
}

/** Where the report was made without texts: the passages as a table of places. */
function offsetsOnly(row, passages) {
  const note = h("p", { class: "note" }, t("This report was made without texts: places only."));
  if (!passages.length) return [note, h("p", {}, t("No match here."))];
  const head = h("tr", {}, [t("Paragraphs"), t("Offsets"), t("Words"), t("Shared with"), t("Kind")].map((name) => h("th", { scope: "col" }, name)));
  const lines = passages.map((passage) => h(
    "tr",
    {},
    h("td", {}, paragraphsOf(passage)), h("td", {}, `${passage.start}:${passage.end}`),
    h("td", {}, passage.words), h("td", {}, articleName(passage.other)),
    h("td", {}, [KINDS[passage.kind], SIDES[passage.side]].join(COMMA)),
  ));
  return [note, h("table", { class: "plain" }, h("thead", {}, head), h("tbody", {}, lines))];
}

function paragraphsOf(passage) {
  return passage.first === passage.last ? `¶${passage.first}` : `¶${passage.first}–${passage.last}`;
}

function articleName(row) {
  if (row < 0) return t("an article that is not listed");
  return h("a", { href: articleAddress(row), dir: "auto" }, shown(headline(row)));
}

function articleSide(side, row, { partners, out, change }) {
  const earlier = partners.filter((partner) => partner.side !== "given");
  const later = partners.filter((partner) => partner.side === "given");
  const silence = later.length ? t("Nothing here from an earlier article.") : t("No match here.");
  const cards = (list) => list.map((partner) => partnerCard(row, partner, out, change));
  side.replaceChildren();
  return put(side, [
    verdictCard(row),
    ARTICLES.uncredited_agencies[row].map((agency) => creditCard(row, agency)),
    card(t("Shared with"), cards(earlier), silence),
    later.length ? card(t("Taken up by"), cards(later)) : "",
    card(t("Names as a source"), attributionCards(row), t("No source is named.")),
  ]);
}

function card(title, items, empty) {
  return h(
    "section",
    { class: "card" },
    h("h2", {}, title),
    items.length ? h("ol", { class: "cards" }, items.map((item) => h("li", {}, item))) : h("p", { class: "muted" }, empty),
  );
}

function verdictCard(row) {
  const relation = RELATIONS[ARTICLES.relation[row]];
  const claim = { article_id: ARTICLES.article_id[row], verdict: ARTICLES.verdict[row] };
  return h(
    "section",
    { class: "card" },
    h("h2", {}, badge(row), " ", h("span", { class: "sure" }, t("{share} sure", { share: percent(ARTICLES.confidence[row]) }))),
    bar(row),
    relation ? h("p", {}, relation) : "",
    h("ul", { class: "reasons" }, ARTICLES.reasons[row].map((reason) => h("li", {}, reasonTold(reason)))),
    reviewButtons(claim, ["right", "wrong"], t("This verdict is")),
    rightVerdict(row),
  );
}

/** What a reviewer says the verdict is, where the report has it wrong. */
function rightVerdict(row) {
  if (!isJudged(ARTICLES.article_id[row])) return "";
  const claim = { article_id: ARTICLES.article_id[row] };
  const key = JSON.stringify([claim, "verdict"]);
  const choose = (event) => setLabel(key, event.target.value && { ...claim, verdict: event.target.value, mark: "right" });
  const option = (value, words) => h("option", { value, selected: (LABELS.get(key)?.verdict || "") === value }, words);
  const others = Object.keys(BADGES).filter((verdict) => verdict !== ARTICLES.verdict[row]);
  return h(
    "label",
    { class: "review" },
    t("It is rather"), " ",
    h("select", { on: { change: choose } }, option("", t("not said")), others.map((verdict) => option(verdict, VERDICT_WORDS[verdict]))),
  );
}

/** A sentence in which each ``¶3`` leads to that paragraph. */
function withPilcrows(sentence) {
  return sentence.split(/(¶\d+)/u).flatMap((part) => (/^¶\d+$/u.test(part) ? [pilcrow(part.slice(1))] : shown(part)));
}

function pilcrow(n) {
  return h("button", { type: "button", class: "pilcrow-link", dir: "ltr", "aria-label": t("Paragraph {n}", { n }), on: { click: () => toParagraph(n) } }, `¶${n}`);
}

function toParagraph(n) {
  const line = document.getElementById(`p${n}`);
  if (!line) return;
  document.querySelectorAll(".pointed").forEach((other) => other.classList.remove("pointed"));
  line.classList.add("pointed");
  line.scrollIntoView({ block: "center" });
}

function creditCard(row, agency) {
  const whole = ["wire_copy", "rewritten_wire"].includes(ARTICLES.verdict[row]) && ARTICLES.agencies[row].length === 1;
  const usual = whole ? marked("Source: {agency}") : marked("With inputs from {agency}");
  const form = DATA.credit_line || inLanguage(ARTICLES.language[row], usual);
  const line = form.replaceAll("{agency}", () => agencyName(agency));
  const field = h("input", { type: "text", readonly: true, dir: "auto", value: line, "aria-label": t("Credit line for {agency}", { agency: agencyName(agency) }), on: { focus: (event) => event.target.select() } });
  const tell = (words) => {
    announce(words);
    button.replaceChildren(words);
  };
  const copy = () => {
    field.select();
    const selected = () => tell(t("Selected: copy it with your keys."));
    if (navigator.clipboard) navigator.clipboard.writeText(line).then(() => tell(t("Copied.")), selected);
    else selected();
  };
  const button = h("button", { type: "button", on: { click: copy } }, t("Copy"));
  return h(
    "section",
    { class: "card credit-card" },
    h("h2", {}, tp("{agency} is not named", { agency: bdi(agencyName(agency)) })),
    h("p", {}, t("Text here goes back to it, and no credit in the article says so. A line to add:")),
    h("div", { class: "copy" }, field, button),
  );
}

function partnerCard(row, partner, out, change) {
  const listed = partner.other >= 0;
  const figures = [
    t("{share} of this article", { share: percent(shareOf(partner.words, row)) }),
    listed ? t("{share} of the other", { share: percent(shareOf(partner.otherWords, partner.other)) }) : null,
    countPassages(partner.runs.length), t("longest {words}", { words: countWords(partner.longest) }),
  ].filter(Boolean);
  const all = runsBetween(row, partner.other);
  return h(
    "div",
    { class: "partner" },
    h("p", {}, h("span", { class: `reference reference-${partner.side}` }, partner.number), " ", articleName(partner.other)),
    listed ? h("p", { class: "imprint" }, imprint(partner.other)) : "",
    h("p", {}, joined(figures, " · ")),
    h("p", { class: "muted" }, SIDES[partner.side]),
    partner.side === "given" || !textOf(row) ? "" : leaveOutSource(partner, out, change),
    listed ? h("p", {}, h("a", { class: "proof", href: compareAddress(row, partner.other, longestRun(all) + 1) }, t("Side by side at the longest passage"))) : "",
  );
}

function leaveOutSource({ other, number }, out, change) {
  const id = other < 0 ? "" : wellFormed(ARTICLES.article_id[other]);
  const toggle = (event) => {
    const sources = new Set(out.sources);
    if (event.target.checked) sources.add(id);
    else sources.delete(id);
    change({ sources });
  };
  const label = h("label", { class: "muted" }, h("input", { type: "checkbox", name: `source-${number}`, checked: out.sources.has(id), on: { change: toggle } }), t("leave this source out"));
  return h("p", { class: "leave-out-source" }, label, leaveOutOfAll(id));
}

function attributionCards(row) {
  return (ATTRIBUTIONS_OF.get(row) || []).map((place) => {
    const found = record(DATA.attributions, place);
    const name = found.agency ? h("strong", {}, bdi(agencyName(found.agency))) : h("strong", {}, t("no agency named"));
    const medium = found.agency && !found.is_agency ? ` ${t("(a medium, not an agency)")}` : "";
    const text = found.text || (found.n && textOf(row) ? textOf(row).slice(found.start, found.end) : "");
    return h(
      "div",
      {},
      h("p", {}, name, medium, " · ", CREDIT_KINDS[found.kind] || found.kind, " ", found.n ? pilcrow(found.n) : ""),
      text ? h("p", { class: "words-of-credit", dir: "auto" }, shown(text)) : "",
      h("p", { class: "muted" }, found.kind === "photo" ? t("credits a picture only") : SCOPES[found.scope] || ""),
    );
  });
}
