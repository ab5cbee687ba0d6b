// What is shown, and small tools to build it. A book's text only ever goes into text nodes.

const view = {
  edition: null,
  ranks: new Set(),
  kind: "",
  onlyNew: false,
  onlyOpen: false,
  onlyMust: false,
  query: "",
  items: [], // groups with those of their places that the filters let through
  index: 0,
  place: 0,
  onePlace: false,
  wholeScript: false,
  asTerm: false,
  typing: false,
  note: "",
  markNew: false,
};

const $ = (id) => document.getElementById(id);
const number = (value) => value.toLocaleString("en");
const places = (count) => (count === 1 ? t("1 place") : t("{count} places", { count: number(count) }));

function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...some(children));
  return element;
}

// Without those that a condition left out.
const some = (children) => children.flat().filter((child) => child || child === 0);

const button = (attributes, ...children) => el("button", { type: "button", ...attributes }, ...children);

let hush = 0;

function say(text) {
  $("status").textContent = text;
  $("alert").textContent = "";
  clearTimeout(hush);
  hush = setTimeout(() => $("status").replaceChildren(), 8000);
}

function complain(...lines) {
  $("status").textContent = "";
  $("alert").replaceChildren(...lines.map((line) => el("p", null, line)));
}

const current = () => view.items[view.index] || null;
const isOpen = (item) => item.places.some((place) => !place.answer);

function matches(place) {
  if (!view.ranks.has(place.rank) || (view.kind && place.kind !== view.kind)) return false;
  if (view.onlyMust && !place.must) return false;
  if ((view.onlyNew && !place.isNew) || (view.onlyOpen && place.answer)) return false;
  if (!view.query) return true;
  place.text ||= [
    place.before + place.phrase + place.after, place.outBefore + place.output + place.outAfter,
    place.candidates.join("\n"), place.path + ":" + place.line,
  ].join("\n").toLowerCase();
  return place.text.includes(view.query);
}

// Go through the filters again, and stay with a group if it is still there.
function filter(keep) {
  const key = keep === undefined ? current()?.group.key : keep;
  view.items = [];
  for (const group of view.edition ? view.edition.groups : []) {
    const found = group.places.filter(matches);
    if (found.length) view.items.push({ group, places: found });
  }
  const index = view.items.findIndex((item) => item.group.key === key);
  if (index < 0) view.place = 0;
  view.index = index >= 0 ? index : Math.max(0, Math.min(view.index, view.items.length - 1));
}

function showTop() {
  const left = (among) => among.filter((place) => !place.answer).length;
  $("editions").replaceChildren(
    ...data.editions.map((edition) =>
      button(
        { "aria-pressed": String(edition === view.edition), onclick: () => chooseEdition(edition) },
        edition.name, " ", el("b", { title: t("left to answer") }, number(left(edition.places))),
      ),
    ),
  );
  const all = view.edition ? view.edition.places : [];
  const done = all.length - left(all);
  const must = left(all.filter((place) => place.must));
  $("bar").setAttribute("aria-valuemax", all.length);
  $("bar").setAttribute("aria-valuenow", done);
  // A mark that everything carries says nothing.
  view.markNew = all.some((place) => !place.isNew);
  $("bar").firstElementChild.style.width = (all.length ? (100 * done) / all.length : 100) + "%";
  $("count").replaceChildren(
    t("{done} of {all} answered", { done: number(done), all: number(all.length) }),
    data.decisions.length ? t(", {count} decided before; ", { count: number(data.decisions.length) }) : t("; "),
    el("b", { class: must ? "must" : "" }, must ? t("{count} must be decided", { count: number(must) }) : t("none must be decided")),
  );
  const waiting = unsaved().length;
  $("save").textContent = (data.serve ? t("Save") : t("Download")) + (waiting ? ` ${number(waiting)}` : "");
  $("save").title = data.serve ? t("Write the answers to book/decisions.tsv (s)") : t("Download decisions.tsv with the answers in it (s)");
  $("save").disabled = !waiting;
  $("show-decided").textContent = t("Decided {count}", { count: number(data.decisions.length) });
  $("undo").disabled = !history.length;
  showFilters(all, left);
}

function showFilters(all, left) {
  $("ranks").replaceChildren(
    ...[1, 2, 3].map((rank) => {
      const count = number(left(all.filter((place) => place.rank === rank)));
      const pressed = String(view.ranks.has(rank));
      const label = { "aria-pressed": pressed, "aria-label": t("Rank {rank}: {count} left", { rank, count }), title: t("Rank {rank}", { rank }) };
      return button(
        { class: "chip", ...label, "data-rank": rank, onclick: () => toggleRank(rank) },
        el("i", { class: `dot rank-${rank}` }), count,
      );
    }),
  );
  const counts = new Map();
  for (const place of all) counts.set(place.kind, (counts.get(place.kind) || 0) + (place.answer ? 0 : 1));
  const options = [["", t("All kinds ({count})", { count: number(left(all)) })]];
  for (const kind of Object.keys(data.kinds)) {
    if (counts.has(kind) || kind === view.kind) options.push([kind, `${kindName(kind)} (${number(counts.get(kind) || 0)})`]);
  }
  $("kind").replaceChildren(...options.map(([value, name]) => el("option", { value, selected: value === view.kind }, name)));
  $("must").setAttribute("aria-pressed", String(view.onlyMust));
  $("must").textContent = t("Must be decided {count}", { count: number(left(all.filter((place) => place.must))) });
  $("must").hidden = !all.some((place) => place.must);
  $("open").setAttribute("aria-pressed", String(view.onlyOpen));
  $("new").setAttribute("aria-pressed", String(view.onlyNew));
  $("new").textContent = t("New {count}", { count: number(left(all.filter((place) => place.isNew))) });
}

function show() {
  showTop();
  showRows();
  showDetail();
}
