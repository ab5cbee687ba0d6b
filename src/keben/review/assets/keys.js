// What the editor does: answers, moves, filters; and the keys for it.

// An answer for all places leaves those alone that have one of their own.
//
// For a single character it is written down place by place: as a rule for the whole book it would also be one for all
// the places that were never in doubt, and for those that are still to be written. It is for the places of this
// question: those of another rank came out otherwise, or are hardly wrong, and are a question of their own.
function answer(target, one) {
  const item = current();
  if (!item) return;
  const marked = item.places[view.place] || item.places[0];
  const byPlace = [...item.group.phrase].length === 1;
  const all = byPlace ? item.places : placesOf(item.group.phrase);
  const language = languageFor(one ? [marked] : all);
  if (!one && byPlace) {
    const left = all.filter((place) => !place.answer || !(place.answer.before || place.answer.after) || place === marked);
    const message = t("{phrase} → {target}, {where}, {language}.", { phrase: item.group.phrase, target, where: places(left.length), language });
    return finish(left.map((place) => entry(language, place, target, true)), message);
  }
  const [key, given] = entry(language, marked, target, one);
  const entries = [[key, given]];
  if (language === view.edition.script) {
    // What was said of one language alone would hide what is said of its script.
    for (const [other, each] of answers) {
      const same = each.phrase === given.phrase && each.before === given.before && each.after === given.after;
      if (same && other !== key && scriptOf(each.language) === language && !each.saved) entries.push([other, null]);
    }
  }
  const own = all.filter((place) => place.answer && (place.answer.before || place.answer.after)).length;
  const rest = own && !one ? t(" ({places} with an answer of their own)", { places: places(own) }) : "";
  finish(entries, t("{phrase} → {target}, {where}, {language}.", { phrase: item.group.phrase, target, where: (one ? t("this place") : places(all.length)) + rest, language }));
}

function keepAll() {
  const item = current();
  if (!item) return;
  const all = placesOf(item.group.phrase);
  const kept = item.places.filter((place) => !place.answer && !unfit(place.output));
  if (!kept.length) return say(t("Every place has an answer."));
  if (kept.length === all.length && new Set(all.map((place) => place.output)).size === 1) {
    return answer(kept[0].output, false);
  }
  finish(
    kept.map((place) => entry(view.edition.language, place, place.output, true)),
    t("{phrase}: {places} kept as they stand.", { phrase: item.group.phrase, places: places(kept.length) }),
  );
}

const placesOf = (phrase) => (byPhrase.get(phrase) || []).filter((place) => place.edition === view.edition);

function entry(language, place, target, one) {
  const [before, after] = one ? [place.anchorBefore, place.anchorAfter] : ["", ""];
  const glossary = !one && view.asTerm && mayBeTerm(current()) ? "yes" : "";
  const given = { language, phrase: place.phrase, target, before, after, note: view.note, glossary, saved: false };
  return [keyOfAnswer(given), given];
}

function languageFor(some) {
  if (!view.wholeScript) return view.edition.language;
  const other = agree(some);
  if (!other) return view.edition.script;
  complain(t("{other} does not have the same candidates here: this is decided for {language} only.", { other, language: view.edition.language }));
  return view.edition.language;
}

function finish(entries, message) {
  const item = current();
  const warning = $("alert").textContent;
  notes.delete(noteKey(item));
  change(entries, { edition: view.edition.name, key: item.group.key, place: view.place });
  const after = [...item.places.keys()].map((at) => (view.place + 1 + at) % item.places.length);
  const place = after.find((at) => !item.places[at].answer);
  let next = view.index;
  let key = item.group.key;
  if (place === undefined) {
    const order = [...view.items.keys()].map((at) => (view.index + 1 + at) % view.items.length);
    next = order.find((at) => isOpen(view.items[at]));
    key = next === undefined ? item.group.key : view.items[next].group.key;
  }
  if (view.onlyOpen) {
    filter(key);
    next = view.index;
  }
  if (place !== undefined && !view.onlyOpen) view.place = place;
  else if (next !== undefined && current()) select(next);
  show();
  if (place !== undefined) $("detail").querySelector(".here")?.scrollIntoView({ block: "nearest" });
  say(message + (next === undefined || !view.items.some(isOpen) ? t(" Everything shown is answered.") : ""));
  if (warning) complain(warning);
}

function takeBack() {
  const item = current();
  const given = new Set(item?.places.map((place) => place.answer).filter((each) => each && !each.saved));
  if (!given.size) return;
  change([...given].map((each) => [keyOfAnswer(each), null]), { edition: view.edition.name, key: item.group.key, place: view.place });
  filter(item.group.key);
  show();
  say(t("{phrase}: the answer is taken back.", { phrase: item.group.phrase }));
}

