"""Pages for the tests of lint, made of a text."""

from keben.core.linting import LintSettings
from keben.lint.values import LintPage, Rule
from keben.markdown.passages import prose_of, prose_of_lines

_OPTIONS = {"han_latin", "quotes"}


def page(
    text: str, language: str = "zh-Hans-CN", *, plain: bool = False, path: str = "a.md", **settings
) -> LintPage:
    """A page of a text, looked at by settings."""
    prose = prose_of_lines(text) if plain else prose_of(text)
    return LintPage(path, text, language, prose, LintSettings(**settings), plain)


def sample(rule: Rule, text: str) -> LintPage:
    """An example of a rule as a page that this rule alone looks at."""
    settings: dict = {name: value for name, value in rule.options.items() if name in _OPTIONS}
    if "terms" in rule.options:
        term, _, form = rule.options["terms"].partition("=")
        settings["terms"] = {term: (form,)}
    return page(text, rule.sample_language, select=(rule.number,), **settings)
