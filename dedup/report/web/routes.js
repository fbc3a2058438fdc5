// The address decides what is shown: #/list?…, #/article/ID, #/compare/A/B/RUN, #/stories, …

const VIEW = document.getElementById("view");
const HELP = document.getElementById("help");
const SCROLLED = new Map();
const HOMES = { "": "list", article: "list", compare: "list", story: "stories" };
let listAddressSeen = "#/list";
let opened = null;

function lastList() {
  return listAddressSeen;
}

/** Change the address of the list without a step in the history: Back leads out of it. */
function rememberList(address) {
  listAddressSeen = address;
  history.replaceState(null, "", address);
}

function missing(sentence) {
  return [
    h("h1", { tabindex: "-1" }, "Not in this report"),
    h("p", {}, sentence),
    h("p", {}, h("a", { href: "#/list" }, "To the list of articles")),
  ];
}

function parts(hash) {
  const [path, query] = hash.replace(/^#\/?/u, "").split("?");
  const names = path.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { names, query: new URLSearchParams(query || "") };
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
  return missing("This address leads nowhere here.");
}

function show(first) {
  const route = parts(location.hash);
  const view = route.names[0] || "list";
  const nodes = viewFor(route).flat(3).filter((node) => node !== "");
  VIEW.replaceChildren(...nodes);
  VIEW.className = `view-${view}`;
  if (view === "list") listAddressSeen = location.hash || "#/list";
  if (view === "article") opened = route.names[1];
  const heading = VIEW.querySelector("h1");
  document.title = `${heading.textContent} · dedup report`;
  document.querySelectorAll("nav[aria-label=Views] a").forEach((link) => {
    const here = link.getAttribute("href") === `#/${HOMES[view] || view}`;
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
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

function step(direction) {
  const box = document.getElementById("compare");
  if (box) {
    box.stepRun(direction);
    return;
  }
  const stops = [...VIEW.querySelectorAll("a.reference")];
  if (!stops.length) return;
  const here = stops.indexOf(document.activeElement);
  const next = here < 0 && direction < 0 ? stops.length - 1 : (here + direction + stops.length) % stops.length;
  stops[next].focus();
}

function stepRow(direction) {
  const titles = [...VIEW.querySelectorAll("table.list .title")];
  if (!titles.length) return;
  const here = titles.indexOf(document.activeElement?.closest("tr")?.querySelector(".title"));
  titles[Math.min(titles.length - 1, Math.max(0, here + direction))].focus();
}

function goUp() {
  const link = VIEW.querySelector(".up a");
  location.hash = link ? link.getAttribute("href") : lastList();
}

const KEYS = {
  "/": () => document.getElementById("filter")?.focus(),
  "j": () => stepRow(1),
  "k": () => stepRow(-1),
  "n": () => step(1),
  "p": () => step(-1),
  "u": goUp,
  "?": () => HELP.showModal(),
};

function onKey(event) {
  const typing = event.target.closest("input, select, textarea, dialog");
  if (event.key === "Escape" && typing?.id === "filter") typing.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (!document.getElementById("keys-on").checked || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
}

/** Light, dark, or as the system has it; the style sheet reads it off the root. */
function startColours() {
  const select = document.getElementById("colours");
  select.value = remembered("dedup colours") || "";
  const apply = () => { document.documentElement.dataset.colours = select.value; };
  select.addEventListener("change", () => {
    apply();
    remember("dedup colours", select.value);
  });
  apply();
}

function start() {
  history.scrollRestoration = "manual";
  document.body.append(patterns());
  document.addEventListener("keydown", onKey);
  document.getElementById("help-button").addEventListener("click", () => HELP.showModal());
  document.getElementById("labels-button").addEventListener("click", saveLabels);
  showLabels();
  startColours();
  document.getElementById("help-close").addEventListener("click", () => HELP.close());
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    VIEW.focus();
  });
  window.addEventListener("scroll", () => SCROLLED.set(location.hash, window.scrollY), { passive: true });
  window.addEventListener("hashchange", () => show(false));
  show(true);
  prepareFilter();
}

start();
