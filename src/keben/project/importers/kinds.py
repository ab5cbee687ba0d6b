"""Of which tool a folder is, and what its settings say: data only, nothing of it is run."""

import configparser
import posixpath
import re
from contextlib import suppress
from dataclasses import replace

import yaml

from keben.core.saying import series, wording
from keben.project.importers.blogs import blog_plan
from keben.project.importers.bookdown import bookdown_entries
from keben.project.importers.d2lbook import d2l_entries
from keben.project.importers.docsites import docs_plan
from keben.project.importers.hugo import hugo_plan
from keben.project.importers.leanpub import leanpub_plan
from keben.project.importers.metafiles import meta_entries, meta_of
from keben.project.importers.navigation import mkdocs_entries, quarto_entries, toc_entries, with_parts
from keben.project.importers.notion import notion_plan
from keben.project.importers.plans import BookPlan, Entry
from keben.project.importers.saidfiles import (
    TolerantLoader,
    inside,
    json_of,
    matter_of,
    names_in,
    table_in,
    text_in,
    toml_of,
    yaml_of,
)
from keben.project.importers.sidebars import sidebar_entries
from keben.project.importers.sources import SourceFolder, is_markdown
from keben.project.importers.summary import read_summary, titled
from keben.project.importers.trees import tree_of, within
from keben.project.importers.vaults import is_vault, left_in_vault

_DOCSIFY_NAME = re.compile(r"""\bname\s*:\s*(['"])(.*?)\1""")
_RSPRESS = tuple(f"rspress.config.{suffix}" for suffix in ("ts", "mts", "js", "mjs", "cjs"))
_ROOT = re.compile(r"""\broot\s*:\s*(?:path\.join\(\s*__dirname\s*,\s*)?(['"])(?:\./)?([\w./-]{1,80})\1""")
_SIDEBAR = wording("Its sidebar is code, which Keben does not run: chapters are in the order of their names.")
_PLACES = ("", "docs", "src", "book")
"""Where tools have their folders, below a checkout."""


def plan_of(folder: SourceFolder) -> BookPlan:
    """What a folder says of its book.

    Raises:
        SourceError: its settings cannot be read.
    """
    for read in (
        _mdbook,
        leanpub_plan,
        _gitbook,
        _mkdocs,
        _quarto,
        _jupyter,
        _bookdown,
        docs_plan,
        _docsify,
        _loppo,
        _d2lbook,
        hugo_plan,
        blog_plan,
        _press,
        _rspress,
        notion_plan,
        _vault,
    ):
        if plan := read(folder):
            return plan
    return BookPlan(wording("a folder of Markdown files"), "", tree_of(folder, ""))


def _mdbook(folder: SourceFolder) -> BookPlan | None:
    said = toml_of(folder, "book.toml")
    book = table_in(said, "book")
    base = inside(text_in(book, "src") or "src")
    summary = folder.find(posixpath.join(base, "SUMMARY.md"))
    if not said or not summary:
        return None
    left = [f"[{key}]" for key in said if key not in ("book", "output")]
    left += [f"[output.{key}]" for key in table_in(said, "output") if key != "keben"]
    remarks = (wording("Settings that a book has no use for: {left}.", left=series(left)),) if left else ()
    return BookPlan(
        "mdBook",
        posixpath.dirname(summary),
        _entries(folder, summary),
        text_in(book, "title"),
        names_in(book.get("authors")),
        text_in(book, "description"),
        text_in(book, "language"),
        remarks,
        settings="book.toml",
        contents=summary,
    )


