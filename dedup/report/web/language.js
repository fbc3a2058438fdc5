"use strict";
// The page's words: its catalogues, and numbers, dates and plurals by the rules of a language.
//
// `t` says a message, `tn` one with a number, `tp` one that has nodes among its words. A message
// is its own English; `{name}` is a place to be filled.

const CATALOGUES = JSON.parse(document.getElementById("messages").textContent);
const LANGUAGE = languageAsked();
const MANNER = CATALOGUES.languages[LANGUAGE];
const MESSAGES = new Map(CATALOGUES.said.map((message, place) => [message, MANNER.texts[place]]));
speak();

/** What the browser keeps under a name; null where it keeps nothing or is told to keep nothing. */
function remembered(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

/** The language that the address asks for, else the one chosen before, else that of the file. */
function languageAsked() {
  const asked = [new URLSearchParams(location.search).get("language"), remembered("dedup language")];
  const known = asked.find((language) => Object.hasOwn(CATALOGUES.languages, language ?? ""));
  return known || document.documentElement.lang;
}

/** Put the page in its language, before anybody has seen it in another. */
function speak() {
  const body = document.getElementById(`page-${LANGUAGE}`);
  if (!body) return;
  Object.assign(document.documentElement, { lang: LANGUAGE, dir: MANNER.direction });
  document.getElementById("page").replaceChildren(body.content);
}

/** Say all that is there in another language: the page is read anew, at the same address. */
function speakOtherwise(language) {
  remember("dedup language", language);
  const address = new URL(location.href);
  address.searchParams.set("language", language);
  location.replace(address);
}

function t(message, values) {
  return filled(MESSAGES.get(message)?.[0] ?? message, values);
}

/** A message in the form that its number asks for; ``{n}`` is the number as it is written. */
function tn(n, one, many, values) {
  return filled(formsOf(one, many)[formOf(n)], { n: figureOf(n), ...values });
}

/** A message, its places open, in the language of an article, or in the page's where it has no such. */
function inLanguage(language, message) {
  const texts = CATALOGUES.languages[language.split("-")[0]]?.texts ?? MANNER.texts;
  return texts[CATALOGUES.said.indexOf(message)]?.[0] ?? message;
}

function formsOf(one, many) {
  return MESSAGES.get(one) ?? [one, many];
}

/** Which form a number takes: the catalogue tells it of 0 to 199, and above it is the last two digits that say. */
function formOf(n) {
  return Number(MANNER.forms[n < 200 ? n : 100 + (n % 100)]);
}

function filled(text, values = {}) {
  return text.replace(/\{(\w+)\}/gu, (place, name) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}

/** A message as children of an element: its words, and what fills its places. */
function tp(message, values) {
  return partsOf(MESSAGES.get(message)?.[0] ?? message, values);
}

/** The same with a number: see `tn`. */
function tnp(n, one, many, values) {
  return partsOf(formsOf(one, many)[formOf(n)], { n: figureOf(n), ...values });
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
const FIGURES_IN = new Intl.NumberFormat(MANNER.locale);
const SHARES_IN = new Intl.NumberFormat(MANNER.locale, { style: "percent" });
const DAYS_IN = new Intl.DateTimeFormat(MANNER.locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

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
