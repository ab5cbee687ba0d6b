// The list of groups: only the rows in sight exist.

const ROW = 60;
const SPARE = 6;

function showRows() {
  const box = $("rows");
  $("spacer").style.height = view.items.length * ROW + "px";
  const first = Math.max(0, Math.floor(box.scrollTop / ROW) - SPARE);
  const last = Math.min(view.items.length, Math.ceil((box.scrollTop + box.clientHeight) / ROW) + SPARE);
  const rows = [];
  for (let index = first; index < last; index++) rows.push(rowOf(view.items[index], index));
  $("spacer").replaceChildren(...rows);
  if (!view.items.length) {
    const all = view.edition ? view.edition.places : [];
    const hidden = view.onlyMust && all.some((place) => !place.must);
    const none = hidden ? t("Nothing that must be decided passes the filters: f shows the rest.") : t("Nothing passes the filters.");
    $("spacer").replaceChildren(el("p", { class: "empty" }, all.length ? none : t("Nothing is left to decide.")));
  }
  if (current()) box.setAttribute("aria-activedescendant", "row-" + view.index);
  else box.removeAttribute("aria-activedescendant");
}

function rowOf({ group, places: shown }, index) {
  const done = shown.filter((place) => place.answer).length;
  const targets = new Set(shown.map((place) => place.answer && place.answer.target).filter(Boolean));
  const texts = targets.size ? [...targets] : choices(shown).map((choice) => choice.text);
  const kinds = [...new Set(shown.map((place) => kindName(place.kind)))].join(", ");
  const row = el(
    "div",
    {
      id: "row-" + index, role: "option", class: done === shown.length ? "row done" : "row",
      "aria-selected": String(index === view.index), "aria-setsize": view.items.length,
      "aria-posinset": index + 1, onclick: () => { select(index); $("rows").focus(); },
    },
    el("i", { class: `dot rank-${group.rank}`, role: "img", "aria-label": t("rank {rank},", { rank: group.rank }) }),
    el("span", { class: "phrase", lang: data.source }, group.phrase),
    el("span", { class: "amount" }, done && done < shown.length ? `${number(done)}/${number(shown.length)}` : number(shown.length)),
    el("span", { class: "kind" }, kinds),
    el("span", { class: "to", lang: view.edition.language }, (targets.size ? "✓ " : "") + texts.slice(0, 4).join(" · ")),
  );
  row.style.transform = `translateY(${index * ROW}px)`;
  return row;
}

function reveal() {
  const box = $("rows");
  const top = view.index * ROW;
  if (top < box.scrollTop + ROW) box.scrollTop = top - ROW;
  else if (top + 2 * ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + 2 * ROW - box.clientHeight;
}

function select(index, place = 0) {
  if (!view.items.length) return;
  view.index = Math.max(0, Math.min(index, view.items.length - 1));
  view.place = place;
  view.typing = false;
  view.note = noteOf(current());
  reveal();
  showRows();
  showDetail();
  $("detail").scrollTop = 0;
}

const noteOf = (item) => item?.places.find((place) => place.answer)?.answer.note || (item && notes.get(noteKey(item))) || "";