def _gitbook(folder: SourceFolder) -> BookPlan | None:
    name = folder.find("book.json")
    said = json_of(folder, name) if name else {}
    new = yaml_of(folder, folder.find(".gitbook.yaml"))
    base = inside(text_in(said, "root") or text_in(new, "root") or _language_folder(folder))
    structure = {**table_in(said, "structure"), **table_in(new, "structure")}
    summary = folder.find(posixpath.join(base, text_in(structure, "summary") or "SUMMARY.md"))
    if not summary:
        return None
    entries = _entries(folder, summary)
    readme = folder.find(posixpath.join(base, text_in(structure, "readme") or "README.md"))
    shown = {folder.find_page(posixpath.join(base, each.target)) for each in entries if each.target}
    if readme and readme not in shown:
        entries = (Entry(target=posixpath.relpath(readme, base or "."), rank="preface"), *entries)
    glossary = folder.find(posixpath.join(base, text_in(structure, "glossary") or "GLOSSARY.md"))
    if glossary and glossary not in shown:
        entries = (*entries, Entry(target=posixpath.relpath(glossary, base or "."), rank="appendix"))
    plugins = said.get("plugins")
    remarks = (
        (wording("Its plug-ins are not run: {plugins}.", plugins=series(map(str, plugins))),)
        if plugins
        else ()
    )
    ignore = folder.find(posixpath.join(base, ".bookignore"))
    ignored = folder.text(ignore) if ignore else None
    patterns = tuple(ignored.text.split("\n")) if ignored else ()
    return BookPlan(
        "GitBook",
        base,
        entries,
        text_in(said, "title"),
        names_in(said.get("author")),
        text_in(said, "description"),
        text_in(said, "language"),
        remarks,
        tuple(line.strip() for line in patterns if line.strip() and not line.startswith("#")),
        name,
        summary,
        folder.find(posixpath.join(base, "cover.jpg")),
    )


def _language_folder(folder: SourceFolder) -> str:
    """The folder of the Chinese book of a GitBook in several languages; empty where it is in one."""
    names = [entry.target.strip("./") for entry in _entries(folder, folder.find("LANGS.md"))]
    found = [name for name in names if folder.find(posixpath.join(name, "SUMMARY.md"))]
    return next((name for name in found if name.lower().startswith(("zh", "cn"))), (found or [""])[0])


def _mkdocs(folder: SourceFolder) -> BookPlan | None:
    name = folder.find("mkdocs.yml") or folder.find("mkdocs.yaml")
    if not name:
        return None
    said = yaml_of(folder, name)
    base = inside(text_in(said, "docs_dir") or "docs")
    if not any(is_markdown(path) and within(path, base) for path in folder.files):
        # The folder that it names may be one that another program fills.
        base = "docs"
    nav = said.get("nav")
    entries = with_parts(mkdocs_entries(nav)) if isinstance(nav, list) else tree_of(folder, base)
    return BookPlan(
        "MkDocs",
        base,
        entries,
        text_in(said, "site_name"),
        names_in(said.get("site_author")),
        text_in(said, "site_description"),
        text_in(table_in(said, "theme"), "language"),
        settings=name,
        contents=name if isinstance(nav, list) else "",
    )


def _quarto(folder: SourceFolder) -> BookPlan | None:
    name = folder.find("_quarto.yml") or folder.find("_quarto.yaml")
    said = yaml_of(folder, name)
    book = table_in(said, "book")
    if not name:
        return None
    return BookPlan(
        "Quarto",
        "",
        quarto_entries(book) or tree_of(folder, ""),
        text_in(book, "title") or text_in(table_in(said, "website"), "title"),
        names_in(book.get("author")),
        text_in(book, "description"),
        text_in(said, "lang"),
        settings=name,
        contents=name,
    )


def _jupyter(folder: SourceFolder) -> BookPlan | None:
    """Jupyter Book: ``_toc.yml``."""
    name = folder.find("_toc.yml")
    said = yaml_of(folder, name)
    if not name or not isinstance(said.get("root"), str):
        return None
    parts = said.get("parts")
    groups = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else [said]
    entries = [Entry(target=str(said["root"]), rank="preface")]
    for group in groups:
        chapters = toc_entries(group.get("chapters"))
        caption = text_in(group, "caption")
        entries += (Entry(titled(caption), rank="part", children=chapters),) if caption else chapters
    config = yaml_of(folder, folder.find("_config.yml"))
    return BookPlan(
        "Jupyter Book",
        "",
        tuple(entries),
        text_in(config, "title"),
        names_in(config.get("author")),
        settings=folder.find("_config.yml"),
        contents=name,
    )


def _bookdown(folder: SourceFolder) -> BookPlan | None:
    name = folder.find("_bookdown.yml")
    said = yaml_of(folder, name)
    if not name:
        return None
    files = said.get("rmd_files")
    listed = [str(each) for each in files] if isinstance(files, list) else []
    index = folder.text(folder.find("index.Rmd"))
    front = matter_of(index.text) if index else {}
    return BookPlan(
        "bookdown",
        "",
        bookdown_entries(folder, listed) or tree_of(folder, ""),
        text_in(front, "title"),
        names_in(front.get("author")),
        text_in(front, "description"),
        settings=name,
        contents=name if listed else "",
    )


