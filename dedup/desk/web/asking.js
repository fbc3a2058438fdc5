// Asking the desk's own server.

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
    throw new Error("the desk does not answer: is it still open?");
  }
  const answer = await response.json();
  if (response.status === 401) throw new Locked(answer.error);
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** A number with its noun, in the English of the desk's own views. */
function count(number, noun, nouns) {
  return `${figureOf(number)} ${number === 1 ? noun : nouns || `${noun}s`}`;
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
  const field = h("input", { type: "text", id: "token", autocomplete: "off", spellcheck: "false", "aria-label": "Token" });
  const submit = async (event) => {
    event.preventDefault();
    try {
      await ask("/api/session", { token: field.value.trim() });
      again();
    } catch (failure) {
      said.textContent = failure.message;
    }
  };
  const said = h("p", { class: "silent", role: "alert" }, sentence);
  return [
    h("h1", { tabindex: "-1" }, "The desk is locked"),
    h("p", {}, "The command that opened it has printed its token, at the end of the address."),
    said,
    h("form", { class: "controls", on: { submit } }, field, h("button", { type: "submit" }, "Open")),
  ];
}
