"""What a theme calls things: ``words.toml``, with a table for each script, and for a region what differs in it.

An edition takes its words from its own tables. They stand in its script already, so they are kept from conversion:
著 in a title page of a book that is written in Traditional must not become 着.
"""

import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence

from keben.core import language
from keben.core.book import Theme
from keben.core.edition import Edition
from keben.core.errors import Finding, Place
from keben.core.patterns import later
from keben.core.relators import RELATORS
from keben.core.saying import series, wording
from keben.core.toml.loading import Locate, load_toml
from keben.core.toml.nearest import nearest
from keben.core.values import dataclass
from keben.core.variants import Variant, enclose

FILE = "words.toml"

Tables = Mapping[str, Mapping[str, str]]
"""Words by table: a script (``zh-Hans``), or a canonical tag."""

_ROLE = re.compile(r"(?:role|person)_([a-z]{3})")
_USED = re.compile(r"""\bwords(?:\.(\w+)|\[\s*["'](\w+)["']\s*\])""")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_FIELD = later(r"(\{\w+\}|[“”‘’「」『』])")
"""What stays outside of what is settled: placeholders, and quotation marks, which an edition sets."""
_ONE_MARK = str.maketrans("「」『』", "“”‘’")


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """A theme's words: its own, and the default theme's."""

    own: Tables
    default: Tables

    def of(self, edition: Edition) -> dict[str, str]:
        """An edition's words, kept from conversion where they stand in its script.

        A word that the theme says in the source's script alone is left to the converter.
        """
        target, source = _tags(edition.language), _tags(edition.source_language)
        names = dict.fromkeys(
            name for tables in (self.default, self.own) for each in tables.values() for name in each
        )
        found: dict[str, str] = {}
        for name in names:
            said = _first(self.own, target, name)
            converted = None if said is not None else _first(self.own, source, name)
            if converted is not None:
                found[name] = converted
                continue
            if said is None:
                said = _first(self.default, target, name)
            if said is not None and edition.language == edition.source_language:
                found[name] = said
            elif said is not None:
                found[name] = _settled(said, _first(self.default, source, name) or "", edition.language)
        return found


def read_words(theme: Theme) -> tuple[ThemeWords, tuple[Finding, ...]]:
    """The words of a theme, without those that something is wrong with, and what that is."""
    default, _ = _read(theme.defaults.get(FILE, ""), FILE, {}, frozenset())
    if theme.base.get(FILE):
        default = _over(_read(theme.base[FILE], FILE, {}, frozenset())[0], default)
    allowed = {name: _fields(text) for tables in default.values() for name, text in tables.items()}
    used = frozenset(
        name
        for file, text in theme.templates.items()
        if file != FILE
        for match in _USED.finditer(text)
        for name in match.groups()
        if name
    )
    shown = theme.origins.get(FILE, f"templates/{FILE}")
    own, findings = _read(theme.templates.get(FILE, ""), shown, allowed, used)
    return ThemeWords(own, default), findings


def _over(tables: Tables, others: Tables) -> Tables:
    """Words with those of a design over them."""
    return {tag: {**tables.get(tag, {}), **others.get(tag, {})} for tag in {**tables, **others}}


def _tags(tag: str) -> tuple[str, str]:
    return tag, f"zh-{language.script(tag)}"


def _first(tables: Tables, tags: Iterable[str], name: str) -> str | None:
    return next((tables[tag][name] for tag in tags if name in tables.get(tag, {})), None)


def _settled(word: str, source: str, tag: str) -> str:
    """A word that conversion leaves as it is, in an edition of a canonical tag.

    Until then it stands in the text as the source's own words say it: so what editors decided of the text around a
    reference (里 in “见图1-1里”) finds its place in each edition.
    """
    said, stands = _FIELD.split(word), _FIELD.split(source)
    if [_unmarked(each) for each in said[1::2]] != [_unmarked(each) for each in stands[1::2]]:
        stands = said
    return "".join(
        each if index % 2 else _piece(piece, each, tag)
        for index, (piece, each) in enumerate(zip(said, stands, strict=True))
    )


def _piece(piece: str, source: str, tag: str) -> str:
    if not piece or not source:
        return enclose(Variant("keep", text=piece)) if piece else ""
    return enclose(Variant("choose", {tag: piece}, source))


