// What was decided: a list to look at and to change. A changed decision is an answer like any other.

const DECIDED_AT_ONCE = 200;

const decidedNow = () =>
  data.decisions.map((row) => {
    const [language, phrase, target, before, after, note, editor, date] = row;
    const given = answers.get(keyOf(language, phrase, before, after));
    return { language, phrase, target, before, after, note, editor, date, given: given && !given.saved ? given : null };
  });

function openDecided() {
  $("decided-query").value = "";
  showDecided();
  if (!$("decided").open) $("decided").showModal();
}

function showDecided() {
  const query = $("decided-query").value.trim().toLowerCase();
  const wanted = decidedNow().filter((each) =>
    [each.language, each.phrase, each.target, each.note, each.editor, each.date, each.before + each.phrase + each.after].join("\n").toLowerCase().includes(query));
  const shown = wanted.slice(0, DECIDED_AT_ONCE);
  const rest = wanted.length - shown.length;
  $("decided-rows").replaceChildren(...shown.map(decidedRow));
  $("decided-count").textContent = wanted.length
    ? t("{at} of {count}", { at: number(wanted.length), count: number(data.decisions.length) }) +
      (rest ? t("; {count} more: search for them", { count: number(rest) }) : "")
    : data.decisions.length ? t("Nothing is found.") : t("Nothing is decided yet.");
}

function decidedRow(each) {
  const { given } = each;
  const gone = given && !given.target;
  const target = el("input", { lang: each.language, value: given?.target || each.target, disabled: Boolean(gone), "aria-label": t("What {phrase} becomes", { phrase: each.phrase }), autocomplete: "off", spellcheck: "false" });
  const note = el("input", { value: given ? given.note : each.note, placeholder: t("Note"), "aria-label": t("Note"), autocomplete: "off" });
  const put = (event) => {
    event.preventDefault();
    changeDecided(each, target.value, note.value);
  };
  return el(
    "li", { class: given ? "changed" : "" },
    el("form", { onsubmit: put },
      el("span", { class: "what", lang: data.source }, each.before && el("small", null, each.before), el("b", null, each.phrase), each.after && el("small", null, each.after)),
      el("span", { "aria-hidden": "true" }, "→"),
      target, note,
      el("span", { class: "badge" }, each.before || each.after ? t("this place") : t("all places"), `, ${each.language}`),
      (each.editor || each.date) && el("span", { class: "badge" }, [each.editor, each.date].filter(Boolean).join(", ")),
      !gone && el("button", null, t("Change")),
      gone ? button({ onclick: () => restore(each) }, t("Keep")) : button({ class: "quiet", onclick: () => withdraw(each) }, t("Take back")),
      given && el("span", { class: "badge must" }, gone ? t("taken back, not saved") : t("not saved"))),
  );
}

const keyOfDecided = ({ language, phrase, before, after }) => keyOf(language, phrase, before, after);
const here = () => ({ edition: view.edition?.name, key: current()?.group.key, place: view.place });

// The decision goes, and its places are in doubt again.
function withdraw(each) {
  const { language, phrase, before, after } = each;
  change([[keyOfDecided(each), { language, phrase, target: "", before, after, note: "", saved: false }]], here());
  showDecided();
  show();
  say(t("{phrase} → {target} is taken back: save it.", { phrase, target: each.target }));
}

function restore(each) {
  change([[keyOfDecided(each), null]], here());
  showDecided();
  show();
  say(t("{phrase} stays as it was decided.", { phrase: each.phrase }));
}

function changeDecided(each, target, note) {
  const wrong = unfit(target) || (note && unfit(note));
  if (wrong) return complain(wrong);
  const { language, phrase, before, after } = each;
  const key = keyOfDecided(each);
  const same = target === each.target && note === each.note;
  const given = { language, phrase, target, before, after, note, saved: false };
  change([[key, same ? null : given]], here());
  showDecided();
  show();
  say(same ? t("{phrase} stays as it was decided.", { phrase }) : t("{phrase} → {target}: save it.", { phrase, target }));
}
