// Tables to save, and a reviewer's marks: kept by the browser for this report, and saved as
// labels.csv for `dedup scan --labels`.

const LABEL_COLUMNS = [
  "article_id", "start", "end", "other_id", "kind", "direction", "agency", "attribution",
  "verdict", "mark",
];
/** A report is known by the time of its run and its size. */
const LABELS_KEY = `dedup labels ${DATA.run.started_at} ${COUNT} ${ARTICLES.article_id[0]}`;
const LABELS = new Map(Object.entries(remembered(LABELS_KEY) || {}));

/** Keep a mark, or without one take it back. */
function setLabel(key, label) {
  if (label) LABELS.set(key, label);
  else LABELS.delete(key);
  showLabels();
  const kept = remember(LABELS_KEY, Object.fromEntries(LABELS));
  if (!kept) announce(t("This browser keeps nothing for this page: save labels.csv before you close it."));
  else announce(LABELS.size ? tn(LABELS.size, "{n} mark to save", "{n} marks to save") : t("No mark to save"));
}

/** Bring the number of marks in the header up to date. */
function showLabels() {
  const button = document.getElementById("labels-button");
  button.hidden = LABELS.size === 0;
  button.textContent = tn(LABELS.size, "Save {n} mark", "Save {n} marks");
}

/** Whether a reviewer can say something of an article; a draft on the desk is not judged. */
function isJudged() {
  return true;
}

/** Buttons with which a reviewer says whether a claim is right. ``claim``: columns of labels.csv. */
function reviewButtons(claim, marks, about) {
  const key = JSON.stringify(claim);
  const group = h("div", { class: "review", role: "group", "aria-label": about });
  const buttons = marks.map((mark) =>
    h("button", { type: "button", "aria-pressed": "false", on: { click: () => toggle(mark) } }, MARK_WORDS[mark]));
  const refresh = () => {
    const current = LABELS.get(key);
    buttons.forEach((button, place) => {
      button.setAttribute("aria-pressed", String(current?.mark === marks[place]));
    });
  };
  const toggle = (mark) => {
    setLabel(key, LABELS.get(key)?.mark === mark ? null : { ...claim, mark });
    refresh();
  };
  refresh();
  return put(group, [h("span", {}, about), buttons]);
}

/** One safe CSV cell, by the rule of all tables of the report. */
function csvCell(value) {
  let cell = value === null || value === undefined ? "" : String(value);
  if (typeof value === "string" && /^[=+\-@\t\r]/u.test(cell)) cell = `'${cell}`;
  return /[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function labelsCsv() {
  const rows = [...LABELS.values()].map((label) =>
    LABEL_COLUMNS.map((column) => csvCell(label[column])).join(","));
  return `${[LABEL_COLUMNS.join(","), ...rows].join("\r\n")}\r\n`;
}

function saveLabels() {
  saveCsv("labels.csv", labelsCsv());
}

/** Rows of the list as they stand in articles.csv; what the list has not of them is read. */
async function rowsCsv(rows) {
  const columns = Object.entries(DATA.columns);
  const lines = new Map(rows.map((row) => [row, ""]));
  const say = (row, cells) => {
    if (lines.has(row)) lines.set(row, columns.map(([name, kind]) => tableCell(cells[name] ?? ARTICLES[name][row], kind)).join(","));
  };
  for (const row of rows) if (ARTICLES.kept[row]) say(row, {});
  for (const number of missingParts(rows)) {
    const { row: places, path, reasons } = (await readPart(number)).articles;
    places.forEach((row, place) => say(row, { path: path[place], reasons: reasons[place] }));
  }
  return `${[Object.keys(DATA.columns).join(","), ...lines.values()].join("\r\n")}\r\n`;
}

/** Save the rows that are left. */
function saveRows(rows) {
  rowsCsv(rows).then((text) => saveCsv("articles.csv", text), (failure) => failed(failure.message));
}

function tableCell(value, kind) {
  if (kind === "real") return value.toFixed(3);
  if (Array.isArray(value)) return csvCell(value.map((item) => item.replaceAll(";", ",")).join(";"));
  return csvCell(value);
}

function saveCsv(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
