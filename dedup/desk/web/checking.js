// The draft: a text that is pasted, dropped or typed, and what is said of it while it is.

const DRAFT_ID = "-";
const DRAFT = { text: "", title: "", publisher: "", published_at: "", answer: null, checked: "" };
const PAUSE = 300; // milliseconds without a key before the desk is asked
const DROPPED = 2000000; // bytes of a file that is dropped
const PATIENCE = 1500; // milliseconds before an answer that was cut short is asked for again
let asked = null;
let again = 0;

/** The draft as an answer on an article. */
function draftWhole() {
  const article = { ...DRAFT.answer.article, text: DRAFT.checked, url: null, authors: [] };
  return { ...DRAFT.answer, article };
}

function draftOthers() {
  const ids = new Set(DRAFT.answer.matches.flatMap((match) => [match.article_id, match.other_id]));
  ids.delete(DRAFT_ID);
  return [...ids];
}

function checkView() {
  const found = h("div", { class: "found", id: "found" });
  const refresh = () => found.replaceChildren(...foundNodes());
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => checkDraft(refresh), PAUSE);
  };
  const put = (text) => {
    DRAFT.text = text;
    area.value = text;
    checkDraft(refresh);
  };
  const area = h("textarea", {
    id: "draft", rows: 22, spellcheck: "false", dir: "auto", "aria-describedby": "draft-hint",
    on: {
      input: () => { DRAFT.text = area.value; later(); },
      dragover: (event) => event.preventDefault(),
      drop: (event) => dropped(event, put),
    },
  });
  area.value = DRAFT.text;
  refresh();
  return [
    h("h1", { tabindex: "-1" }, "Where does this text come from?"),
    h(
      "div",
      { class: "desk" },
      h(
        "section",
        { class: "draft", "aria-label": "The text" },
        h("label", { for: "draft" }, "Text"),
        area,
        h("p", { class: "muted", id: "draft-hint" }, "Paste it, type it, or drop a file here. It is checked while you type, and not stored."),
        draftFields(later),
      ),
      h("section", { "aria-label": "What was found" }, found),
    ),
  ];
}

/** What is known of the draft beside its text: without a time, no order can be told. */
function draftFields(later) {
  const field = (name, label, hint) => {
    const input = h("input", { type: "text", id: `draft-${name}`, placeholder: hint, autocomplete: "off", on: { input: () => { DRAFT[name] = input.value; later(); } } });
    input.value = DRAFT[name];
    return h("div", {}, h("label", { for: `draft-${name}` }, label), input);
  };
  const now = () => {
    const input = document.getElementById("draft-published_at");
    DRAFT.published_at = input.value = `${new Date().toISOString().slice(0, 16)}Z`;
    later();
  };
  return h(
    "details",
    { class: "fields", open: Boolean(DRAFT.title || DRAFT.publisher || DRAFT.published_at) },
    h("summary", {}, "Headline, outlet, time"),
    field("title", "Headline", ""),
    field("publisher", "Outlet", "example.org"),
    field("published_at", "Published", "2026-08-15T10:00Z; empty where it is not known"),
    h("button", { type: "button", on: { click: now } }, "It is published now"),
  );
}

async function dropped(event, put) {
  const [file] = event.dataTransfer.files;
  const text = file ? null : event.dataTransfer.getData("text/plain");
  if (!file && !text) return;
  event.preventDefault();
  if (file && file.size > DROPPED) announce("This file is too large to be an article.");
  else put(file ? await file.text() : text);
}

/** Ask about the draft as it is now; a question on a former state of it is given up. */
async function checkDraft(refresh) {
  asked?.abort();
  clearTimeout(again);
  if (!DRAFT.text.trim()) {
    Object.assign(DRAFT, { answer: null, checked: "", failure: "" });
    refresh();
    return;
  }
  asked = new AbortController();
  const { signal } = asked;
  const { text, title, publisher, published_at } = DRAFT;
  document.getElementById("found")?.setAttribute("aria-busy", "true");
  try {
    const answer = await ask("/api/check", { text, title, publisher, published_at }, signal);
    const before = DRAFT.answer?.article.verdict;
    for (const row of answer.others) LISTED.set(row.article_id, row);
    Object.assign(DRAFT, { answer, checked: text, failure: "" });
    await listedOf(draftOthers(), signal);
    if (!answer.complete) again = setTimeout(() => checkDraft(refresh), PATIENCE);
    if (before !== answer.article.verdict) setTimeout(() => announce(draftSentence()), 0);
  } catch (failure) {
    if (failure.name === "AbortError") return;
    if (failure instanceof Locked) {
      show(false);
      return;
    }
    DRAFT.failure = failure.message;
  }
  document.getElementById("found")?.removeAttribute("aria-busy");
  refresh();
}

