// Building the page: text nodes and elements only, never markup from data.

const SVG = "http://www.w3.org/2000/svg";

const CONTROLS = {
  "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
  "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
};
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;

/** Text from data as nodes: what would steer the display unseen is written out (⟦RLO⟧). */
function shown(text) {
  const nodes = [];
  let done = 0;
  for (const match of text.matchAll(CONTROL)) {
    if (match.index > done) nodes.push(document.createTextNode(text.slice(done, match.index)));
    const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    const name = CONTROLS[match[0]] || `U+${code}`;
    nodes.push(h("span", { class: "control" }, `⟦${name}⟧`));
    done = match.index + match[0].length;
  }
  if (done < text.length) nodes.push(document.createTextNode(text.slice(done)));
  return nodes;
}

/** Text from data, kept from re-ordering what stands around it. */
function bdi(text) {
  return h("bdi", {}, shown(String(text)));
}

function put(element, children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** An element with attributes, listeners (``on``) and children (nodes, or words of our own). */
function h(tag, attributes, ...children) {
  return put(dressed(document.createElement(tag), attributes), children);
}

function svg(tag, attributes, ...children) {
  return put(dressed(document.createElementNS(SVG, tag), attributes), children);
}

function dressed(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) {
        element.addEventListener(event, listener);
      }
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  return element;
}

function joined(items, separator) {
  return items.flatMap((item, place) => (place ? [separator, item] : [item]));
}

/** Outlet, time and id of an article, each in its own direction. */
function imprint(row) {
  const outlet = ARTICLES.publisher[row];
  const time = ARTICLES.published_at[row];
  return joined(
    [
      outlet ? bdi(outlet) : t("outlet not known"),
      time ? moment(time) : t("undated"),
      h("span", { class: "id" }, bdi(ARTICLES.article_id[row])),
    ],
    " · ",
  );
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/u;

/** A time as given, in a form for people where it is ISO 8601; its zone is never changed. */
function moment(time) {
  const found = INSTANT.exec(time);
  if (!found) return h("time", {}, bdi(dayIn(time)));
  const zone = /^(?:Z|\+00:?00)$/u.test(found[3]) ? "UTC" : found[3];
  const clock = h("bdi", { dir: "ltr" }, [found[2], zone].filter(Boolean).join(" "));
  return h("time", { class: "moment", datetime: time }, h("bdi", {}, tp("{day}, {clock}", { day: dayIn(found[1]), clock })));
}

const BADGES = {
  wire_copy: "wire", rewritten_wire: "wire", copy: "copy", mixed: "mixed", original: "plain",
  unknown: "plain",
};

function badge(row) {
  return h("span", { class: `badge badge-${BADGES[ARTICLES.verdict[row]]}` }, verdictName(row));
}

/** Parts of a bar, in its order. */
const WORD_PARTS = {
  silent: t("from an agency not named"), named: t("from an agency that is named"), other: t("shared, no agency known"),
  rest: t("no match here"), furniture: t("credits, promos, boilerplate"),
};

/** Where the article's words come from: parts of one, in the order of the bar. */
function wordParts(row) {
  const copied = ARTICLES.copied_share[row];
  const wire = ARTICLES.wire_share[row];
  const silent = Math.min(ARTICLES.uncredited_share[row], wire);
  const furniture = Math.max(0, 1 - copied - ARTICLES.own_share[row]);
  const other = Math.max(0, copied - wire);
  const rest = Math.max(0, 1 - furniture - Math.max(copied, wire));
  const shares = { silent, named: wire - silent, other, rest, furniture };
  return Object.entries(WORD_PARTS).map(([key, name]) => ({ key, name, share: shares[key] }));
}

function bar(row, all = wordParts(row)) {
  const parts = all.filter((part) => part.share >= 0.0005);
  const label = parts.map((part) => `${percent(part.share)} ${part.name}`).join(COMMA);
  const total = parts.reduce((sum, part) => sum + part.share, 0) || 1;
  let left = 0;
  const rects = parts.flatMap((part) => {
    const width = (part.share / total) * 1000;
    const place = { x: left.toFixed(1), width: width.toFixed(1), height: 20 };
    left += width;
    const plain = svg("rect", { ...place, class: `fill-${part.key}` });
    const pattern = svg("rect", { ...place, class: `hatch-${part.key}` });
    return [plain, pattern];
  });
  const box = { class: "bar", viewBox: "0 0 1000 20", preserveAspectRatio: "none", role: "img" };
  return h(
    "div",
    { class: "words" },
    svg("svg", { ...box, "aria-label": label }, rects),
    h("p", { class: "figures", "aria-hidden": "true" }, joined(parts.map(figure), " · ")),
  );
}

function figure(part) {
  return h("span", { class: "figure" }, `${percent(part.share)} ${part.name}`);
}

/** Hatches for the bars and heads for the arrows; referred to by the style sheet. */
function patterns() {
  const head = (name) => svg(
    "marker",
    { id: `head-${name}`, viewBox: "0 0 10 10", refX: 2, refY: 5, markerWidth: 10, markerHeight: 10, markerUnits: "userSpaceOnUse", orient: "auto" },
    svg("path", { d: "M0,0 L10,5 L0,10 z", class: `head-${name}` }),
  );
  const line = (d) => svg("path", { d, class: "hatch-line" });
  const pattern = (id, size, ...drawing) =>
    svg("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" }, drawing);
  return svg(
    "svg",
    { class: "patterns", "aria-hidden": "true", focusable: "false" },
    svg(
      "defs",
      {},
      pattern("hatch-named", 8, line("M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4")),
      pattern("hatch-other", 8, svg("circle", { cx: 4, cy: 4, r: 1.6, class: "hatch-dot" })),
      ["wire", "copy", "own"].map(head),
    ),
  );
}

/** Say something to those who do not see the page change. */
function announce(message) {
  document.getElementById("status").textContent = message;
}
