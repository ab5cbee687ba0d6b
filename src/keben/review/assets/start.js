// Everything is put in its place.

adopt(decode($("data").textContent));
recall();
settle();
view.edition = data.editions.find((edition) => edition.name === data.first) || data.editions[0] || null;
view.ranks = new Set([1, 2, 3]);
view.onlyMust = Boolean(view.edition?.places.some((place) => place.must && !place.answer));
filter();
view.note = noteOf(current());
show();

document.addEventListener("keydown", onKey);
$("rows").addEventListener("scroll", () => requestAnimationFrame(showRows), { passive: true });
addEventListener("resize", showRows);
$("query").addEventListener("input", () => { view.query = $("query").value.trim().toLowerCase(); refilter(); });
$("kind").addEventListener("change", () => chooseKind($("kind").value));
$("must").addEventListener("click", toggleMust);
$("open").addEventListener("click", () => { view.onlyOpen = !view.onlyOpen; refilter(); });
$("new").addEventListener("click", () => { view.onlyNew = !view.onlyNew; refilter(); });
$("undo").addEventListener("click", undo);
$("save").addEventListener("click", save);
$("show-decided").addEventListener("click", openDecided);
$("decided-query").addEventListener("input", showDecided);
$("help").addEventListener("click", () => $("keys").showModal());
addEventListener("beforeunload", (event) => { if (isDirty()) event.preventDefault(); });
$("rows").focus();
if (notes.size) say(waitingNotes());
if (unsaved().length) say(t("Not saved yet, and still here from before: {count}.", { count: number(unsaved().length) }));
