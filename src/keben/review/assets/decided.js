// What was decided: a list to look at and to change. A changed decision is an answer like any other.

const DECIDED_AT_ONCE = 200;

const decidedNow = () =>
  data.decisions.map((row) => {
    const [language, phrase, target, before, after, note] = row;
    const given = answers.get(keyOf(language, phrase, before, after));
    return { language, phrase, target, before, after, note, given: given && !given.saved ? given : null };
  });

function openDecided() {
  $("decided-query").value = "";
  showDecided();
  if (!$("decided").open) $("decided").showModal();
}

function showDecided() {
  const query = $("decided-query").value.trim().toLowerCase();
  const wanted = decidedNow().filter((each) =>
    [each.language, each.phrase, each.target, each.note, each.before + each.phrase + each.after].join("\n").toLowerCase().includes(query));
  const shown = wanted.slice(0, DECIDED_AT_ONCE);
  const rest = wanted.length - shown.length;
  $("decided-rows").replaceChildren(...shown.map(decidedRow));
  $("decided-count").textContent = wanted.length
    ? `${number(wanted.length)} of ${number(data.decisions.length)}${rest ? `; ${number(rest)} more: search for them` : ""}`
    : data.decisions.length ? "Nothing is found." : "Nothing is decided yet.";
}

function decidedRow(each) {
  const { given } = each;
  const target = el("input", { lang: each.language, value: given ? given.target : each.target, "aria-label": `What ${each.phrase} becomes`, autocomplete: "off", spellcheck: "false" });
  const note = el("input", { value: given ? given.note : each.note, placeholder: "Note", "aria-label": "Note", autocomplete: "off" });
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
      el("span", { class: "badge" }, each.before || each.after ? "this place" : "all places", `, ${each.language}`),
      el("button", null, "Change"),
      given && el("span", { class: "badge must" }, "not saved")),
  );
}

function changeDecided(each, target, note) {
  const wrong = unfit(target) || (note && unfit(note));
  if (wrong) return complain(wrong);
  const { language, phrase, before, after } = each;
  const key = keyOf(language, phrase, before, after);
  const same = target === each.target && note === each.note;
  const given = { language, phrase, target, before, after, note, saved: false };
  change([[key, same ? null : given]], { edition: view.edition?.name, key: current()?.group.key, place: view.place });
  showDecided();
  show();
  say(same ? `${phrase} stays as it was decided.` : `${phrase} → ${target}: save it.`);
}
