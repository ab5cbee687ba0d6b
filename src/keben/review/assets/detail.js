// The group that is being worked on: what may be chosen, and its places.

const PAGE = 40;
let pages = 1;
let pagedFor = "";

function showDetail() {
  const item = current();
  const inside = $("detail").contains(document.activeElement) && document.activeElement !== $("detail");
  if (!item) {
    $("detail").replaceChildren(el("p", { class: "empty" }, data.editions.length ? t("Choose another filter or edition.") : t("There are no editions.")));
    return;
  }
  if (pagedFor !== item.group.key) [pages, pagedFor] = [1, item.group.key];
  pages = Math.max(pages, Math.ceil((view.place + 1) / PAGE));
  const reasons = [...new Set(item.places.map((place) => place.reason))];
  const shown = item.places.slice(0, pages * PAGE);
  $("detail").replaceChildren(...some([
    headOf(item, reasons.length === 1 ? reasons[0] : ""),
    el("div", { class: "answer" }, choicesOf(item), view.typing && typingForm(item), scopeOf(item)),
    el("ol", { class: "places" }, shown.map((place, index) => placeOf(item, place, index, reasons.length > 1))),
    shown.length < item.places.length &&
      button({ class: "more", onclick: () => { pages++; showDetail(); } }, t("Show more of {places}", { places: places(item.places.length) })),
  ]));
  if (view.typing) $("own").focus();
  else if (inside) $("detail").focus({ preventScroll: true });
}

function headOf({ group, places: shown }, reason) {
  const kinds = [...new Set(shown.map((place) => place.kind))];
  const others = data.editions.filter((edition) => edition !== view.edition).map((edition) => {
    const count = (byPhrase.get(group.phrase) || []).filter((place) => place.edition === edition).length;
    return count ? `${edition.name} (${number(count)})` : "";
  }).filter(Boolean);
  return el(
    "header", null,
    el("p", { class: "kinds" },
      el("span", { class: `badge rank-${group.rank}` }, t("Rank {rank}", { rank: group.rank })),
      kinds.map((kind) => el("span", { class: "badge", title: (data.kinds[kind] || [])[1] }, kindName(kind))),
      shown.some((place) => place.must && !place.answer) && el("span", { class: "badge must" }, t("must be decided")),
      view.markNew && shown.some((place) => place.isNew) && el("span", { class: "badge new" }, t("new")),
      el("span", { class: "position" }, t("{at} of {count}", { at: number(view.index + 1), count: number(view.items.length) })),
    ),
    el("h2", { lang: data.source, class: [...group.phrase].length > 14 ? "long" : "" }, group.phrase),
    el("p", { class: "meta" }, places(group.places.length), shown.length < group.places.length && t(" ({count} shown)", { count: number(shown.length) }), others.length ? t(" · also in {editions}", { editions: others.join(t(", ")) }) : ""),
    el("p", { class: "reason" }, reason || (data.kinds[kinds[0]] || [])[1] || ""),
  );
}

function choicesOf(item) {
  const all = choices(item.places);
  const chosen = new Set(item.places.map((place) => place.answer && place.answer.target));
  const varied = all.filter((choice) => choice.now).length > 1;
  return el(
    "div", { class: "choices", role: "group", "aria-label": view.onePlace ? t("For the marked place") : t("For all places") },
    all.map((choice, index) =>
      button(
        { class: "choice", "aria-pressed": String(chosen.has(choice.text)), onclick: () => answer(choice.text, view.onePlace) },
        index < 9 && el("kbd", null, String(index + 1)),
        el("span", { lang: view.edition.language }, choice.text),
        choice.now > 0 && el("small", null, varied ? t("now in {count}", { count: number(choice.now) }) : t("now")),
      ),
    ),
    button({ class: "quiet", onclick: openTyping }, el("kbd", null, "e"), t("Another text…")),
    varied && button({ class: "quiet", onclick: keepAll }, el("kbd", null, "a"), t("Keep each as it stands")),
    item.places.some((place) => place.answer && !place.answer.saved) &&
      button({ class: "quiet", onclick: takeBack }, el("kbd", null, "x"), t("Take back")),
  );
}

