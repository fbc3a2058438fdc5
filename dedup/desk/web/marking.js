// A reviewer's marks: stored in the index at once, and honoured by every later decision.
// The report keeps its marks in the browser; here the same buttons ask the server.

const CLAIM = ["article_id", "start", "end", "other_id", "kind", "direction", "agency", "attribution", "verdict"];
const MARKS = new Map();

function claimKey(claim) {
  return JSON.stringify(CLAIM.map((name) => String(claim[name] ?? "")));
}

function claimOf(key) {
  return Object.fromEntries(CLAIM.map((name, place) => [name, JSON.parse(key)[place] || null]));
}

async function loadMarks() {
  const answer = await ask("/api/labels");
  refill(MARKS, answer.rows.map((row) => [claimKey(row), row.mark]));
}

/** What a reviewer has said, by the keys that the article's view has for it. */
const LABELS = {
  get(key) {
    const [{ article_id: id }] = JSON.parse(key);
    const verdict = rightVerdicts(id)[0];
    return verdict && { verdict: verdict.verdict, mark: "right" };
  },
};

/** The marks that say what an article's verdict is. */
function rightVerdicts(id) {
  const claims = [...MARKS].filter(([, mark]) => mark === "right").map(([key]) => claimOf(key));
  return claims.filter((claim) => claim.article_id === id && claim.verdict);
}

/** Say what a verdict is, in the place of what was said before. */
function setLabel(key, label) {
  const [{ article_id: id }] = JSON.parse(key);
  return storeMarks(label ? [label] : [], rightVerdicts(id));
}

function isJudged(id) {
  return id !== DRAFT_ID;
}

/** Buttons with which a reviewer says whether a claim is right. ``claim``: columns of labels.csv. */
function reviewButtons(claim, marks, about) {
  if (!isJudged(claim.article_id) || !isJudged(claim.other_id)) return "";
  const key = claimKey(claim);
  const press = (mark) => (MARKS.get(key) === mark ? storeMarks([], [claim]) : storeMarks([{ ...claim, mark }], []));
  const buttons = marks.map((mark) => h(
    "button",
    { type: "button", "aria-pressed": String(MARKS.get(key) === mark), on: { click: () => press(mark) } },
    MARK_WORDS[mark],
  ));
  return h("div", { class: "review", role: "group", "aria-label": about }, h("span", {}, about), buttons, claim.verdict ? refutedVerdicts(claim) : "");
}

/** What was said to be wrong of verdicts that the article has no more: pressing takes it back. */
function refutedVerdicts({ article_id: id, verdict: shown }) {
  return [...MARKS.keys()].map(claimOf)
    .filter((claim) => claim.article_id === id && claim.verdict && claim.verdict !== shown && MARKS.get(claimKey(claim)) === "wrong")
    .map((claim) => h(
      "button",
      { type: "button", "aria-pressed": "true", on: { click: () => storeMarks([], [claim]) } },
      bdi(VERDICT_WORDS[claim.verdict]), ": ", MARK_WORDS.wrong,
    ));
}

/** Every mark on a line, with the button that takes it back: what it judged may be shown no more. */
function markLines() {
  return [...MARKS].map(([key, mark]) => {
    const claim = claimOf(key);
    const what = claim.verdict ? VERDICT_WORDS[claim.verdict] : claim.agency || claim.other_id;
    const place = claim.start && claim.end ? ` ${claim.start}–${claim.end}` : "";
    return h(
      "div",
      { class: "review", role: "group", "aria-label": claim.article_id },
      h("a", { href: `#/article/${encodeURIComponent(wellFormed(claim.article_id))}`, dir: "auto" }, shown(claim.article_id)),
      bdi(`${what || ""}${place}`),
      h("button", { type: "button", "aria-pressed": "true", on: { click: () => storeMarks([], [claim]) } }, MARK_WORDS[mark]),
    );
  });
}

async function storeMarks(marks, withdrawn) {
  announce(t("Storing…"));
  holdReview(true);
  const before = lastEntry;
  try {
    const answer = await ask("/api/labels", { marks, withdrawn });
    LISTED.clear();
    await loadMarks();
    const entries = (await ask(address("/api/changes", { since: before, limit: 1000 }))).rows;
    Object.assign(CHANGED, { address: location.hash, entries: entries.filter((entry) => entry.change === "changed") });
    await show(true);
    document.getElementById("changed")?.focus();
    announce(tn(answer.changed.length, "Stored; {n} verdict changed.", "Stored; {n} verdicts changed."));
  } catch (failure) {
    holdReview(false);
    document.querySelector(".review")?.append(h("p", { class: "silent", role: "alert" }, t("Not stored: {why}.", { why: failure.message })));
  }
}

function holdReview(disabled) {
  document.querySelectorAll(".review button, .review select").forEach((control) => { control.disabled = disabled; });
}

/** What the last mark has changed, told where it was given. */
const CHANGED = { address: "", entries: [] };

function withChanged(nodes) {
  const side = nodes.find((node) => node.className === "sheet")?.querySelector(".side");
  if (!side || CHANGED.address !== location.hash) return nodes;
  const line = (entry) => h(
    "li",
    {},
    h("a", { href: `#/article/${encodeURIComponent(wellFormed(entry.article_id))}`, dir: "auto" }, shown(entry.article?.headline || entry.article_id)),
    h("p", { class: "imprint" }, turnedVerdict(entry)),
  );
  side.prepend(h(
    "section",
    { class: "card", id: "changed", tabindex: "-1", "aria-label": t("What your mark changed") },
    h("h2", {}, t("What your mark changed")),
    CHANGED.entries.length ? h("ol", { class: "cards" }, CHANGED.entries.map(line)) : h("p", { class: "muted" }, t("No verdict is another one by it.")),
  ));
  return nodes;
}

function turnedVerdict({ former, verdict }) {
  const [before, now] = [VERDICT_WORDS[former.verdict], VERDICT_WORDS[verdict.verdict]];
  return before === now ? t("{verdict}; its figures or reasons are others", { verdict: now }) : t("{before} → {now}", { before, now });
}
