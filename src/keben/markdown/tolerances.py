"""What a generous reader takes: each kind is reported once a chapter. A strict reader refuses each place by itself.

Nothing of the text is lost by any of them; `docs/markdown.md` lists them.
"""

from keben.markdown.dialects import Dialect

FILE_TITLE = Dialect(
    "missing-title",
    "This chapter has no heading; it is called “{text}”, as its file is",
    "Write `title: …` in its front matter, or begin it with “# …”.",
)
RAISED_TITLE = Dialect(
    "missing-title",
    "This chapter has no heading of the first level; its first one, “{text}”, became its title, and what is below it "
    "was raised with it",
    "Use “#”, or write `title: …` in the front matter.",
)
SECOND_TITLE = Dialect(
    "second-title",
    "A chapter has one title; this further one became a section, and what is below it went one level down",
    "Use “##” for a section, or make it a chapter of its own.",
)
SKIPPED_LEVEL = Dialect(
    "skipped-level",
    "This heading “{text}” skips a level; the gap was closed",
    "Use one “#” more than the heading above it has.",
)
EMPTY_HEADING = Dialect(
    "empty-heading", "This heading has no text, and was left out", "Write it, or take it out."
)
PICTURE_HEADING = Dialect(
    "empty-heading",
    "This heading shows a picture and has no text; it became a paragraph",
    "Write a text beside the picture, or take the “#” out.",
)
TITLE_NOTE = Dialect(
    "title-note",
    "A title cannot call a note; the call was moved to the first paragraph",
    "Call it in the first paragraph.",
)
NOTE_HEADING = Dialect(
    "heading-in-note", "A note cannot hold a heading; it became strong text", "Use strong text."
)
EMPTY_CHAPTER = Dialect(
    "empty-chapter",
    "This chapter has a title and no text",
    "Write some, say `kind: part` in its front matter, or take it out of the list.",
)
FRONT_KEY = Dialect(
    "unknown-key",
    "Unknown key `{text}` in the front matter",
    "Compare it with title, label, number, kind, id.",
)
UNKNOWN_TAG = Dialect(
    "raw-html",
    "“{text}” is no element of HTML, and is printed as it is written",
    "Write &lt; for the sign itself, or put it in backticks.",
)
BROKEN_TAG = Dialect(
    "raw-html",
    "“{text}” begins a tag that is never finished, and is printed as it is written",
    "Finish it, or write &lt; for the sign itself.",
)
DECLARATION = Dialect(
    "raw-html",
    "“{text}” begins a declaration, and is printed as it is written",
    "Take it out, or write &lt; for the sign itself.",
)
LOOK_TAG = Dialect("raw-html", "{text} is no element of a book's: its text alone stays", "Take it out.")
MEDIA = Dialect(
    "media",
    "{text}> cannot stand in a book, and was left out; a link to its address stands in its place, where it has one",
    "Write a link or show a picture.",
)
HTML_ATTRIBUTE = Dialect("raw-html", "{text} says nothing in a book, and is passed over", "Take it out.")
UNCLOSED_TAG = Dialect(
    "raw-html", "{text}> is never closed, or too late; it ends with what it stands in", "Close it."
)
STRAY_END = Dialect("raw-html", "{text}> closes nothing here, and is passed over", "Take it out.")
NESTING = Dialect(
    "nesting",
    "{text}> stands where HTML has no place for it; the elements were put in order",
    "Put it where it belongs.",
)
