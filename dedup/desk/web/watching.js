// New arrivals: what came into the index, and whose verdict changed, as it happens.

const ARRIVED = []; // the newest first
const MOST_ARRIVED = 300;
let feed = null;
let lastEntry = 0;
let unseen = 0;

/** Take the latest entries, then listen; a page that is not looked at does not hold a connection. */
async function watchFeed(entries) {
  const answer = await ask(address("/api/changes", { since: Math.max(0, entries - 50), limit: 50 }));
  lastEntry = entries;
  for (const entry of answer.rows) arrived(entry, false);
  document.addEventListener("visibilitychange", listen);
  listen();
}

function listen() {
  feed?.close();
  feed = null;
  if (document.visibilityState !== "visible") return;
  feed = new EventSource(`/api/arrivals?since=${lastEntry}`);
  feed.addEventListener("message", (event) => arrived(JSON.parse(event.data), true));
}

function arrived(entry, live) {
  lastEntry = Math.max(lastEntry, entry.number);
  ARRIVED.unshift(entry);
  ARRIVED.length = Math.min(ARRIVED.length, MOST_ARRIVED);
  LISTED.delete(entry.article_id);
  if (!live) return;
  if (entry.alert.length) {
    unseen += 1;
    announce(`${entry.article?.headline || entry.article_id} does not name ${entry.alert.map(agencyName).join(", ")}`);
  }
  if (viewShown() === "watch") show(true);
  else showAlerts();
}

function showAlerts() {
  const badge = document.getElementById("alerts");
  badge.hidden = unseen === 0;
  badge.textContent = unseen ? count(unseen, "alert") : "";
}

const HAPPENED = { added: "came in", changed: "verdict changed", removed: "taken out", expired: "grown old" };

function watchView() {
  unseen = 0;
  showAlerts();
  hold([], ARRIVED.map((entry) => entry.article).filter(Boolean));
  const note = h("p", { class: "limit" }, "New articles and changed verdicts, as they happen. An alert is an article that goes back to an agency which it does not name.");
  return [
    h("h1", { tabindex: "-1" }, "Arrivals"),
    note,
    ARRIVED.length
      ? h("ol", { class: "arrivals", id: "arrivals" }, ARRIVED.map(arrivalLine))
      : h("p", { class: "empty" }, "Nothing has come in yet."),
  ];
}

function arrivalLine(entry) {
  const row = entry.article ? rowFor(entry.article.article_id) : undefined;
  const change = entry.change === "changed" && entry.former?.verdict !== entry.verdict?.verdict
    ? `was ${VERDICTS[entry.former?.verdict] || "new"}` : "";
  return h(
    "li",
    { class: entry.alert.length ? "alert" : null },
    h("p", { class: "muted" }, moment(entry.at), " · ", HAPPENED[entry.change], change ? ` · ${change}` : ""),
    row === undefined
      ? h("p", {}, bdi(entry.article_id))
      : h("p", {}, badge(row), " ", h("a", { class: "title", href: articleAddress(row), dir: "auto" }, shown(headline(row)))),
    row === undefined ? "" : h("p", { class: "imprint" }, imprint(row)),
    entry.alert.length
      ? h("p", { class: "silent" }, "Alert: does not name ", joined(entry.alert.map((id) => bdi(agencyName(id))), ", "))
      : "",
  );
}
