"""review: the doubts of a conversion → a page that an editor works in, and a table; and answers → decisions.

Comes in: doubts of a conversion; answers of an editor.
Goes out: a page and a table; decisions as text.
Touches: a local socket (`server`); files through `session`, which reads the project and writes its decisions.

Values in, text out; only the local server touches the machine, and it reads and writes no files.
"""

from keben.review.answers import Answers
from keben.review.page import render_data, render_page
from keben.review.server import ReviewServer, serve
from keben.review.table import render_tsv
from keben.review.values import Reviewed, ReviewSheet

__all__ = [
    "Answers",
    "ReviewServer",
    "ReviewSheet",
    "Reviewed",
    "render_data",
    "render_page",
    "render_tsv",
    "serve",
]
