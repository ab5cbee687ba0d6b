// Answers leave the page: to the local server, or as a file to download.

const COLUMNS = ["language", "phrase", "target", "before", "after", "note"];
// What keben.editorial.cells forbids.
const FORBIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufff9-\uffff\u{e0000}-\u{e00ff}]|\p{Cs}|\p{Co}|\p{Noncharacter_Code_Point}/u;

function unfit(text) {
  if (!text.trim()) return "The text is empty: it would decide nothing.";
  return FORBIDDEN.test(text) ? "This text has a character that no book can hold." : "";
}

// As keben.editorial.decisions writes the file: sorted by code points, not by UTF-16 units as `sort` does.
function compare(one, other) {
  const [a, b] = [[...one], [...other]];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
  }
  return a.length - b.length;
}

function decisionsFile() {
  const rows = new Map();
  for (const row of data.decisions) rows.set(keyOf(row[0], row[1], row[3], row[4]), row);
  for (const each of answers.values()) rows.set(keyOfAnswer(each), COLUMNS.map((name) => each[name]));
  const sorted = [...rows.values()].sort((one, other) => {
    for (const column of [0, 1, 3, 4]) {
      const order = compare(one[column], other[column]);
      if (order) return order;
    }
    return 0;
  });
  const escaped = (cell) => cell.replace(/[\\\t\n]/g, (each) => ({ "\\": "\\\\", "\t": "\\t", "\n": "\\n" })[each]);
  const lines = sorted.map((row) => row.map(escaped).join("\t").replace(/\t+$/, ""));
  return [...data.comments, COLUMNS.join("\t"), ...lines, ""].join("\n");
}

function download() {
  const address = URL.createObjectURL(new Blob([decisionsFile()], { type: "text/tab-separated-values" }));
  const link = el("a", { href: address, download: "decisions.tsv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  downloaded = true;
  say("Put the downloaded decisions.tsv into book/ in place of the old one, and run keben review again.");
}

let busy = false;

async function save() {
  if (busy) return say("Still at the answers that were sent before …");
  if (!unsaved().length) return say("There is nothing to save.");
  if (!data.serve) return download();
  const sent = unsaved();
  const body = JSON.stringify({ answers: sent.map((each) => Object.fromEntries(COLUMNS.map((name) => [name, each[name]]))) });
  busy = true;
  say(`Saving ${number(sent.length)} …`);
  try {
    await ask({ method: "POST", headers: { "Content-Type": "application/json" }, body });
    for (const each of sent) each.saved = true;
    history = [];
    remember();
    showTop();
    say(`Saved ${number(sent.length)}. Looking at what is left …`);
    await reload(sent.length);
  } catch (error) {
    complain(...(error.lines || ["Keben does not answer. Is keben review --serve still running? Your answers are kept here."]));
  } finally {
    busy = false;
  }
}

async function ask(options) {
  const response = await fetch(data.serve, options);
  const text = await response.text();
  if (response.ok) return text;
  let lines = [`Keben answers ${response.status}.`];
  try {
    lines = JSON.parse(text).errors;
  } catch {}
  throw Object.assign(new Error("refused"), { lines });
}

async function reload(saved) {
  const told = decode(await ask({}));
  // Somebody who is writing is not interrupted: the new places come in when the text is put.
  while (view.typing || document.activeElement === $("note")) await new Promise((done) => setTimeout(done, 200));
  const name = view.edition?.name;
  const next = view.items.slice(view.index).map((item) => item.group.key);
  adopt(told);
  settle();
  history = history.filter((step) => step.before.every(([key]) => !data.decisions.some((row) => keyOf(row[0], row[1], row[3], row[4]) === key)));
  view.edition = data.editions.find((edition) => edition.name === name) || data.editions[0] || null;
  const there = new Set(view.edition?.groups.map((group) => group.key));
  filter(next.find((key) => there.has(key)) || null);
  view.note = noteOf(current());
  reveal();
  show();
  const left = view.edition ? view.edition.places.length : 0;
  say(`Saved ${number(saved)}. ${left ? places(left) + " left in " + view.edition.name : "Nothing is left"}.`);
}
