// New arrivals: what came into the index, and whose verdict changed, as it happens.

const ARRIVED = []; // the newest first
const MOST_ARRIVED = 300;
let feed = null;
let lastEntry = 0;
let unseen = 0;
let isDeaf = false; // whether the feed is not heard just now
const LISTEN_AGAIN = 10000; // milliseconds before the feed is asked for again where it was refused

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
  feed.addEventListener("open", () => heard(true));
  feed.addEventListener("error", () => heard(false));
}

/** Say where arrivals are not heard; the browser asks again by itself, but for where it was refused. */
function heard(isOpen) {
  isDeaf = !isOpen;
  const deaf = document.getElementById("deaf");
  if (deaf) deaf.hidden = isOpen;
  if (feed?.readyState === EventSource.CLOSED) setTimeout(listen, LISTEN_AGAIN);
}

function arrived(entry, live) {
  lastEntry = Math.max(lastEntry, entry.number);
  ARRIVED.unshift(entry);
  ARRIVED.length = Math.min(ARRIVED.length, MOST_ARRIVED);
  LISTED.delete(entry.article_id);
  if (!live) return;
  sayFacts({ articles: facts.articles + ({ added: 1, removed: -1, expired: -1 }[entry.change] || 0) });
  if (entry.alert.length && isWatched(entry)) alarm(entry);
  const list = document.getElementById("arrivals");
  if (!list || viewShown() !== "watch") return;
  holdArrived();
  if (isWatched(entry)) list.prepend(arrivalLine(entry));
  while (list.children.length > MOST_ARRIVED) list.lastElementChild.remove();
  sayArrivals();
}

const facts = { articles: 0, version: "" };

/** Say how much the index holds, as far as is known. */
function sayFacts(known) {
  Object.assign(facts, known);
  document.getElementById("facts").replaceChildren(`${countArticles(facts.articles)} · `, bdi(`dedup ${facts.version}`));
}

function holdArrived() {
  hold([], ARRIVED.map((entry) => entry.article).filter(Boolean));
}

/** What a reader wants to hear of: kept by the browser, and by no one else. */
const WATCHED = { publisher: "", agency: "", silent: false, ...remembered("dedup watched") };

function isWatched(entry) {
  const named = [...(entry.verdict?.agencies || []), ...entry.alert];
  return (!WATCHED.publisher || entry.article?.publisher === WATCHED.publisher)
    && (!WATCHED.agency || named.includes(WATCHED.agency))
    && (!WATCHED.silent || entry.alert.length > 0);
}

/** An alert is said, counted, and stands on the page, whatever it shows, until it is put away. */
function alarm(entry) {
  unseen += 1;
  showAlerts();
  const box = document.getElementById("alarm");
  const away = () => {
    putAway();
    VIEW.focus({ preventScroll: true });
  };
  const name = entry.article?.headline || entry.article_id;
  box.replaceChildren(
    h("p", {}, h("strong", {}, tp("Not named: {agencies}.", { agencies: agencyList(entry.alert) })), " ",
      h("a", { href: `#/article/${encodeURIComponent(wellFormed(entry.article_id))}`, dir: "auto" }, shown(name)),
      entry.article?.publisher ? [" · ", bdi(entry.article.publisher)] : ""),
    h("button", { type: "button", id: "alarm-away", on: { click: away } }, t("Put away")),
  );
  box.hidden = false;
}

function putAway() {
  const box = document.getElementById("alarm");
  box.hidden = true;
  box.replaceChildren();
}

/** An alert has been seen where its article is opened, or the list that it stands in. */
function seeAlarm() {
  const link = document.querySelector("#alarm a");
  if (link && (viewShown() === "watch" || link.getAttribute("href") === location.hash)) putAway();
}

function showAlerts() {
  const badge = document.getElementById("alerts");
  badge.hidden = unseen === 0;
  badge.textContent = unseen ? countAlerts(unseen) : "";
}

