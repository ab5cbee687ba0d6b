"""Writes docs/commands.md and docs/commands.zh.md, every command and option, from the commands themselves.

    python tools/commands.py [--check]

What an option does is its help, in Chinese as the catalogue of messages has it.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from keben.cli import main as keben
from keben.cli.language import speak

DOCS = Path(__file__).resolve().parent.parent / "docs"

WORDS = {
    "en": {
        "first": "**English** · [简体中文](commands.zh.md)",
        "title": "Every command",
        "lead": "Made from the commands by `python tools/commands.py`; `keben COMMAND --help` says the same.",
        "head": "| option | what it does | left out |",
        "of": "One of",
    },
    "zh": {
        "first": "[English](commands.md) · **简体中文**",
        "title": "全部的命令",
        "lead": "这一页由`python tools/commands.py`按命令本身写出，与`keben COMMAND --help`说的相同。",
        "head": "| 选项 | 做什么 | 不写 |",
        "of": "可写",
    },
}


_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[!-~])|(?<=[!-~]) (?=[\u4e00-\u9fff])")

SPOKEN = {"en": "en", "zh": "zh-Hans"}
"""The language of the messages of a page."""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Each command by its name, in the order of ``keben --help``."""
    context = click.Context(keben)
    for name in keben.list_commands(context):
        command = keben.get_command(context, name)
        if command is not None and not command.hidden:
            yield name, command


def plain(text: str | None) -> str:
    """A text on one line, as these pages write it: without spaces between Chinese and other letters."""
    return _BETWEEN.sub("", re.sub(r"\s+", " ", text or "").strip())


def paragraphs(command: click.Command) -> list[str]:
    """The paragraphs of a command's help."""
    return [plain(part) for part in re.split(r"\n\s*\n", command.help or "") if part.strip()]


def options(command: click.Command) -> list[click.Option]:
    """The options that a command shows."""
    return [each for each in command.params if isinstance(each, click.Option) and not each.hidden]


def document(language: str) -> str:
    """The page in one language."""
    words = WORDS[language]
    speak(SPOKEN[language])
    parts = [f"{words['first']}\n\n# {words['title']}\n\n{words['lead']}\n"]
    for name, command in commands():
        usage = " ".join(command.collect_usage_pieces(click.Context(command)))
        parts.append(f"\n## keben {name}\n\n```\nkeben {name} {usage}\n```\n\n")
        parts += [f"{_cell(text)}\n\n" for text in paragraphs(command)]
        parts.append(f"{words['head']}\n|---|---|---|\n")
        parts += [_row(option, words) for option in options(command)]
    return "".join(parts).rstrip("\n") + "\n"


def _row(option: click.Option, words: dict[str, str]) -> str:
    names = ", ".join(f"`{each}`" for each in (*option.opts, *option.secondary_opts))
    if not option.is_flag:
        kind = option.metavar or ("" if isinstance(option.type, click.Choice) else option.type.name.upper())
        names += f" {_cell(kind)}" if kind else ""
    help_text = _cell(plain(option.help))
    if isinstance(option.type, click.Choice):
        choices = "、".join(f"`{each}`" for each in option.type.choices)
        choices = choices if words["of"] == "可写" else choices.replace("、", ", ")
        help_text += f"{words['of']}{choices}。" if words["of"] == "可写" else f" {words['of']} {choices}."
    default = option.default
    shown = f"`{default}`" if default and isinstance(default, str | int) and default is not True else "–"
    return f"| {names} | {help_text} | {shown} |\n"


def _cell(text: str) -> str:
    return re.sub(r"([|<>*_])", r"\\\1", text)


def main() -> int:
    """Write the pages, or see that they are as they would be written."""
    wrong = 0
    for language, name in (("en", "commands.md"), ("zh", "commands.zh.md")):
        text, path = document(language), DOCS / name
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif path.read_text("utf-8") != text:
            print(f"docs/{name} is not what the commands say: run `python tools/commands.py`.")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
