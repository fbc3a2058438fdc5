// Words as the report counts them, and the words in which two passages differ.

const SINGLE = "\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}";
const LETTER = `(?:(?![${SINGLE}])[\\p{L}\\p{M}\\p{N}_])`;
const WORD = new RegExp(`[${SINGLE}]|${LETTER}+(?:['’]${LETTER}+)*`, "gu");
const QUOTATION = /“[^“”\n]{20,}”|«[^«»\n]{20,}»|„[^„“”\n]{20,}[“”]|「[^「」\n]{8,}」|"[^"\n]{20,}"/gu;

/** Characters that nobody sees and no script needs. */
const INVISIBLE = /[\u200b\u2060\u2061-\u2064\ufeff]/gu;
const LATIN = /\p{sc=Latn}/u;
const LOOK_ALIKE = /[\p{sc=Cyrl}\p{sc=Grek}]/u;
/** Units and formulas write a Greek letter beside Latin ones. */
const SYMBOL = /[µμΩα-ωΔΣ]/u;

/** What a text holds that a reader does not see: how many of each, and the words concerned. */
function unseenIn(text) {
  const mixed = wordSpans(text).map((word) => word.text)
    .filter((word) => LATIN.test(word) && LOOK_ALIKE.test(word.replace(SYMBOL, "")));
  return {
    invisible: text.spans(INVISIBLE).length,
    steering: text.spans(CONTROL).length,
    mixed: [...new Set(mixed)],
  };
}

/** Above this many cells a table of common words would keep the reader waiting. */
const DIFF_CELLS = 4000000;

function wordSpans(text, start, end) {
  return text.spans(WORD, start, end);
}

/** Words inside a set of spans, none counted twice. */
function wordsWithin(text, spans) {
  return union(spans).reduce((sum, span) => sum + wordSpans(text, span.start, span.end).length, 0);
}

function union(spans) {
  const merged = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged[merged.length - 1];
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ start: span.start, end: span.end });
  }
  return merged;
}

function folded(word) {
  return word.text.normalize("NFKC").toLowerCase().replace(/’/gu, "'");
}

/**
 * The words of each side that the other has not at that place, by a longest common subsequence.
 * Null where the passages are too long to be compared word by word.
 */
function differences(left, right) {
  const a = left.map(folded);
  const b = right.map(folded);
  let first = 0;
  while (first < a.length && first < b.length && a[first] === b[first]) first += 1;
  let tail = 0;
  while (
    tail < a.length - first && tail < b.length - first
    && a[a.length - 1 - tail] === b[b.length - 1 - tail]
  ) tail += 1;
  const common = commonWords(
    a.slice(first, a.length - tail),
    b.slice(first, b.length - tail),
  );
  if (!common) return null;
  const lost = (words, kept) =>
    words.slice(first, words.length - tail).filter((_, place) => !kept.has(place));
  return { left: lost(left, common.left), right: lost(right, common.right) };
}

/** Places of a longest common subsequence in both lists (dynamic programming, whole table). */
function commonWords(a, b) {
  const width = b.length + 1;
  if ((a.length + 1) * width > DIFF_CELLS) return null;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const cell = i * width + j;
      length[cell] = a[i] === b[j]
        ? length[cell + width + 1] + 1
        : Math.max(length[cell + width], length[cell + 1]);
    }
  }
  const common = { left: new Set(), right: new Set() };
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      common.left.add(i);
      common.right.add(j);
      i += 1;
      j += 1;
    } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return common;
}
