"use strict";
// The page's words: its catalogue, and numbers, dates and plurals by the rules of its language.
//
// `t` says a message, `tn` one with a number, `tp` one that has nodes among its words. A message
// is its own English; `{name}` is a place to be filled.

const MESSAGES = JSON.parse(document.getElementById("messages").textContent);

function t(message, values) {
  return filled(MESSAGES.texts[message] ?? message, values);
}

/** A message in the form that its number asks for; ``{n}`` is the number as it is written. */
function tn(n, one, many, values) {
  const forms = MESSAGES.texts[one] ?? [one, many];
  return filled(forms[formOf(n)], { n: figureOf(n), ...values });
}

/** Which form a number takes: the catalogue tells it of 0 to 199, and above it is the last two digits that say. */
function formOf(n) {
  return Number(MESSAGES.forms[n < 200 ? n : 100 + (n % 100)]);
}

function filled(text, values = {}) {
  return text.replace(/\{(\w+)\}/gu, (place, name) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}

/** A message as children of an element: its words, and what fills its places. */
function tp(message, values) {
  return partsOf(MESSAGES.texts[message] ?? message, values);
}

/** The same with a number: see `tn`. */
function tnp(n, one, many, values) {
  const forms = MESSAGES.texts[one] ?? [one, many];
  return partsOf(forms[formOf(n)], { n: figureOf(n), ...values });
}

function partsOf(text, values) {
  return text.split(/(\{\w+\})/u)
    .map((part) => (/^\{\w+\}$/u.test(part) ? values[part.slice(1, -1)] ?? "" : part))
    .flat(2)
    .filter((part) => part !== "");
}

/** A message for the catalogue that is said elsewhere. */
function marked(message) {
  return message;
}

const COMMA = t(", ");
const FIGURES_IN = new Intl.NumberFormat(MESSAGES.locale);
const SHARES_IN = new Intl.NumberFormat(MESSAGES.locale, { style: "percent" });
const DAYS_IN = new Intl.DateTimeFormat(MESSAGES.locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

function figureOf(number) {
  return FIGURES_IN.format(number);
}

function percent(share) {
  if (share > 0 && share < 0.01) return t("under {share}", { share: SHARES_IN.format(0.01) });
  if (share > 0.99 && share < 1) return t("over {share}", { share: SHARES_IN.format(0.99) });
  return SHARES_IN.format(share);
}

/** Words of the page for a drawing, whose own direction is fixed. */
function isolated(words) {
  return document.documentElement.dir === "rtl" ? `\u2067${words}\u2069` : words;
}

/** A day that is written year first, in the words of the language; anything else as it is. */
function dayIn(day) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/u.exec(day);
  if (!found) return day;
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : DAYS_IN.format(date);
}

function duration(seconds) {
  if (seconds === null) return t("not known");
  const minutes = Math.round(Math.abs(seconds) / 60);
  const sign = seconds < 0 ? "−" : "";
  if (minutes < 120) return sign + t("{n} min", { n: figureOf(minutes) });
  const hours = Math.round(minutes / 60);
  if (hours < 72) return sign + t("{n} h", { n: figureOf(hours) });
  const days = Math.round(hours / 24);
  return sign + tn(days, "{n} day", "{n} days");
}

function countWords(n) {
  return tn(n, "{n} word", "{n} words");
}

function countArticles(n) {
  return tn(n, "{n} article", "{n} articles");
}

function countPassages(n) {
  return tn(n, "{n} passage", "{n} passages");
}

const KINDS = { verbatim: t("verbatim"), edited: t("edited"), paraphrase: t("paraphrase") };
const MARK_WORDS = { right: t("right"), wrong: t("wrong"), ignore: t("ignore") };