function draftSentence() {
  const { article, credit_lines: lines } = DRAFT.answer;
  const silent = lines.length ? ` Not named: ${lines.map((line) => line.name).join(", ")}.` : "";
  return `${percent(article.copied_share)} of ${count(article.words, "word")} shared with other articles.${silent}`;
}

function foundNodes() {
  const failure = DRAFT.failure ? h("p", { class: "note", role: "alert" }, `Not checked: ${DRAFT.failure}`) : "";
  if (!DRAFT.answer) return [failure || h("p", { class: "muted empty" }, "What is found stands here.")].flat();
  hold([draftWhole()], draftOthers().map((id) => LISTED.get(id)).filter(Boolean));
  const row = ROW_OF.get(DRAFT_ID);
  const partial = DRAFT.answer.complete ? "" : h("p", { class: "note" }, "This is what could be said in time; not everything was looked at.");
  return [
    failure, partial,
    h("p", { class: "summary", id: "draft-sentence" }, draftSentence()),
    verdictCard(row),
    ...ARTICLES.uncredited_agencies[row].map((agency) => creditCard(row, agency)),
    h("h2", {}, "Paragraph by paragraph"),
    h("ol", { class: "ledger", id: "ledger" }, DRAFT.answer.paragraphs.map((paragraph) => ledgerLine(row, paragraph))),
    h("p", {}, h("a", { href: articleAddress(row) }, "The whole text with every passage marked")),
  ].filter((node) => node !== "");
}

const QUIET_ROLES = { promo: "promo", caption: "caption", credit: "credit line", boilerplate: "boilerplate", heading: "heading", headline: "headline" };

/** Where one paragraph comes from, which agency that is, and whether it is named. */
function ledgerLine(row, paragraph) {
  const letters = [...paragraph.text.slice(0, 400).trim().replace(/\s+/gu, " ")];
  const text = letters.length > 120 ? `${letters.slice(0, 120).join("")}…` : letters.join("");
  return h(
    "li",
    { class: paragraph.reuse ? "taken" : "own" },
    h("p", { class: "opening", dir: "auto" }, h("bdi", { class: "pilcrow" }, `¶${paragraph.n}`), shown(text)),
    h("p", { class: "origin" }, originOf(row, paragraph)),
    agencyLine(paragraph),
  );
}

function originOf(row, paragraph) {
  if (!paragraph.reuse) return h("span", { class: "muted" }, QUIET_ROLES[paragraph.role] || "no match here");
  const other = rowFor(paragraph.source_id);
  const words = paragraph.direction === "unknown" ? `${paragraph.reuse}, order not known: ` : `${paragraph.reuse}, from `;
  if (other === undefined) return [words, bdi(paragraph.source_id)];
  const runs = runsBetween(row, other);
  const run = runs.findIndex((one) => one.start < paragraph.end && one.end > paragraph.start);
  return [
    words,
    h("a", { class: "proof", href: compareAddress(row, other, run < 0 ? "" : run + 1), dir: "auto" }, shown(headline(other))),
    h("span", { class: "imprint" }, " · ", imprint(other)),
  ];
}

function agencyLine(paragraph) {
  const named = (ATTRIBUTIONS_OF.get(ROW_OF.get(DRAFT_ID)) || [])
    .map((place) => record(DATA.attributions, place))
    .filter((found) => found.n === paragraph.n && found.agency)
    .map((found) => found.agency);
  const ids = [...new Set(paragraph.agencies || [])];
  const names = joined(ids.map((id) => bdi(agencyName(id))), ", ");
  const how = { named: "named here", article: "covered by the article’s credit", none: "not named" };
  const parts = [];
  if (ids.length) parts.push(h("span", { class: paragraph.credit === "none" ? "silent" : null }, names, ": ", how[paragraph.credit] || "named"));
  const others = [...new Set(named)].filter((id) => !ids.includes(id));
  if (others.length) parts.push(h("span", {}, "names ", joined(others.map((id) => bdi(agencyName(id))), ", ")));
  return parts.length ? h("p", { class: "agencies" }, parts) : "";
}
