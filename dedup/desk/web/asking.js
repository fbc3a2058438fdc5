// Asking the desk's own server.

/** What the server says, in English as to every program, where it has no answer. */
const REFUSALS = patternsOf([
  marked("the desk asks for its token"),
  marked("this is not the desk's token"),
  marked("the index holds no article of this id"),
  marked("the index holds no story of this id"),
  marked("the index is being looked through: ask again in a moment"),
  marked("the desk is busy: ask again in a moment"),
  marked("too many questions are waiting: ask again in a moment"),
  marked("this took longer than {n} seconds and was given up"),
  marked("the process that was asked has died: ask again"),
  marked("a text that is checked here may have {n} characters"),
  marked("a body may have {n} bytes"),
  marked("it is blank: nothing but white space"),
  marked("the desk is closing"),
  marked("the desk has met a fault of its own: its log says which"),
]);

/** A refusal in the page's language; what none of the sentences is stands as it is. */
function refusalTold(sentence) {
  const found = recognized(sentence, REFUSALS);
  if (!found) return sentence;
  const { message, values } = found;
  return t(message, { n: values.n && figureOf(Number(values.n.replaceAll(",", ""))) });
}

/** A refusal as a sentence that stands alone. */
function standing(sentence) {
  return `${sentence[0].toUpperCase()}${sentence.slice(1)}.`;
}

/** Ask, and give the answer; throws an error with the server's sentence where there is none. */
async function ask(address, given, signal) {
  const options = given === undefined ? { signal } : {
    method: "POST", signal, headers: { "Content-Type": "application/json" }, body: JSON.stringify(given),
  };
  let response;
  try {
    response = await fetch(address, options);
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Error(t("the desk does not answer: is it still open?"));
  }
  const answer = await response.json();
  if (response.status === 401) throw new Locked(refusalTold(answer.error));
  if (!response.ok) throw new Error(refusalTold(answer.error));
  return answer;
}

class Locked extends Error {}

/** An address with parameters; those that are empty are left out. */
function address(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== "" && value !== null && value !== undefined && value !== false) query.append(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

/** The list's rows of some articles, asked for where they are not known yet. */
async function listedOf(ids, signal) {
  let query = new URLSearchParams({ limit: "1000" });
  const send = async () => {
    if (!query.has("id")) return;
    const answer = await ask(`/api/articles?${query}`, undefined, signal);
    for (const row of answer.rows) LISTED.set(row.article_id, row);
  };
  for (const id of new Set(ids)) {
    if (LISTED.has(id)) continue;
    query.append("id", wellFormed(id));
    if (String(query).length > 6000) {
      await send();
      query = new URLSearchParams({ limit: "1000" });
    }
  }
  await send();
  return ids.map((id) => LISTED.get(id)).filter(Boolean);
}

/** A form that asks for the token, and goes on where it was. */
function tokenView(sentence, again) {
  const field = h("input", { type: "text", id: "token", autocomplete: "off", spellcheck: "false", "aria-label": t("Token") });
  const submit = async (event) => {
    event.preventDefault();
    try {
      await ask("/api/session", { token: field.value.trim() });
      again();
    } catch (failure) {
      said.textContent = standing(failure.message);
    }
  };
  const said = h("p", { class: "silent", role: "alert" }, standing(sentence));
  return [
    h("h1", { tabindex: "-1" }, t("The desk is locked")),
    h("p", {}, t("The command that opened it has printed its token, at the end of the address.")),
    said,
    h("form", { class: "controls", on: { submit } }, field, h("button", { type: "submit" }, t("Open"))),
  ];
}