function countAlerts(n) {
  return tn(n, "{n} alert", "{n} alerts");
}

const HAPPENED = { added: t("came in"), changed: t("verdict changed"), removed: t("taken out"), expired: t("grown old") };

function watchView() {
  unseen = 0;
  showAlerts();
  holdArrived();
  const list = h("ol", { class: "arrivals", id: "arrivals" });
  const refresh = () => {
    remember("dedup watched", WATCHED);
    list.replaceChildren(...ARRIVED.filter(isWatched).map(arrivalLine));
    sayArrivals();
  };
  list.append(...ARRIVED.filter(isWatched).map(arrivalLine));
  return [
    h("h1", { tabindex: "-1" }, t("Arrivals")),
    h("p", { class: "limit" }, t("New articles and changed verdicts, as they happen. An alert is an article that goes back to an agency which it does not name.")),
    h("p", { class: "note", id: "deaf", role: "status", hidden: !isDeaf }, t("New arrivals are not heard just now; the page tries again by itself.")),
    watchControls(refresh),
    h("p", { class: "counter", id: "counter" }, arrivalsSentence()),
    list,
  ];
}

function arrivalsSentence() {
  const found = ARRIVED.filter(isWatched);
  if (!ARRIVED.length) return t("Nothing has come in yet.");
  const alerts = countAlerts(found.filter((entry) => entry.alert.length).length);
  return tn(ARRIVED.length, "{found} of {n} entry, {alerts}", "{found} of {n} entries, {alerts}", { found: figureOf(found.length), alerts });
}

function sayArrivals() {
  document.getElementById("counter")?.replaceChildren(arrivalsSentence());
}

/** What is listed here is also what alerts are given for, on every view. */
function watchControls(refresh) {
  const choice = (name, label, every, known) => {
    const options = [...new Set([...known, WATCHED[name]])].filter(Boolean).sort();
    const change = (event) => { WATCHED[name] = event.target.value; refresh(); };
    return h(
      "select",
      { id: `watch-${name}`, "aria-label": label, on: { change } },
      h("option", { value: "" }, every),
      options.map((value) => h("option", { value, selected: value === WATCHED[name] }, name === "agency" ? agencyName(value) : shown(value))),
    );
  };
  const silent = (event) => { WATCHED.silent = event.target.checked; refresh(); };
  return h(
    "div",
    { class: "controls", role: "search", "aria-label": t("Which arrivals") },
    choice("publisher", t("Outlet"), t("Every outlet"), ARRIVED.map((entry) => entry.article?.publisher)),
    choice("agency", t("Agency"), t("Every agency"), ARRIVED.flatMap((entry) => [...(entry.verdict?.agencies || []), ...entry.alert])),
    h("label", {}, h("input", { type: "checkbox", id: "watch-silent", checked: WATCHED.silent, on: { change: silent } }), " ", t("alerts only")),
  );
}

function arrivalLine(entry) {
  const row = entry.article ? rowFor(entry.article.article_id) : undefined;
  return h(
    "li",
    { class: entry.alert.length ? "alert" : null },
    h("p", { class: "muted" }, moment(entry.at), " · ", HAPPENED[entry.change], turnOf(entry)),
    row === undefined
      ? h("p", {}, bdi(entry.article_id))
      : h("p", {}, badge(row), " ", h("a", { class: "title", href: articleAddress(row), dir: "auto" }, shown(headline(row)))),
    row === undefined ? "" : h("p", { class: "imprint" }, imprint(row)),
    entry.alert.length
      ? h("p", { class: "silent" }, tp("Alert: does not name {agencies}", { agencies: agencyList(entry.alert) }))
      : "",
  );
}

/** What a verdict was, where it is another one now. */
function turnOf(entry) {
  const [before, now] = [entry.former?.verdict, entry.verdict?.verdict];
  return entry.change === "changed" && before && before !== now ? ` · ${t("was: {verdict}", { verdict: VERDICT_WORDS[before] })}` : "";
}
