// The draft: a text that is pasted, dropped or typed, and what is said of it while it is.

const DRAFT_ID = "-";
const DRAFT = { text: "", title: "", publisher: "", published_at: "", answer: null, checked: "" };
const PAUSE = 300; // milliseconds without a key before the desk is asked
const DROPPED = 2000000; // bytes of a file that is dropped
const MOST_LINES = 400; // paragraphs that are told one by one
const PATIENCE = 1500; // milliseconds before an answer that was cut short is asked for again
let asked = null;
let again = 0;

const KEPT = "dedup draft";
document.getElementById("languages").addEventListener("click", keepDraft);
takeDraft();

/** The draft outlives a change of the page's language, in this tab and for that long. */
function keepDraft() {
  const { text, title, publisher, published_at } = DRAFT;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ text, title, publisher, published_at }));
  } catch {
    // the draft begins anew
  }
}

function takeDraft() {
  try {
    Object.assign(DRAFT, JSON.parse(sessionStorage.getItem(KEPT)));
    sessionStorage.removeItem(KEPT);
  } catch {
    // a browser that keeps nothing has kept no draft
  }
}

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
  const refuse = (failure) => {
    Object.assign(DRAFT, { failure });
    refresh();
  };
  const area = h("textarea", {
    id: "draft", rows: 22, spellcheck: "false", dir: "auto", "aria-describedby": "draft-hint",
    on: {
      input: () => { DRAFT.text = area.value; later(); },
      dragover: (event) => event.preventDefault(),
      drop: (event) => dropped(event, put, refuse),
    },
  });
  area.value = DRAFT.text;
  refresh();
  if (DRAFT.text && !DRAFT.answer) checkDraft(refresh);
  return [
    h("h1", { tabindex: "-1" }, t("Where does this text come from?")),
    h(
      "div",
      { class: "desk" },
      h(
        "section",
        { class: "draft", "aria-label": t("The text") },
        h("label", { for: "draft" }, t("Text")),
        area,
        h("p", { class: "muted", id: "draft-hint" }, t("Paste it, type it, or drop a file here. It is checked while you type, and not stored.")),
        draftFields(later),
      ),
      h("section", { "aria-label": t("What was found") }, found),
    ),
  ];
}

/** What is known of the draft beside its text: without a time, no order can be told. */
function draftFields(later) {
  const field = (name, label, hint) => {
    const input = h("input", { type: "text", id: `draft-${name}`, dir: "auto", placeholder: hint, autocomplete: "off", on: { input: () => { DRAFT[name] = input.value; later(); } } });
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
    h("summary", {}, t("Headline, outlet, time")),
    field("title", t("Headline"), ""),
    field("publisher", t("Outlet"), "example.org"),
    field("published_at", t("Published"), t("{example}; empty where it is not known", { example: "2026-08-15T10:00Z" })),
    h("button", { type: "button", on: { click: now } }, t("It is published now")),
  );
}

/** A file's words in the place of the draft; ``refuse`` says why they are not. */
async function dropped(event, put, refuse) {
  const [file] = event.dataTransfer.files;
  const text = file ? null : event.dataTransfer.getData("text/plain");
  if (!file && !text) return;
  event.preventDefault();
  if (file && file.size > DROPPED) {
    refuse(t("this file is too large to be an article"));
    return;
  }
  const words = file ? wordsIn(await file.arrayBuffer()) : text;
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000e-\u001a]/u.test(words)) refuse(t("this file is no plain text: open it where it was written, and paste its words"));
  else put(words);
}

