// Moving about: the address, the keys, and the frame around the view. What an address shows
// (`show`) and where one goes up to from the top (`topAddress`) each page says for itself.

const VIEW = document.getElementById("view");
const HELP = document.getElementById("help");
const SCROLLED = new Map();

/** Have the browser keep a value, and say whether it does. */
function remember(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** An address as the names in its path, and its query. */
function addressParts(address = location.hash) {
  const [path, query] = address.replace(/^#\/?/u, "").split("?");
  const names = path.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { names, query: new URLSearchParams(query || "") };
}

function missing(sentence) {
  return [
    h("h1", { tabindex: "-1" }, t("Not here")),
    h("p", {}, sentence),
    h("p", {}, h("a", { href: "#/list" }, t("To the list of articles"))),
  ];
}

/** Put a view in the place of the one that was there, and name it; ``home``: its link on top. */
function present(nodes, view, home) {
  VIEW.replaceChildren(...nodes.flat(3).filter((node) => node !== ""));
  VIEW.className = `view-${view}`;
  const heading = VIEW.querySelector("h1");
  document.title = `${heading.textContent} · ${document.querySelector(".brand").textContent}`;
  document.querySelectorAll(".views a").forEach((link) => {
    if (link.getAttribute("href") === `#/${home}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  return heading;
}

/** To the next passage, or the one before. */
function step(direction) {
  const box = document.getElementById("compare");
  if (box) {
    box.stepRun?.(direction);
    return;
  }
  const stops = [...VIEW.querySelectorAll("a.reference, .ledger a.proof")];
  if (!stops.length) return;
  const here = stops.indexOf(document.activeElement);
  const next = here < 0 && direction < 0 ? stops.length - 1 : (here + direction + stops.length) % stops.length;
  stops[next].focus();
}

/** To the next row of a list, or the one before. */
function stepRow(direction) {
  const titles = [...VIEW.querySelectorAll("tr a.title, li a.title")];
  if (!titles.length) return;
  const here = titles.findIndex((title) => title.closest("tr, li").contains(document.activeElement));
  titles[Math.min(titles.length - 1, Math.max(0, here + direction))].focus();
}

const KEYS = {
  "/": () => (document.getElementById("filter") || document.getElementById("draft"))?.focus(),
  "j": () => stepRow(1),
  "k": () => stepRow(-1),
  "n": () => step(1),
  "p": () => step(-1),
  "u": () => { location.hash = VIEW.querySelector(".up a")?.getAttribute("href") || topAddress(); },
  "?": () => HELP.showModal(),
};

function onKey(event) {
  const typing = event.target.closest("input, select, textarea, dialog");
  if (event.key === "Escape" && typing && !typing.closest("dialog")) typing.blur();
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

/** The languages unfold, and fold again when one goes on; a choice keeps the view. */
function startLanguages() {
  const box = document.getElementById("languages");
  const choose = (event) => {
    event.preventDefault();
    speakOtherwise(event.currentTarget.hreflang);
  };
  for (const link of box.querySelectorAll("a")) link.addEventListener("click", choose);
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) box.open = false; });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    box.open = false;
    box.querySelector("summary").focus();
  });
}

/** Whether single keys do anything; the browser keeps it. */
function startKeys() {
  const box = document.getElementById("keys-on");
  box.checked = remembered("dedup keys") ?? true;
  box.addEventListener("change", () => remember("dedup keys", box.checked));
}

/** Bring the frame to life, and show each address that comes. */
function startFrame() {
  history.scrollRestoration = "manual";
  document.body.append(patterns());
  document.addEventListener("keydown", onKey);
  document.getElementById("help-button").addEventListener("click", () => HELP.showModal());
  document.getElementById("help-close").addEventListener("click", () => HELP.close());
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    VIEW.focus();
  });
  window.addEventListener("scroll", () => SCROLLED.set(location.hash, window.scrollY), { passive: true });
  window.addEventListener("hashchange", () => show(false));
  for (const time of document.querySelectorAll("[data-moment]")) time.replaceChildren(moment(time.dataset.moment));
  startColours();
  startLanguages();
  startKeys();
}
