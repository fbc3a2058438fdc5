// The address decides what is shown: #/list?…, #/article/ID, #/compare/A/B/RUN, #/stories, …

const HOMES = { article: "list", compare: "list", story: "stories" };
let listAddressSeen = "#/list";
let opened = null;

function lastList() {
  return listAddressSeen;
}

function topAddress() {
  return lastList();
}

/** Change the address of the list without a step in the history: Back leads out of it. */
function rememberList(address) {
  listAddressSeen = address;
  history.replaceState(null, "", address);
}

function viewFor({ names, query }) {
  const [view, ...rest] = names;
  if (view === "" || view === "list") return listView(query);
  if (view === "article" && rest.length <= 2) return articleView(rest[0], rest[1], query);
  if (view === "compare" && rest.length >= 2) return compareView(rest[0], rest[1], rest[2]);
  if (view === "stories") return storiesView();
  if (view === "story" && rest.length === 1) return storyView(rest[0]);
  if (view === "paragraphs") return paragraphsView();
  if (view === "sources") return sourcesView();
  if (view === "run") return runView();
  return missing(t("This address leads nowhere here."));
}

/** The articles whose texts a view shows; those that share passages are known once it is open. */
function rowsFor({ names: [view, ...rest] }) {
  const rows = rest.map((id) => ROW_OF.get(id) ?? -1);
  if (view === "article") return [rows[0] ?? -1, ...partnersOf(rows[0]).map((partner) => partner.other)];
  if (view === "compare") return rows.slice(0, 2);
  if (view === "story") return STORY_ROWS.get(DATA.stories.story_id[storyPlace(rest[0])]) || [];
  if (view === "paragraphs") return DATA.reused.articles.map(([first]) => first);
  return [];
}

/** Show what the address says; what is not there yet is read first. */
function show(first) {
  const route = addressParts();
  const parts = missingParts(rowsFor(route));
  if (parts.length) {
    const asked = location.hash;
    const go = () => { if (location.hash === asked) show(first); };
    document.body.setAttribute("aria-busy", "true");
    openParts(parts).then(go, (failure) => failed(failure.message));
    return;
  }
  document.body.removeAttribute("aria-busy");
  draw(route, first);
}

function failed(address) {
  document.body.removeAttribute("aria-busy");
  const sentence = t("A part of this report cannot be opened: {file} is not beside this page, or belongs to another report.", { file: address });
  present(missing(sentence), "missing", "").focus();
}

function draw(route, first) {
  const view = route.names[0] || "list";
  const heading = present(viewFor(route), view, HOMES[view] || view);
  if (view === "list") listAddressSeen = location.hash || "#/list";
  if (view === "article") opened = route.names[1];
  settle(view, heading, first);
  if (view === "article" && route.names[2]) toParagraph(route.names[2]);
}

/** Put focus and scroll where the reader left them, or at the heading of a new view. */
function settle(view, heading, first) {
  const returning = view === "list" && opened !== null;
  const row = returning && ROW_OF.has(opened)
    ? VIEW.querySelector(`tr[data-row="${ROW_OF.get(opened)}"] .title`)
    : null;
  if (row) row.focus({ preventScroll: true });
  else if (!first) heading.focus({ preventScroll: true });
  window.scrollTo(0, SCROLLED.get(location.hash) || 0);
}

startFrame();
document.getElementById("labels-button").addEventListener("click", saveLabels);
showLabels();
show(true);
prepareFilter();
