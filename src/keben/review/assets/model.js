// The data: editions, their doubtful places, and the groups that these make.

let data = null;
// Places of all editions by phrase: an answer touches these alone.
let byPhrase = new Map();

// A sentence in the language of the page; `values` take the places of names in braces.
const t = (template, values = {}) =>
  (data?.words[template] || template).replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

const scriptOf = (language) => language.split("-").slice(0, 2).join("-");

function decode(text) {
  const received = JSON.parse(text);
  const at = (index) => received.strings[index];
  for (const edition of received.editions) {
    edition.script = scriptOf(edition.language);
    edition.places = edition.places.map((row, order) => {
      const [rank, kind, isNew, line, ...texts] = row;
      const candidates = texts.pop().map(at);
      const [path, phrase, output, reason, before, after, outBefore, outAfter, anchorBefore, anchorAfter] =
        texts.map(at);
      return {
        edition, order, rank, kind, isNew: Boolean(isNew), line, path, phrase, output, reason, before, after,
        outBefore, outAfter, anchorBefore, anchorAfter,
        // Where there is nothing to choose, an editor can still say that it is right as it stands.
        candidates: candidates.length || !output ? candidates : [output],
        must: received.failOn.includes(kind), answer: null,
      };
    });
    edition.groups = grouped(edition.places);
  }
  return received;
}

// Places of one phrase and one rank; the worst first, then the most frequent, then the book's order.
function grouped(places) {
  const groups = new Map();
  for (const place of places) {
    const key = place.rank + "\n" + place.phrase;
    if (!groups.has(key)) {
      groups.set(key, { key, rank: place.rank, phrase: place.phrase, places: [], first: place.order });
    }
    groups.get(key).places.push(place);
  }
  return [...groups.values()].sort(
    (one, other) => one.rank - other.rank || other.places.length - one.places.length || one.first - other.first,
  );
}

function adopt(received) {
  data = received;
  byPhrase = new Map();
  for (const edition of data.editions) {
    for (const place of edition.places) {
      if (!byPhrase.has(place.phrase)) byPhrase.set(place.phrase, []);
      byPhrase.get(place.phrase).push(place);
    }
  }
}

// What may be chosen for some places: the candidates of all of them, those printed now counted.
function choices(places) {
  const counts = new Map();
  for (const place of places) {
    for (const candidate of place.candidates) if (!counts.has(candidate)) counts.set(candidate, 0);
  }
  for (const place of places) {
    if (counts.has(place.output)) counts.set(place.output, counts.get(place.output) + 1);
  }
  return [...counts].map(([text, now]) => ({ text, now }));
}

function kindName(kind) {
  return (data.kinds[kind] || [kind])[0];
}
