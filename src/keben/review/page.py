"""The review as one HTML file that needs nothing else: no network, no server, no other file."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from keben.core.catalogues import translated
from keben.core.editorial.values import DoubtKind
from keben.core.saying import wording
from keben.review.values import Reviewed, ReviewSheet

SCRIPTS = (
    *("model.js", "answers.js", "view.js", "list.js", "detail.js"),
    *("decided.js", "saving.js", "keys.js", "start.js"),
)
"""The page's program, in the order in which its parts are put together."""

KINDS: Mapping[DoubtKind, tuple[str, str]] = {
    "credit": (
        wording("Name in book.toml"),
        wording("Names of persons and publishers stay as they are, unless an editor decides."),
    ),
    "likely": (
        wording("Likely wrong"),
        wording("Rules or counts doubt it, and the text around it speaks for another form."),
    ),
    "overlap": (
        wording("Overlap"),
        wording("The words can be parted in two ways, and these give different texts."),
    ),
    "glossary": (wording("Glossary"), wording("A term of the glossary takes a part of a longer word.")),
    "quotes": (wording("Quotation marks"), wording("Quotation marks do not pair.")),
    "name": (wording("Name"), wording("This may be a name, and names keep characters that words change.")),
    "several": (
        wording("Several values"),
        wording("The phrase has several values in OpenCC's dictionaries."),
    ),
    "inconsistent": (
        wording("Inconsistent"),
        wording("The same term comes out in several ways in this book."),
    ),
    "own": (
        wording("Word of this book"),
        wording(
            "A name or a term that keeps together in this book and stands in no list: "
            "one answer settles all its places."
        ),
    ),
    "markup": (
        wording("Under markup"),
        wording("A phrase changes its length under emphasis, a link or a note."),
    ),
    "phrase": (wording("Phrase"), wording("A phrase of OpenCC's may not be meant here.")),
    "default": (
        wording("By default"),
        wording("No phrase decides this character; it came out in its usual way."),
    ),
    "context": (wording("By what is around"), wording("Only the text around it speaks for another form.")),
    "regional": (
        wording("Regional word"),
        wording("A word of the region took the place of one that may be meant as it stood."),
    ),
}
"""What the page calls each kind of doubt, and what it says of it."""


def render_page(sheet: ReviewSheet, edition: str, serve: str = "", language: str = "en") -> str:
    """The page of a review, with every edition of the sheet in it.

    Args:
        sheet: What is to be reviewed.
        edition: The name of the edition that is shown first.
        serve: The path of the local server that takes answers by POST and gives data by GET; empty: the page lets the
            editor download a complete ``decisions.tsv``.
        language: What the page speaks, of `keben.core.catalogues.LANGUAGES`.
    """
    style, script = _asset("page.css"), _script()
    connect = "'self'" if serve else "'none'"
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            f"connect-src {connect}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    parts = {
        "policy": html.escape(policy),
        "title": html.escape(sheet.title),
        "source": html.escape(sheet.source_language),
        "style": style,
        "script": script,
        "language": _TAGS.get(language, language),
        "data": render_data(sheet, edition, serve, language),
    }
    # In one pass: what is put in is not looked at again, whatever a book has in it.
    return re.sub(
        r"\{\{(?:t:([^{}]+)|(\w+))\}\}",
        lambda match: html.escape(translated(match[1], language)) if match[1] else parts[match[2]],
        _asset("page.html"),
    )


def render_data(sheet: ReviewSheet, edition: str, serve: str = "", language: str = "en") -> str:
    """What the page shows, as JSON that can stand in a ``script`` element (every ``<`` is escaped).

    Every text is in ``strings`` once, and elsewhere its index: the editions have most of their texts in common.
    """
    strings: dict[str, int] = {}
    editions = [_edition(reviewed, strings, language) for reviewed in sheet.editions]
    data = {
        "title": sheet.title,
        "slug": sheet.slug,
        "source": sheet.source_language,
        "serve": serve,
        "first": edition,
        "failOn": sheet.fail_on,
        "kinds": {kind: [translated(text, language) for text in texts] for kind, texts in KINDS.items()},
        "words": _words(language),
        "lines": sheet.lines,
        "decisions": [
            [
                *(each.language, each.phrase, each.target, each.before, each.after),
                *(each.note, each.editor, each.date),
            ]
            for each in sheet.decisions
        ],
        "editions": editions,
        "strings": list(strings),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _edition(reviewed: Reviewed, strings: dict[str, int], language: str) -> dict[str, Any]:
    def index(text: str) -> int:
        return strings.setdefault(text, len(strings))

    places = [
        [
            doubt.rank,
            doubt.kind,
            int(doubt.is_new),
            doubt.place.line,
            index(doubt.place.path),
            index(doubt.phrase),
            index(doubt.output),
            index(translated(doubt.reason, language)),
            index(doubt.before),
            index(doubt.after),
            index(doubt.output_before),
            index(doubt.output_after),
            index(doubt.anchor[0]),
            index(doubt.anchor[1]),
            [index(candidate) for candidate in doubt.candidates],
        ]
        for doubt in reviewed.doubts
    ]
    return {"name": reviewed.edition, "language": reviewed.language, "places": places}


@cache
def _words(language: str) -> Mapping[str, str]:
    """What the page's program says, in a language; nothing for English, which the program has."""
    if language == "en":
        return {}
    return {
        template: translated(template, language)
        for template in (json.loads(f'"{text}"') for text in TEMPLATE.findall(_script()))
    }


TEMPLATE = re.compile(r"\bt\(\"((?:[^\"\\]|\\.)+)\"")
_TAGS = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
"""Tags that browsers know fonts by."""


def _hash(text: str) -> str:
    """A hash source of a Content-Security-Policy (CSP Level 3, 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return files("keben.review").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return '"use strict";\n(() => {\n' + "\n".join(map(_asset, SCRIPTS)) + "})();\n"
