"""The default theme, and trees to compose with it."""

from keben.core.markup import parse
from keben.project.theme import default_folder, load_theme

THEME = load_theme(default_folder())[0]


def nodes(text):
    return parse(f"<div>{text}</div>").children
