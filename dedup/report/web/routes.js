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

function show(first) {
  const route = addressParts();
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
