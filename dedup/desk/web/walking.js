// The address decides what is shown: #/check, #/watch, #/list?…, #/article/ID, #/compare/A/B/RUN, …

const HOMES = { article: "list", compare: "list", story: "stories" };
let listSeen = "#/list";
let turn = 0;
let locked = "";

function lastList() {
  return listSeen;
}

/** The desk's lists are the server's: they leave nothing out. */
function leaveOutOfAll() {
  return "";
}

function topAddress() {
  return "#/check";
}

function viewShown() {
  return addressParts().names[0] || "check";
}

/** One article whole: the draft, or what the index has. */
async function whole(id) {
  if (id === DRAFT_ID && DRAFT.text && !DRAFT.answer) await checkDraft(() => {});
  if (id !== DRAFT_ID || !DRAFT.answer) return ask(address("/api/article", { id }));
  return { ...draftWhole(), others: await listedOf(draftOthers()) };
}

async function nodesFor({ names, query }) {
  if (locked) return tokenView(locked, begin);
  const [view, ...rest] = names;
  if (view === "" || view === "check") return checkView();
  if (view === "watch") return watchView();
  if (view === "list") return browseView(query);
  if (view === "stories") return eventsView(query);
  if (view === "story" && rest.length === 1) return eventView(rest[0]);
  if (view === "tables") return tablesView();
  if (view === "article" && rest.length <= 2) {
    const found = await whole(rest[0]);
    hold([found], found.others);
    return withChanged(withStory(withBehind(articleView(rest[0], rest[1], query), found), found));
  }
  if (view === "compare" && rest.length >= 2) {
    const both = [await whole(rest[0]), await whole(rest[1])];
    hold(both, both.flatMap((one) => one.others));
    return compareView(rest[0], rest[1], rest[2]);
  }
  return missing(t("This address leads nowhere here."));
}

/** Lead from an article to its story, where that is laid out. */
function withStory(nodes, { article, behind }) {
  const line = nodes.find((node) => node.className === "imprint");
  const alone = behind && article.story_id === article.article_id;
  if (line && article.article_id !== DRAFT_ID && !alone) put(line, [" · ", h("a", { href: storyAddress(article.story_id) }, t("its story"))]);
  return nodes;
}

/** Say where the index has grown since passages were looked for. */
function withBehind(nodes, { behind }) {
  if (!behind) return nodes;
  const again = h("button", { type: "button", on: { click: () => show(false) } }, t("Look again"));
  const said = t("The verdict is today’s; passages are as they were before the index last changed, and follow in a moment.");
  return [...nodes.slice(0, 2), h("p", { class: "note", id: "behind" }, said, " ", again), ...nodes.slice(2)];
}

async function show(still) {
  turn += 1;
  const mine = turn;
  const view = viewShown();
  let nodes;
  try {
    nodes = await nodesFor(addressParts());
  } catch (failure) {
    nodes = failure instanceof Locked
      ? tokenView(failure.message, begin)
      : missing(standing(failure.message));
  }
  if (mine !== turn) return;
  const focused = document.activeElement?.id;
  const ofDraft = /^#\/(article|compare)\/-(\/|$)/u.test(location.hash);
  const heading = present(nodes, view, ofDraft ? "check" : HOMES[view] || view);
  if (view === "list") listSeen = location.hash;
  seeAlarm();
  if (ofDraft) {
    const up = VIEW.querySelector(".up a");
    up?.setAttribute("href", "#/check");
    up?.replaceChildren(t("← The draft"));
  }
  settleView(view, heading, still, focused);
}

/** Put focus and scroll where they belong. */
function settleView(view, heading, still, focused) {
  const same = focused && ["filter", "draft"].includes(focused) ? document.getElementById(focused) : null;
  if (same) {
    same.focus({ preventScroll: true });
    same.setSelectionRange?.(same.value.length, same.value.length);
  } else if (!still) heading.focus({ preventScroll: true });
  if (!still) window.scrollTo(0, SCROLLED.get(location.hash) || 0);
  document.body.dataset.shown = String(turn);
  if (view === "article" && addressParts().names[2]) toParagraph(addressParts().names[2]);
}

/** Swap a token in the address for the cookie, so that it stays in no history. */
async function unlock() {
  const token = /^#token=(.+)$/u.exec(location.hash)?.[1];
  if (!token) return;
  history.replaceState(null, "", "#/check");
  await ask("/api/session", { token });
}

/** What the page knows before it shows anything; shown again where a token was asked for. */
async function begin() {
  locked = "";
  try {
    await unlock();
    await loadMarks();
    await learn();
  } catch (failure) {
    if (failure instanceof Locked) locked = failure.message;
    else sayWaiting(failure.message);
  }
  await show(true);
}

/** Say why it is not known yet how much the index holds. */
function sayWaiting(why) {
  document.getElementById("facts").textContent = standing(why);
  announce(standing(why));
}

/** What is in the index; where its tables are still laid out, as soon as they are. */
async function learn() {
  let stats;
  try {
    stats = await ask("/api/stats");
  } catch (failure) {
    if (failure instanceof Locked) throw failure;
    sayWaiting(failure.message);
    setTimeout(() => learn().then(() => show(true), () => begin()), PATIENCE);
    return;
  }
  Object.assign(DATA.names, stats.agency_names);
  sayFacts({ articles: stats.articles, version: stats.version });
  await watchFeed(stats.changes);
}

startFrame();
begin();