function typingForm(item) {
  const put = (event, one) => {
    event.preventDefault();
    const text = $("own").value;
    const wrong = unfit(text);
    if (wrong) return complain(wrong);
    view.typing = false;
    answer(text, one);
  };
  const shown = item.places[view.place];
  return el(
    "form", { class: "typing", onsubmit: (event) => put(event, view.onePlace) },
    el("input", {
      id: "own", lang: view.edition.language, value: (shown.answer && shown.answer.target) || shown.output,
      "aria-label": t("Another text"), autocomplete: "off", spellcheck: "false",
      onkeydown: (event) => {
        if (event.key === "Enter" && event.shiftKey && !event.isComposing) put(event, true);
      },
    }),
    el("button", { class: "primary" }, view.onePlace ? t("For this place") : t("For {places}", { places: places(item.places.length) })),
    el("small", null, el("kbd", null, "Enter"), t(" puts it, "), el("kbd", null, "Shift Enter"), t(" in this place only, "), el("kbd", null, "Esc"), t(" leaves")),
  );
}

function scopeOf(item) {
  const several = new Set(data.editions.filter((edition) => edition.script === view.edition.script).map((edition) => edition.language)).size > 1;
  const everywhere = view.edition.script === "zh-Hant" ? t("All Traditional editions") : t("All Simplified editions");
  const toggle = (key, pressed, text, action) => button({ class: "switch", "aria-pressed": String(pressed), onclick: action }, el("i"), text, el("kbd", null, key));
  return el(
    "div", { class: "scope" },
    toggle("t", view.onePlace, t("One place at a time"), togglePlace),
    mayBeTerm(item) && toggle("l", view.asTerm, t("A term of the glossary"), toggleTerm),
    several && toggle("g", view.wholeScript, everywhere, toggleScript),
    el("label", null, el("span", null, t("Note")), el("input", {
      id: "note", value: view.note, autocomplete: "off", placeholder: t("Why   m"), onchange: (event) => setNote(item, event.target.value),
    })),
  );
}

// A word for all its places may stand in the glossary, where other books find it too; a file page cannot write there.
const mayBeTerm = (item) => Boolean(data.serve) && !view.onePlace && [...item.group.phrase].length > 1;

function placeOf(item, place, index, withReason) {
  const here = index === view.place;
  const given = place.answer;
  return el(
    "li", { class: [here ? "here" : "", given ? "done" : ""].join(" ").trim(), "aria-current": here ? "true" : false, onclick: () => choosePlace(index) },
    el("p", { class: "where" },
      el("code", null, place.line ? `${place.path}:${place.line}` : place.path),
      withReason && el("span", null, place.reason),
      view.markNew && place.isNew && el("span", { class: "badge new" }, t("new")),
      given && el("span", { class: "given" }, given.before || given.after ? t("this place") : given.glossary ? t("all places, in the glossary") : t("all places"),
        given.language === view.edition.script ? `, ${given.language}` : "", given.note ? ` – ${given.note}` : "")),
    el("p", { class: "text source", lang: data.source }, place.before, el("mark", null, place.phrase), place.after),
    el("p", { class: "text", lang: view.edition.language }, place.outBefore, el("mark", { class: given ? "given" : "" }, given ? given.target : place.output), place.outAfter),
    here && item.places.length > 1 &&
      el("p", { class: "single", role: "group", "aria-label": t("For this place only") }, t("This place only"),
        choices(item.places).map((choice, at) =>
          button({ class: "quiet", onclick: (event) => { event.stopPropagation(); answer(choice.text, true); } },
            at < 9 && el("kbd", null, "⇧" + (at + 1)), el("span", { lang: view.edition.language }, choice.text)))),
  );
}

function choosePlace(index) {
  const item = current();
  if (!item || getSelection().toString()) return;
  view.place = Math.max(0, Math.min(index, item.places.length - 1));
  showDetail();
  $("detail").querySelector(".here")?.scrollIntoView({ block: "nearest" });
}
