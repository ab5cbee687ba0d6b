"""Builds the documentation as a site: python tools/docsite.py OUT [WORK].

Three languages of the pages of docs/ come out, each in a folder: ``zh``, ``zh-tw``, ``en``. Mainland Chinese is
``docs/NAME.zh.md``; Taiwan's is converted from it; a page without Chinese stands there in English, with a line
that says so. docs/site.toml has the order. Warnings are errors.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from chineselinks import anchors
from traditional import body, taiwan

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SITE = ROOT / "tools" / "site"
REPOSITORY = "https://github.com/keben/keben/blob/main/"
LANGUAGES = ("zh", "zh-tw", "en")

ABSENT = "*这一页还没有中文，下面是英文。*\n\n"

FRONT = """<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>刻本 Keben</title>
<script>
  const asked = (navigator.language || "zh").toLowerCase();
  const tw = /^zh-(hant|tw|hk|mo)/.test(asked);
  location.replace(tw ? "zh-tw/" : asked.startsWith("zh") ? "zh/" : asked.startsWith("en") ? "en/" : "zh/");
</script>
<p><a href="zh/index.html">简体中文</a> · <a href="zh-tw/index.html">繁體中文</a> · <a href="en/index.html">English</a>
"""

_LINK = re.compile(r"(\]\()([^)\s]+)(\))")
_FENCE = re.compile(r"^ *(`{3,}|~{3,})")


def stage(language: str, folder: Path) -> None:
    """Lay the pages of one language down where Sphinx reads them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "images").symlink_to(DOCS / "images", target_is_directory=True)
    parts = tomllib.loads((DOCS / "site.toml").read_text("utf-8"))["parts"]
    for name in ["index", *(page for part in parts for page in part["pages"])]:
        text = page(name, language)
        if name == "index":
            text += "".join(toctree(part, language) for part in parts)
        (folder / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    if language == "zh-tw":
        for staged in sorted(folder.glob("*.md")):
            staged.write_text(reanchored(staged, folder), encoding="utf-8", newline="\n")


def page(name: str, language: str) -> str:
    """A page's text as the site has it."""
    chinese = DOCS / f"{name}.zh.md"
    if language == "en" or not chinese.is_file():
        text = without_languages((DOCS / f"{name}.md").read_text("utf-8"))
        if language != "en":
            head, _, rest = text.partition("\n\n")
            text = f"{head}\n\n{ABSENT}{rest}"
    else:
        text = without_languages(chinese.read_text("utf-8"))
    if language == "zh-tw":
        text = body(text, taiwan()) if chinese.is_file() else text.replace(ABSENT, body(ABSENT, taiwan()))
    return relinked(text)


def reanchored(staged: Path, folder: Path) -> str:
    """A page of Taiwan with the places of its links as the converted headings have them."""

    def link(match: re.Match[str]) -> str:
        name, anchor = match[1] or staged.stem, match[2]
        source = DOCS / f"{name}.zh.md"
        heads = anchors(source) if source.is_file() else []
        place = anchors(folder / f"{name}.md")[heads.index(anchor)] if anchor in heads else anchor
        return f"]({f'{match[1]}.md' if match[1] else ''}#{place})"

    return re.sub(r"\]\((?:([\w-]+)\.md)?#([^)\s]+)\)", link, staged.read_text("utf-8"))


def without_languages(text: str) -> str:
    """Without the first line, which names the other language on GitHub; the site has its own."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if first.startswith(("[", "**")) and " · " in first else text


def relinked(text: str) -> str:
    """Links to Chinese pages lead to the page of the site; links out of docs/ lead to the repository."""
    lines, fence = [], ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip() == fence:
            fence = ""
        elif not fence:
            line = _LINK.sub(lambda match: match[1] + _address(match[2]) + match[3], line)
        lines.append(line)
    return "\n".join(lines) + "\n"


def _address(link: str) -> str:
    if link.startswith("../"):
        return REPOSITORY + link.removeprefix("../")
    if link.startswith("upstream/"):
        return f"{REPOSITORY}docs/{link}"
    return re.sub(r"\.zh\.md(#|$)", r".md\1", link)


def toctree(part: dict[str, object], language: str) -> str:
    """A part of the site's contents, which the sidebar shows."""
    caption = str(part["en" if language == "en" else "zh"])
    if language == "zh-tw":
        caption = body(f"{caption}\n", taiwan()).strip()
    pages = "\n".join(str(each) for each in list(part["pages"]))  # type: ignore[call-overload]
    return f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{pages}\n```\n"


def main() -> int:
    """Build every language; the exit code is Sphinx's."""
    out, work = Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else f"{sys.argv[1]}-work")
    shutil.rmtree(out, ignore_errors=True)
    for language in LANGUAGES:
        stage(language, work / language)
        command = [
            sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-c", str(SITE),
            "-d", str(work / "trees" / language), str(work / language), str(out / language),
        ]  # fmt: skip
        done = subprocess.run(command, env={**os.environ, "KEBEN_SITE": language}, check=False)
        if done.returncode:
            return done.returncode
        (out / language / ".buildinfo").unlink(missing_ok=True)
    (out / "index.html").write_text(FRONT, encoding="utf-8", newline="\n")
    (out / ".nojekyll").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
