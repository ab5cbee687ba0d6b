"""What a person chose for a new book → its files. ``keben new`` writes them."""

import json
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from keben.core.design import CANONS
from keben.core.language import canonical, script
from keben.core.lengths import MM_PER
from keben.core.paper import USUAL_AREA
from keben.core.saying import wording
from keben.core.trims import trim_size
from keben.core.values import dataclass
from keben.core.version import __version__
from keben.project.settings.print import fitting

REPOSITORY = "keben/keben"
"""Where the workflow is that a project's own calls, on GitHub."""

LANGUAGES = ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK")
"""What a manuscript is written in, and what editions are named after; the first unless something else is asked for."""

COLUMNS = "-vertical"
"""What the name of an edition in columns ends in."""

TRIM = "A5"
"""The page of a book for which no other was asked."""

_LONGEST = 40
"""Characters that the eye finds the next line from."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a new book says of itself in one script, where its author does not say it."""

    title: str
    author: str
    nobody: str
    rights: str
    """Of the sample's text."""
    reserved: str
    """Of the user's own."""
    about: str
    description: str
    others: str


SAMPLES = {
    "Hans": Sample(
        title="红楼梦",
        author="曹雪芹",
        nobody="佚名",
        rights="原文属于公有领域",
        reserved="版权所有",
        about="《红楼梦》开头的几页，供试排之用。",
        description="一本刚刚开头的书。",
        others="译者、绘者等：",
    ),
    "Hant": Sample(
        title="紅樓夢",
        author="曹雪芹",
        nobody="佚名",
        rights="原文屬於公有領域",
        reserved="版權所有",
        about="《紅樓夢》開頭的幾頁，供試排之用。",
        description="一本剛剛開頭的書。",
        others="譯者、繪者等：",
    ),
}
"""By the script of the manuscript. The sample is the beginning of 红楼梦, in the words of the 庚辰 text."""


@dataclass(frozen=True, slots=True)
class NewBook:
    """What was chosen for a new book."""

    identifier: str
    """A UUID. Each book has its own from the first day: stores know it by that."""
    date: str
    """The day as ``book.toml`` has it: ``2026-01-31``."""
    language: str = LANGUAGES[0]
    editions: tuple[str, ...] = ()
    """Names of editions as `edition_name` gives them; empty: one for each language."""
    trim: str = ""
    """As the user wrote it, one that `trim_size` knows; empty: A5."""
    design: str = ""
    """The name of a design; empty: the default theme's look."""
    title: str = ""
    """Empty: the sample's."""
    author: str = ""
    """Empty: the sample's, or nobody where the book has a title of its own."""


def language_name(text: str) -> str | None:
    """The name in `LANGUAGES` for a tag as people write it (``zh_TW``, ``zh-hans``); None for another language."""
    tag = canonical(text)
    return next((name for name in LANGUAGES if canonical(name) == tag), None) if tag else None


def edition_name(text: str) -> str | None:
    """The name of an edition for what a person wrote (``zh-tw``, ``zh-Hant-TW-vertical``); None if it is none."""
    plain = text.strip().lower().replace("_", "-")
    name = language_name(plain.removesuffix(COLUMNS))
    return f"{name}{COLUMNS}" if name and plain.endswith(COLUMNS) else name


def usual_editions(language: str) -> tuple[str, ...]:
    """One edition for each language, the manuscript's own first."""
    return (language, *(name for name in LANGUAGES if name != language))


def new_files(book: NewBook) -> dict[str, bytes]:
    """The files of a new project, by their paths below its folder, with ``/`` between names."""
    kind = script(canonical(book.language) or "")
    sample = SAMPLES[kind]
    root = files("keben.project") / "scaffold"
    made = dict(_below(root / kind))
    title = book.title or sample.title
    author = book.author or (sample.nobody if book.title else sample.author)
    made["README.md"] = made["README.md"].replace(b"{title}", " ".join(title.split()).encode())
    settings = _text(root / "book.toml").format(
        title=quoted(title),
        author=quoted(author),
        others=sample.others,
        language=book.language,
        uuid=book.identifier,
        slug="my-book",
        date=book.date,
        rights=sample.reserved if book.title else sample.rights,
        description=sample.description if book.title else sample.about,
        editions=_editions(book),
        print=_print(book),
    )
    made["book/book.toml"] = settings.encode()
    made[".gitignore"] = _text(root / "gitignore").encode()
    call = _text(root / "github" / "workflows" / "book.yml")
    made[".github/workflows/book.yml"] = call.format(repository=REPOSITORY, version=__version__).encode()
    return dict(sorted(made.items()))


def quoted(text: str) -> str:
    """A text as a basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _editions(book: NewBook) -> str:
    """The tables of editions, each after an empty line."""
    names = dict.fromkeys(book.editions or usual_editions(book.language))
    return "".join("\n" + _edition(name, book.language) for name in names)


def _edition(name: str, source: str) -> str:
    language = name.removesuffix(COLUMNS)
    said: Mapping[str, str] = {"language": language, "writing": "vertical"} if language != name else {}
    if language != source and language == "zh-Hant-TW":
        said = {**said, "vocabulary": "technical"}
    return f"[editions.{name}]\n" + "".join(f'{key} = "{value}"\n' for key, value in said.items())


def _print(book: NewBook) -> str:
    """The lines of [print]. A design counts characters and lines itself; for a trim alone they are counted here."""
    if not book.trim and not book.design:
        area = USUAL_AREA
        counted = f"measure = {area.measure}\nlines = {area.lines}\n"
        return f'trim = "{TRIM}"\nbody = "{area.body_pt:g}pt"\nleading = {area.leading:g}\n{counted}'
    asked = "".join(
        f'{key} = "{value}"\n' for key, value in (("trim", book.trim), ("design", book.design)) if value
    )
    return asked if book.design else asked + _counted(book.trim)


def _counted(trim: str) -> str:
    """The characters and lines of a page without a design."""
    size = trim_size(trim)
    if size is None:
        message = wording("not a page size: {trim}", trim=trim)
        raise ValueError(message)
    em = USUAL_AREA.body_pt * MM_PER["pt"]
    measure, lines = fitting(size, CANONS["full"], (em, em * USUAL_AREA.leading), _LONGEST, vertical=False)
    return f"measure = {measure}\nlines = {lines}\n"


def _below(folder: Traversable, above: str = "") -> dict[str, bytes]:
    """Every file below a folder of the package."""
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        name = f"{above}{entry.name}"
        if entry.is_dir():
            found |= _below(entry, f"{name}/")
        elif not name.endswith((".py", ".pyc")):
            found[name] = _text(entry).encode()
    return found


def _text(file: Traversable) -> str:
    """A text of the package, with one kind of line end wherever it was checked out."""
    return file.read_bytes().decode("utf-8").replace("\r\n", "\n")
