"""The default theme, and trees to compose with it."""

from keben.markup import parse
from keben.theme import default_folder, load_theme

THEME = load_theme(default_folder())[0]


def nodes(text):
    return parse(f"<div>{text}</div>").children
