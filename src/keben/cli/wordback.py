"""``keben import CORRECTED.docx --into PROJECT``: what was corrected in Word, as a diff of the Markdown."""

import os
from pathlib import Path

from keben.cli.streams import say
from keben.core.errors import UsageError
from keben.core.reasons import reason_of
from keben.core.saying import joined, series, wording
from keben.project import find_project

_SHOWN = 60
"""Characters of a text in a remark."""


def take_into(source: Path, project: Path, edition: str, *, writes: bool) -> None:
    """Show what a corrected document changes in a project's chapters, and write it where that is asked for.

    Raises:
        UsageError: the document cannot be read, or is of no edition of the book.
        SourceError: the project has errors.
    """
    from keben.build.editions import read_project
    from keben.check.docxfile import BrokenDocxError
    from keben.core.errors import SourceError, errors_in
    from keben.review.word import take_back
    from keben.review.word.choosing import edition_of
    from keben.review.word.writing import diff_of, write_sources

    if source.suffix.lower() not in (".docx", ".docm"):
        message = wording("This is not a Word document.")
        advice = wording("`--into` takes a .docx that `keben build -f docx` wrote and that was edited since.")
        raise UsageError.at(str(source), "broken-docx", message, advice)
    try:
        data = source.read_bytes()
    except OSError as error:
        message = wording("This file cannot be read: {reason}.", reason=reason_of(error))
        raise UsageError.at(str(source), "unreadable-file", message, wording("Check its name.")) from None
    root = find_project(project)
    read = read_project(root, os.environ)
    if found := errors_in(read.findings):
        raise SourceError(*found)
    chosen = edition_of(data, source.name, read.manuscript.settings.editions, edition)
    try:
        taken = take_back(read, chosen, data)
    except BrokenDocxError as error:
        raise UsageError.at(
            str(source), "broken-docx", str(error), wording("Save it as .docx again.")
        ) from None
    if diff := diff_of(taken.sources):
        say(diff.removesuffix("\n"))
    for notice in taken.notices:
        say(joined(str(source), ": ", notice), err=True)
    for remark in taken.remarks:
        say(joined(str(remark.place), ": ", remark.message), err=True)
        for sign, text in (("-", remark.before), ("+", remark.after)):
            if text:
                say(f"    {sign} {_cut(text)}", err=True)
    changed = wording(
        "{number} {changes}", number=taken.changed, changes="change" if taken.changed == 1 else "changes"
    )
    left = (
        wording("{count} to look at by hand", count=len(taken.remarks))
        if taken.remarks
        else wording("nothing left over")
    )
    say(
        wording(
            "{name}: {changed} in {count} files, {left}.",
            name=chosen.name,
            changed=changed,
            count=len(taken.sources),
            left=left,
        ),
        err=True,
    )
    if taken.sources and writes:
        kept = write_sources(root, taken.sources)
        say(wording("Written; the old texts are in {kept}.", kept=series(kept)), err=True)
    elif taken.sources:
        say(wording("Nothing is written yet: --write does it."), err=True)


def _cut(text: str) -> str:
    line = text.replace("\n", "⏎")
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