def _unmarked(field: str) -> str:
    """A placeholder as it is; quotation marks of all regions as one, since an edition sets them."""
    return field.translate(_ONE_MARK)


def _read(
    text: str, path: str, allowed: Mapping[str, frozenset[str]], used: frozenset[str]
) -> tuple[Tables, tuple[Finding, ...]]:
    """``allowed``: the placeholders of each known word; of the default theme, which is right, nothing is known yet."""
    values, locate, found = load_toml(text, path)
    findings = list(found)
    tables: dict[str, dict[str, str]] = {}
    for name, table in (values or {}).items():
        tag = language.variant(name)
        if tag is None:
            known = series(dict.fromkeys(language.VARIANTS.values()))
            message = wording("There is no table [{name}] of words.", name=name[:40])
            findings.append(
                Finding(locate((name,)), "unknown-key", message, wording("Use one of {known}.", known=known))
            )
        elif not isinstance(table, Mapping):
            message = wording("`{name}` is not a table.", name=name)
            findings.append(
                Finding(
                    locate((name,)),
                    "wrong-value",
                    message,
                    wording("Write [{name}] and its words below.", name=name),
                )
            )
        else:
            words = tables.setdefault(tag, {})
            for key, value in table.items():
                problems = list(_faults(name, key, value, allowed, used, locate)) if allowed else []
                findings += problems
                if not problems and isinstance(value, str):
                    words[key] = value
    return tables, tuple(findings)


def _faults(
    table: str,
    key: str,
    value: object,
    allowed: Mapping[str, frozenset[str]],
    used: frozenset[str],
    locate: Locate,
) -> Iterator[Finding]:
    place = locate((table, key))
    role = _ROLE.fullmatch(key)
    if key not in allowed and key not in used and not (role and role[1] in RELATORS):
        message = wording("Nothing uses the word `{key}`.", key=key[:40])
        yield Finding(place, "unknown-key", message, _near(key, [*allowed]))
    elif not isinstance(value, str):
        yield Finding(
            place,
            "wrong-value",
            wording("`{key}` in [{table}] is not a text.", key=key, table=table),
            wording("Put it between straight quotes."),
        )
    elif key in allowed:
        yield from _placeholders(place, key, value, allowed[key])


def _near(key: str, known: Sequence[str]) -> str:
    advice = nearest(key, known)
    return advice if advice.startswith("Did") else wording("The default theme's words.toml has all of them.")


def _placeholders(place: Place, key: str, value: str, allowed: frozenset[str]) -> Iterator[Finding]:
    shown = series("{" + name + "}" for name in sorted(allowed))
    advice = (
        wording("It can have {shown}; {{{{ and }}}} print braces.", shown=shown)
        if allowed
        else wording("It can have none.")
    )
    if not allowed:
        for match in _PLACEHOLDER.findall(value)[:1]:
            yield Finding(
                place, "placeholder", wording("`{key}` has {match}.", key=key, match=match[:40]), advice
            )
        return
    try:
        fields = list(string.Formatter().parse(value))
    except ValueError:
        yield Finding(
            place,
            "placeholder",
            wording("`{key}` has a brace that is never closed or opened.", key=key),
            advice,
        )
        return
    for _, name, form, conversion in fields:
        if name is not None and (name not in allowed or form or conversion):
            written = f"{{{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}}}"
            yield Finding(
                place, "placeholder", wording("`{key}` has {written}.", key=key, written=written[:40]), advice
            )


def _fields(text: str) -> frozenset[str]:
    return frozenset(match[1:-1] for match in _PLACEHOLDER.findall(text))


def unnamed_roles(edition: Edition, said: ThemeWords) -> Iterator[Finding]:
    """A warning for each role of a person that the theme has no word for."""
    tag = f"zh-{language.script(edition.language)}"
    for role in dict.fromkeys(person.role for person in edition.metadata.authors):
        name = f"role_{role}"
        tables = [each.get(key, {}) for each in (said.own, said.default) for key in (edition.language, tag)]
        if not any(name in table for table in tables):
            message = wording(
                "The theme has no word for what a person of the role “{role}” ({get}) did.",
                role=role,
                get=RELATORS.get(role, role),
            )
            advice = wording(
                'Write one in templates/words.toml: [{tag}] and below it {name} = "…".', tag=tag, name=name
            )
            yield Finding(Place("book/book.toml"), "unnamed-role", message, advice, "warning")
