// The reasons of a verdict, which the tables give in English, in the page's language.

/** Every sentence that a verdict can say (dedup/verdict/messages.py; a test holds them to it). */
const REASONS = [
  marked("published by {agency} itself"),
  marked("{share} of the words follow {agency}'s own article {source} ({paragraphs})"),
  marked("{share} of the words are shared with {source} and go back to {agency} by credit ({paragraphs})"),
  marked("{share} of the words follow {source} ({paragraphs})"),
  marked("{share} of the words are the outlet's own earlier article {source} ({paragraphs})"),
  marked("{share} of the words are shared with {source}, order unknown ({paragraphs})"),
  marked("credits {agency} for the article: “{text}” ({paragraphs})"),
  marked("credits agencies without naming one: “{text}” ({paragraphs})"),
  marked("reports what only {agency} was told ({paragraphs})"),
  marked("names {agency} as a source ({paragraphs})"),
  marked("names several media as sources: {agency} ({paragraphs})"),
  marked("{agency} is named nowhere in the article"),
  marked("shows reporting of its own ({paragraphs})"),
  marked("shares next to nothing with {agency}'s own articles on the story"),
  marked("too little to say where it comes from"),
  marked("a reviewer marked it"),
  marked("a reviewer marked the verdict “{verdict}” as wrong"),
];

const FILLINGS = { share: "\\d+%", paragraphs: "¶[\\d–, ¶]+|metadata" };

/** Sentences and the patterns of what they say; the one with most words of its own comes first. */
function patternsOf(messages) {
  return messages
    .map((message) => ({ message, own: message.replace(/\{\w+\}/gu, "").length }))
    .sort((a, b) => b.own - a.own)
    .map(({ message }) => ({ message, pattern: patternOf(message) }));
}

function patternOf(message) {
  const parts = message.split(/(\{\w+\})/u).map((part) => {
    const name = /^\{(\w+)\}$/u.exec(part)?.[1];
    if (name) return `(?<${name}>${FILLINGS[name] || ".+"})`;
    return part.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`, "su");
}

const REASON_PATTERNS = patternsOf(REASONS);

/** The message that a sentence says, and what fills its places; nothing where it is none of them. */
function recognized(sentence, patterns) {
  for (const { message, pattern } of patterns) {
    const found = pattern.exec(sentence);
    if (found) return { message, values: { ...found.groups } };
  }
  return null;
}

/** A reason as nodes; what none of the sentences is stands as it is. */
function reasonTold(sentence) {
  const found = recognized(sentence, REASON_PATTERNS);
  if (!found) return h("bdi", { lang: "en" }, withPilcrows(sentence));
  const { message, values } = found;
  return tp(message, reasonValues(values));
}

function reasonValues({ share, agency, source, text, paragraphs, verdict }) {
  return {
    share: share && percent(Number.parseInt(share, 10) / 100),
    agency: agency && joined(agency.split(" and ").map(bdi), t(" and ")),
    source: source && bdi(source),
    text: text && bdi(text),
    paragraphs: paragraphs === "metadata" ? t("metadata") : paragraphs && h("bdi", { dir: "ltr" }, withPilcrows(paragraphs)),
    verdict: verdict && (VERDICT_WORDS[verdict.replaceAll(" ", "_")] || verdict),
  };
}