/** The words of a file: UTF-8, UTF-16 that says so, or as Western European machines wrote it. */
function wordsIn(bytes) {
  const [first, second] = new Uint8Array(bytes);
  const marked16 = { 0xfffe: "utf-16le", 0xfeff: "utf-16be" }[first * 256 + second];
  try {
    return new TextDecoder(marked16 || "utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
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
  const silent = lines.length ? [" ", tp("Not named: {agencies}.", { agencies: joined(lines.map((line) => bdi(line.name)), COMMA) })] : "";
  const share = percent(article.copied_share);
  return [tn(article.words, "{share} of {n} word shared with other articles.", "{share} of {n} words shared with other articles.", { share }), silent];
}

function foundNodes() {
  const failure = DRAFT.failure ? h("p", { class: "note", role: "alert" }, t("Not checked: {why}.", { why: DRAFT.failure })) : "";
  if (!DRAFT.answer) return [failure || h("p", { class: "muted empty" }, t("What is found stands here."))].flat();
  hold([draftWhole()], draftOthers().map((id) => LISTED.get(id)).filter(Boolean));
  const row = ROW_OF.get(DRAFT_ID);
  const seen = new Set();
  const partial = DRAFT.answer.complete ? "" : h("p", { class: "note" }, t("This is what could be said in time; not everything was looked at."));
  return [
    failure, partial,
    h("p", { class: "summary", id: "draft-sentence" }, draftSentence()),
    verdictCard(row),
    ...ARTICLES.uncredited_agencies[row].map((agency) => creditCard(row, agency)),
    h("h2", {}, t("Paragraph by paragraph")),
    h("ol", { class: "ledger", id: "ledger" }, DRAFT.answer.paragraphs.slice(0, MOST_LINES).map((paragraph) => ledgerLine(row, paragraph, seen))),
    DRAFT.answer.paragraphs.length > MOST_LINES ? h("p", { class: "note" }, t("The first {n} paragraphs; all of them stand in the whole text.", { n: figureOf(MOST_LINES) })) : "",
    h("p", {}, h("a", { href: articleAddress(row) }, t("The whole text with every passage marked"))),
  ].filter((node) => node !== "");
}

const QUIET_ROLES = {
  promo: t("promo"), caption: t("caption"), credit: t("credit line"), boilerplate: t("boilerplate"),
  heading: t("heading"), headline: t("headline"),
};

/** Where one paragraph comes from, which agency that is, and whether it is named; ``seen``: the sources told above it. */
function ledgerLine(row, paragraph, seen) {
  const letters = [...paragraph.text.slice(0, 400).trim().replace(/\s+/gu, " ")];
  const text = letters.length > 120 ? `${letters.slice(0, 120).join("")}…` : letters.join("");
  return h(
    "li",
    { class: paragraph.reuse ? "taken" : "own" },
    h("p", { class: "opening", dir: "auto" }, h("bdi", { class: "pilcrow" }, `¶${paragraph.n}`), shown(text)),
    h("p", { class: "origin" }, originOf(row, paragraph, seen)),
    agencyLine(row, paragraph),
  );
}

function originOf(row, paragraph, seen) {
  if (!paragraph.reuse) return h("span", { class: "muted" }, QUIET_ROLES[paragraph.role] || t("no match here"));
  const other = rowFor(paragraph.source_id);
  const told = (article) => {
    const values = { kind: KINDS[paragraph.reuse], article };
    return paragraph.direction === "unknown" ? tp("{kind}, order not known: {article}", values) : tp("{kind}, from {article}", values);
  };
  if (other === undefined) return told(bdi(paragraph.source_id));
  const runs = runsBetween(row, other);
  const run = runs.findIndex((one) => one.start < paragraph.end && one.end > paragraph.start);
  const link = h("a", { class: "proof", href: compareAddress(row, other, run < 0 ? "" : run + 1), dir: "auto" }, shown(headline(other)));
  const known = seen.has(other);
  seen.add(other);
  return [told(link), known ? "" : h("span", { class: "imprint" }, " · ", imprint(other))];
}

/** The agencies that a paragraph goes back to, and how each is named, and those that it names besides. */
function agencyLine(row, paragraph) {
  const named = (ATTRIBUTIONS_OF.get(ROW_OF.get(DRAFT_ID)) || [])
    .map((place) => record(DATA.attributions, place))
    .filter((found) => found.n === paragraph.n && found.agency)
    .map((found) => found.agency);
  const ids = [...new Set(paragraph.agencies || [])];
  const isSilent = (id) => ARTICLES.uncredited_agencies[row].includes(id) || paragraph.credit === "none";
  const [silent, credited] = [ids.filter(isSilent), ids.filter((id) => !isSilent(id))];
  const others = [...new Set(named)].filter((id) => !ids.includes(id));
  const how = paragraph.credit === "article" ? marked("{agencies}: covered by the article’s credit") : marked("{agencies}: named here");
  const part = (message, some, kind) => (some.length ? h("span", { class: kind }, tp(message, { agencies: agencyList(some) })) : "");
  const parts = [part(marked("{agencies}: not named"), silent, "silent"), part(how, credited), part(marked("names {agencies}"), others)];
  return ids.length + others.length ? h("p", { class: "agencies" }, parts) : "";
}