def _docsify(folder: SourceFolder) -> BookPlan | None:
    base = next((base for base in _PLACES if folder.find(posixpath.join(base, "_sidebar.md"))), None)
    if base is None:
        return None
    index = folder.text(folder.find(posixpath.join(base, "index.html")))
    named = _DOCSIFY_NAME.search(index.text) if index else None
    sidebar = folder.find(posixpath.join(base, "_sidebar.md"))
    name = named[2] if named and "<" not in named[2] else ""
    return BookPlan("docsify", base, _entries(folder, sidebar), name, contents=sidebar)


def _loppo(folder: SourceFolder) -> BookPlan | None:
    """Loppo: a list of files with their titles."""
    if not folder.find("chapters.yml") or not folder.find("loppo.yml"):
        return None
    said = yaml_of(folder, "loppo.yml")
    decoded = folder.text("chapters.yml")
    try:
        listed = yaml.load(decoded.text if decoded else "", Loader=TolerantLoader)  # noqa: S506  # a safe loader
    except (yaml.YAMLError, RecursionError, LookupError, ValueError):
        listed = None
    tables = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    pairs = [pair for each in tables for pair in each.items()]
    entries = tuple(
        Entry(titled(str(title or "")), str(name)) for name, title in pairs if not str(name).endswith("/")
    )
    base = inside(text_in(said, "dir") or "docs")
    if not entries:
        return None
    return BookPlan(
        "Loppo", base, entries, text_in(said, "site"), settings="loppo.yml", contents="chapters.yml"
    )


def _d2lbook(folder: SourceFolder) -> BookPlan | None:
    entries = d2l_entries(folder, "index.md") if folder.find("config.ini") else ()
    if not entries:
        return None
    settings = configparser.ConfigParser(interpolation=None)
    decoded = folder.text("config.ini")
    with suppress(configparser.Error):
        settings.read_string(decoded.text if decoded else "")
    title = settings.get("project", "title", fallback="") or settings.get("project", "name", fallback="")
    authors = names_in(settings.get("project", "author", fallback=""))
    return BookPlan("d2lbook", "", entries, title, authors, settings="config.ini", contents="index.md")


def _press(folder: SourceFolder) -> BookPlan | None:
    """VuePress and VitePress: their sidebars are code, often with all the pages written out."""
    for base in _PLACES:
        for dot, kind in ((".vuepress", "VuePress"), (".vitepress", "VitePress")):
            if not any(path.startswith(f"{posixpath.join(base, dot)}/") for path in folder.files):
                continue
            inner = "src" if not base and _is_all_below(folder, "src") else base
            entries = sidebar_entries(folder, posixpath.join(base, dot), inner)
            remark = wording("Its sidebar was read, not run.") if entries else _SIDEBAR
            return BookPlan(kind, inner, entries or tree_of(folder, inner), remarks=(remark,))
    return None


def _rspress(folder: SourceFolder) -> BookPlan | None:
    """Rspress: its pages stand below ``docs``, and each folder's ``_meta.json`` lists what is in it."""
    settings = next((name for name in _RSPRESS if name in folder.known), "")
    if not settings:
        return None
    decoded = folder.text(settings)
    root = _ROOT.search(decoded.text) if decoded else None
    base = posixpath.normpath(root[2]).strip("/") if root else "docs"
    base = base if any(within(path, base) for path in folder.files) else ""
    base = next((inner for inner in (f"{base}/zh", f"{base}/zh-CN") if meta_of(folder, inner)), base)
    entries = meta_entries(folder, base)
    return BookPlan("Rspress", base, entries or tree_of(folder, base), settings=settings)


def _vault(folder: SourceFolder) -> BookPlan | None:
    if not is_vault(folder):
        return None
    left = left_in_vault(folder)
    kept = replace(folder, files=tuple(path for path in folder.files if path not in left)) if left else folder
    return BookPlan("Obsidian", "", tree_of(kept, ""))


def _is_all_below(folder: SourceFolder, base: str) -> bool:
    below = [path for path in folder.files if is_markdown(path) and within(path, base)]
    return len(below) > len([path for path in folder.files if is_markdown(path)]) / 2


def _entries(folder: SourceFolder, path: str) -> tuple[Entry, ...]:
    decoded = folder.text(path)
    return read_summary(decoded.text) if decoded else ()