function undo() {
  const step = undone();
  if (!step) return say(t("There is nothing to undo."));
  view.edition = data.editions.find((edition) => edition.name === step.where.edition) || view.edition;
  filter(step.where.key);
  view.place = Math.min(step.where.place, Math.max(0, (current()?.places.length || 0) - 1));
  view.note = noteOf(current());
  reveal();
  show();
  say(t("Undone."));
}

function setNote(item, text) {
  if (text && unfit(text)) return complain(unfit(text));
  if (current()?.group === item.group) view.note = text;
  const given = new Set(item.places.map((place) => place.answer).filter((each) => each && !each.saved));
  if (given.size) {
    change([...given].map((each) => [keyOfAnswer(each), { ...each, note: text }]), { edition: view.edition.name, key: item.group.key, place: view.place });
  } else {
    // What came out of the field while it was left for another group belongs to the group that it was written for.
    if (text) notes.set(noteKey(item), text);
    else notes.delete(noteKey(item));
    remember();
    if (text) say(t("A note goes with an answer: choose one for {phrase}, and both are saved.", { phrase: item.group.phrase }));
  }
  show();
}

function chooseEdition(edition) {
  const phrase = current()?.group.key;
  view.edition = edition;
  view.index = view.place = 0;
  view.onlyMust &&= edition.places.some((place) => place.must);
  if (view.kind && !edition.places.some((place) => place.kind === view.kind)) view.kind = "";
  filter(phrase);
  view.note = noteOf(current());
  show();
  reveal();
}

function refilter() {
  filter();
  $("rows").scrollTop = 0;
  reveal();
  show();
}

// What must be decided comes alone at first; everything else is one key away.
function toggleMust() {
  view.onlyMust = !view.onlyMust && Boolean(view.edition?.places.some((place) => place.must));
  refilter();
  say(view.onlyMust ? t("Only what must be decided is shown.") : t("Everything that is in doubt is shown."));
}

function chooseKind(kind) {
  view.kind = kind;
  if (kind && !data.failOn.includes(kind)) view.onlyMust = false;
  refilter();
}

function toggleRank(rank) {
  if (view.ranks.has(rank)) view.ranks.delete(rank);
  else view.ranks.add(rank);
  refilter();
  $("ranks").querySelector(`[data-rank="${rank}"]`).focus();
}

function togglePlace() {
  view.onePlace = !view.onePlace;
  showDetail();
  say(view.onePlace ? t("Answers are for one place at a time.") : t("Answers are for all places of a phrase."));
}

function toggleScript() {
  view.wholeScript = !view.wholeScript;
  showDetail();
  say(t("Answers are for {language}.", { language: view.wholeScript ? view.edition.script : view.edition.language }));
}

function toggleTerm() {
  const item = current();
  if (!item || !mayBeTerm(item)) return;
  view.asTerm = !view.asTerm;
  showDetail();
  say(view.asTerm ? t("Answers for all places of a word go to book/glossary.tsv.") : t("Answers go to book/decisions.tsv."));
}

function openTyping() {
  if (!current()) return;
  view.typing = true;
  showDetail();
  $("own").select();
}

const KEYS = {
  j: () => select(view.index + 1),
  k: () => select(view.index - 1),
  n: () => choosePlace(view.place + 1),
  p: () => choosePlace(view.place - 1),
  a: keepAll,
  e: openTyping,
  m: () => $("note")?.focus(),
  t: togglePlace,
  g: toggleScript,
  l: toggleTerm,
  x: takeBack,
  u: undo,
  s: save,
  d: openDecided,
  f: toggleMust,
  "/": () => $("query").focus(),
  "?": () => $("keys").showModal(),
};

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || $("keys").open || $("decided").open) return;
  const field = event.target.closest?.("input, select");
  if (event.key === "Escape" && field) {
    view.typing = false;
    field.blur();
    showDetail();
    $("rows").focus();
    return event.preventDefault();
  }
  if (field) return;
  const inList = event.target === $("rows");
  const moves = { ArrowDown: "j", ArrowUp: "k" };
  // By place on the keyboard: with Shift, or on a French keyboard, a digit's key gives another character.
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  const letter = /^Key([A-Z])$/.exec(event.code);
  let action = KEYS[event.key.toLowerCase()] || (inList && KEYS[moves[event.key]]);
  // Under a Chinese input method a letter's key may not tell its letter.
  if (!action && event.key === "Process" && letter) action = KEYS[letter[1].toLowerCase()];
  if (!action && digit) {
    const choice = current() && choices(current().places)[digit[1] - 1];
    action = choice && (() => answer(choice.text, view.onePlace || event.shiftKey));
  }
  if (!action) return;
  event.preventDefault();
  action();
}
