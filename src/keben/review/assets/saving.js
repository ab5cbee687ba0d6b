// Answers leave the page: to the local server, or as a file to download.

const ANSWERED = ["language", "phrase", "target", "before", "after", "note"];
const COLUMNS = [...ANSWERED, "editor", "date"];
// What keben.core.editorial.cells forbids.
const FORBIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufff9-\uffff\u{e0000}-\u{e00ff}]|\p{Cs}|\p{Co}|\p{Noncharacter_Code_Point}/u;

function unfit(text) {
  if (!text.trim()) return t("The text is empty: it would decide nothing.");
  return FORBIDDEN.test(text) ? t("This text has a character that no book can hold.") : "";
}

// As keben.core.editorial.decisions writes the file: sorted by code points, not by UTF-16 units as `sort` does.
function compare(one, other) {
  const [a, b] = [[...one], [...other]];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
  }
  return a.length - b.length;
}

// As keben.core.editorial.decisions.update_decisions puts new decisions into a file.
function decisionsFile() {
  const escaped = (cell) => cell.replace(/[\\\t\n]/g, (each) => ({ "\\": "\\\\", "\t": "\\t", "\n": "\\n" })[each]);
  const order = (one, other) => one.reduce((sign, cell, at) => sign || compare(cell, other[at]), 0);
  const isHeader = ({ text, key }) => !key && text.trim() && !text.startsWith("#");
  const written = new Map();
  const header = { text: COLUMNS.join("\t"), key: null };
  for (const each of answers.values()) {
    if (!each.target) continue;
    // Who decides is not known to a page without a server.
    const text = [...ANSWERED.map((name) => escaped(each[name])), "", today()].join("\t").replace(/\t+$/, "");
    written.set(keyOfAnswer(each), { text, key: [each.language, each.phrase, each.before, each.after] });
  }
  const dated = written.size > 0;
  const isWithdrawn = (key) => key && answers.get(keyOf(...key))?.target === "";
  const lines = data.lines.filter(([, key]) => !isWithdrawn(key)).map(([text, key]) => {
    const given = key && written.get(keyOf(...key));
    if (given) written.delete(keyOf(...key));
    return given || (dated && isHeader({ text, key }) ? header : { text, key });
  });
  if (!lines.some(isHeader)) lines.push(header);
  const fresh = [...written.values()].sort((one, other) => order(one.key, other.key));
  const rows = lines.filter(({ key }) => key);
  if (rows.some(({ key }, at) => at && order(rows[at - 1].key, key) > 0)) {
    return [...lines, ...fresh].map(({ text }) => text + "\n").join("");
  }
  let next = 0;
  const all = [];
  for (const line of lines) {
    all.push(line);
    if (line.key) next++;
    else if (!isHeader(line)) continue;
    while (fresh.length && (next === rows.length || order(fresh[0].key, rows[next].key) < 0)) all.push(fresh.shift());
  }
  return all.map(({ text }) => text + "\n").join("");
}

// The day where the editor sits.
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((each) => String(each).padStart(2, "0")).join("-");
}

function download() {
  const address = URL.createObjectURL(new Blob([decisionsFile()], { type: "text/tab-separated-values" }));
  const link = el("a", { href: address, download: "decisions.tsv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  downloaded = true;
  say(t("Put the downloaded decisions.tsv into book/ in place of the old one, and run keben review again."));
}

const waitingNotes = () =>
  (notes.size === 1
    ? t("A note waits for an answer, and is not saved without one: ")
    : t("{count} notes wait for an answer, and are not saved without one: ", { count: number(notes.size) })) +
  [...notes.keys()].slice(0, 5).map((key) => key.split("\n").at(-1)).join(t(", ")) + t(".");

let busy = false;

// The server takes a megabyte at once; a character takes three bytes at most, and its escape six.
const AT_ONCE = 150000;

function parts(some) {
  const several = [[]];
  let size = 0;
  for (const each of some) {
    size += 100 + ANSWERED.reduce((sum, name) => sum + each[name].length, 0);
    if (size > AT_ONCE && several.at(-1).length) [size, several[several.length]] = [0, []];
    several.at(-1).push(each);
  }
  return several;
}

async function save() {
  if (busy) return say(t("Still at the answers that were sent before …"));
  if (!unsaved().length) return say(notes.size ? waitingNotes() : t("There is nothing to save."));
  if (!data.serve) return download();
  const sent = unsaved();
  busy = true;
  say(t("Saving {count} …", { count: number(sent.length) }));
  try {
    for (const some of parts(sent)) {
      const body = JSON.stringify({ answers: some.map((each) => ({ ...Object.fromEntries(ANSWERED.map((name) => [name, each[name]])), ...(each.glossary && { glossary: each.glossary }) })) });
      await ask({ method: "POST", headers: { "Content-Type": "application/json" }, body });
      for (const each of some) each.saved = true;
    }
    history = [];
    remember();
    showTop();
    say(t("Saved {count}. Looking at what is left …", { count: number(sent.length) }));
    await reload(sent.length);
  } catch (error) {
    complain(...(error.lines || [t("Keben does not answer. Is keben review --serve still running? Your answers are kept here.")]));
  } finally {
    busy = false;
  }
}

async function ask(options) {
  const response = await fetch(data.serve, options);
  const text = await response.text();
  if (response.ok) return text;
  let lines = [t("Keben answers {status}.", { status: response.status })];
  try {
    lines = JSON.parse(text).errors;
  } catch {}
  throw Object.assign(new Error("refused"), { lines });
}

async function reload(saved) {
  const received = decode(await ask({}));
  // Somebody who is writing is not interrupted: the new places come in when the text is put.
  while (view.typing || document.activeElement === $("note")) await new Promise((done) => setTimeout(done, 200));
  const name = view.edition?.name;
  const next = view.items.slice(view.index).map((item) => item.group.key);
  adopt(received);
  settle();
  history = history.filter((step) => step.before.every(([key]) => !data.decisions.some((row) => keyOf(row[0], row[1], row[3], row[4]) === key)));
  view.edition = data.editions.find((edition) => edition.name === name) || data.editions[0] || null;
  const there = new Set(view.edition?.groups.map((group) => group.key));
  view.onlyMust &&= Boolean(view.edition?.places.some((place) => place.must));
  filter(next.find((key) => there.has(key)) || null);
  view.note = noteOf(current());
  reveal();
  show();
  const left = view.edition ? view.edition.places.length : 0;
  say((left
    ? t("Saved {count}. {places} left in {edition}. ", { count: number(saved), places: places(left), edition: view.edition.name })
    : t("Saved {count}. Nothing is left. ", { count: number(saved) })) + (notes.size ? waitingNotes() : ""));
}
