// The answers that the editor has given on this page, and how each place finds its own.

const answers = new Map();
// Each step: what the keys that it changed held before.
let history = [];
let downloaded = true;

const keyOf = (language, phrase, before, after) => [language, phrase, before, after].join("\u0000");
const keyOfAnswer = (answer) => keyOf(answer.language, answer.phrase, answer.before, answer.after);

// An answer for one place goes before one for all, and a language before its script.
function answerFor(place) {
  const { phrase, anchorBefore, anchorAfter, edition } = place;
  const given = (language, before, after) => {
    const answer = answers.get(keyOf(language, phrase, before, after));
    return answer?.target ? answer : null; // one without a target withdraws a decision, and decides nothing
  };
  return (
    given(edition.language, anchorBefore, anchorAfter) || given(edition.script, anchorBefore, anchorAfter) ||
    given(edition.language, "", "") || given(edition.script, "", "")
  );
}

function refresh(phrase) {
  for (const place of byPhrase.get(phrase) || []) place.answer = answerFor(place);
}

function refreshAll() {
  for (const phrase of byPhrase.keys()) refresh(phrase);
}

// Put answers (`null` takes one away) in one step that can be undone.
function change(entries, where) {
  const before = entries.map(([key]) => [key, answers.get(key) || null]);
  put(entries);
  history.push({ before, where });
}

function put(entries) {
  const phrases = new Set();
  for (const [key, answer] of entries) {
    phrases.add(key.split("\u0000")[1]);
    if (answer) answers.set(key, answer);
    else answers.delete(key);
  }
  phrases.forEach(refresh);
  downloaded = false;
  remember();
}

function undone() {
  const step = history.pop();
  if (step) put(step.before);
  return step;
}

const unsaved = () => [...answers.values()].filter((answer) => !answer.saved);
// Notes that wait for an answer, by `noteKey`: alone they are no decision, and cannot be saved.
const notes = new Map();
const noteKey = (item) => [item.places[0].edition.name, item.group.key].join("\u0000");

const isDirty = () => notes.size > 0 || (unsaved().length > 0 && !(downloaded && !data.serve));

// Whether all editions of a script would choose among the same texts for these places.
function agree(places) {
  const [{ edition, phrase }] = places;
  const candidatesOf = (some) => [...new Set(some.flatMap((place) => place.candidates))].sort().join("\u0000");
  const anchors = new Set(places.map((place) => place.anchorBefore + "\u0000" + place.anchorAfter));
  const whole = places.length === (byPhrase.get(phrase) || []).filter((each) => each.edition === edition).length;
  for (const other of data.editions) {
    if (other.script !== edition.script || other.language === edition.language) continue;
    const theirs = (byPhrase.get(phrase) || []).filter(
      (each) =>
        each.edition === other && (whole || anchors.has(each.anchorBefore + "\u0000" + each.anchorAfter)),
    );
    if (!theirs.length || candidatesOf(theirs) !== candidatesOf(places)) return other.name;
  }
  return "";
}

// Unsaved answers outlive the window. A browser may forbid it (on file://, in private windows): then they do not.
const storageKey = () => "keben-review:" + data.slug;

function remember() {
  try {
    if (unsaved().length) localStorage.setItem(storageKey(), JSON.stringify(unsaved()));
    else localStorage.removeItem(storageKey());
    if (notes.size) localStorage.setItem(storageKey() + ":notes", JSON.stringify([...notes]));
    else localStorage.removeItem(storageKey() + ":notes");
  } catch {}
}

function recall() {
  let kept = [];
  try {
    kept = JSON.parse(localStorage.getItem(storageKey()) || "[]");
  } catch {}
  try {
    for (const [key, text] of JSON.parse(localStorage.getItem(storageKey() + ":notes") || "[]")) {
      if (typeof key === "string" && typeof text === "string") notes.set(key, text);
    }
  } catch {}
  if (!Array.isArray(kept)) return;
  const names = ["language", "phrase", "target", "before", "after", "note"];
  for (const answer of kept) {
    if (answer && names.every((name) => typeof answer[name] === "string") && isWanted(answer)) {
      const glossary = answer.glossary === "yes" ? "yes" : "";
      answers.set(keyOfAnswer(answer), { ...Object.fromEntries(names.map((name) => [name, answer[name]])), glossary, saved: false });
    }
  }
}

// An answer from before is kept for a language that this page does not show, and for a place that is still in doubt.
function isWanted({ language, phrase, target, before, after }) {
  const speaks = (edition) => edition.language === language || edition.script === language;
  const takes = (place) => (!before && !after) || (place.anchorBefore === before && place.anchorAfter === after);
  return (
    isDecided(keyOf(language, phrase, before, after)) ||
    (target !== "" && !data.editions.some(speaks)) ||
    (target !== "" && (byPhrase.get(phrase) || []).some((place) => speaks(place.edition) && takes(place)))
  );
}

const isDecided = (key) => data.decisions.some((row) => keyOf(row[0], row[1], row[3], row[4]) === key);

// Forget what stands in the book's decisions by now.
function settle() {
  for (const [language, phrase, target, before, after, note] of data.decisions) {
    const key = keyOf(language, phrase, before, after);
    const answer = answers.get(key);
    if (answer && answer.target === target && answer.note === note) answers.delete(key);
  }
  for (const [key, answer] of answers) if (answer.saved || (!answer.target && !isDecided(key))) answers.delete(key);
  const there = new Set(data.editions.flatMap((edition) => edition.groups.map((group) => [edition.name, group.key].join("\u0000"))));
  for (const key of notes.keys()) if (!there.has(key)) notes.delete(key);
  refreshAll();
  remember();
}
