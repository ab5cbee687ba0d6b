"""What a generous reader takes: each kind is reported once a chapter. A strict reader refuses each place by itself.

Nothing of the text is lost by any of them; `docs/markdown.md` lists them.
"""

from keben.core.characters import ADVICE, describe
from keben.core.saying import marked, wording
from keben.markdown.dialects import Dialect

FILE_TITLE = Dialect(
    "missing-title",
    marked("This chapter has no heading; it is called “{text}”, as its file is"),
    wording("Write `title: …` in its front matter, or begin it with “# …”."),
)
RAISED_TITLE = Dialect(
    "missing-title",
    marked(
        "This chapter has no heading of the first level; its first one, “{text}”, became "
        "its title, and what is below it was raised with it"
    ),
    wording("Use “#”, or write `title: …` in the front matter."),
)
SECOND_TITLE = Dialect(
    "second-title",
    wording(
        "A chapter has one title; this further one became a section, and what is below it went one level down"
    ),
    wording("Use “##” for a section, or make it a chapter of its own."),
)
SKIPPED_LEVEL = Dialect(
    "skipped-level",
    marked("This heading “{text}” skips a level; the gap was closed"),
    wording("Use one “#” more than the heading above it has."),
)
EMPTY_HEADING = Dialect(
    "empty-heading",
    wording("This heading has no text, and was left out"),
    wording("Write it, or take it out."),
)
PICTURE_HEADING = Dialect(
    "empty-heading",
    wording("This heading shows a picture and has no text; it became a paragraph"),
    wording("Write a text beside the picture, or take the “#” out."),
)
TITLE_NOTE = Dialect(
    "title-note",
    wording("A title cannot call a note; the call was moved to the first paragraph"),
    wording("Call it in the first paragraph."),
)
NOTE_HEADING = Dialect(
    "heading-in-note",
    wording("A note cannot hold a heading; it became strong text"),
    wording("Use strong text."),
)
EMPTY_CHAPTER = Dialect(
    "empty-chapter",
    wording("This chapter has a title and no text"),
    wording("Write some, say `kind: part` in its front matter, or take it out of the list."),
)
UNKNOWN_TAG = Dialect(
    "raw-html",
    marked("“{text}” is not an element of HTML, and is printed as it is written"),
    wording("Write &lt; for the sign itself, or put it in backticks."),
)
BROKEN_TAG = Dialect(
    "raw-html",
    marked("“{text}” begins a tag that is never finished, and is printed as it is written"),
    wording("Finish it, or write &lt; for the sign itself."),
)
DECLARATION = Dialect(
    "raw-html",
    marked("“{text}” begins a declaration, and is printed as it is written"),
    wording("Take it out, or write &lt; for the sign itself."),
)
MATHS = Dialect(
    "raw-html",
    marked("“{text}” is not MathML that can be read: only its text stays"),
    wording("Write it otherwise."),
)
LOOK_TAG = Dialect(
    "raw-html", marked("{text}> is not an element for books: only its text stays"), wording("Take it out.")
)
COMPONENT = Dialect(
    "raw-html",
    marked("{text}/> is made by a site's program, and was left out"),
    wording("Write what it shows, or put it in backticks."),
)
MUTE_DRAWING = Dialect(
    "raw-html",
    marked("A drawing has no words for those who cannot see it"),
    wording("Give it a <title>."),
)
MEDIA = Dialect(
    "media",
    marked(
        "{text}> cannot stand in a book, and was left out; a link to its address stands "
        "in its place, where it has one"
    ),
    wording("Write a link or show a picture."),
)
DROPPED = Dialect(
    "left-out",
    marked("{text}> acts or says how a page looks, and was left out with what it holds"),
    wording("Take it out; a look of the book's own is written in its styles."),
)
NO_PICTURE = Dialect(
    "no-picture",
    marked("The picture “{text}” is not a file of the project; its alternative text stands in its place"),
    wording("Save it in the book's folder, and show that file."),
)
EMBEDDED = Dialect(
    "media",
    marked("“{text}” cannot stand in a book; a link to its address stands in its place"),
    wording("Write a link or show a picture."),
)
IMPORT = Dialect(
    "left-out", marked("“{text}” is a page's program, and was left out"), wording("Take it out.")
)
HTML_ATTRIBUTE = Dialect(
    "raw-html", marked("{text} says nothing in a book, and is passed over"), wording("Take it out.")
)
UNCLOSED_TAG = Dialect(
    "raw-html",
    marked("{text}> is never closed, or too late; it ends with what it stands in"),
    wording("Close it."),
)
STRAY_END = Dialect(
    "raw-html", marked("{text}> closes nothing here, and is passed over"), wording("Take it out.")
)
NESTING = Dialect(
    "nesting",
    marked("{text}> stands where HTML has no place for it; the elements were put in order"),
    wording("Put it where it belongs."),
)
ABSENT_LINK = Dialect(
    "missing-reference",
    marked("“{text}” is not a chapter of the book; only the link's text is printed"),
    wording("Link to a chapter's file or to an id, or take the link out."),
)
DEAD_ANCHOR = Dialect(
    "missing-reference",
    marked("Nothing there is called “{text}”; the link leads to its chapter, or its text alone is printed"),
    wording("Link to a heading by its text or its id."),
)
OTHER_SCHEME = Dialect(
    "outside-path",
    marked("The link “{text}” leads out of the book, and its text alone is printed"),
    wording("Link to an id, a chapter, or http(s)."),
)
EMPTY_LINK = Dialect(
    "empty-link",
    wording("This link leads nowhere; its text alone is printed"),
    wording("Write where it leads, or take it out."),
)
NO_LINK_TEXT = Dialect(
    "empty-link",
    marked("The link to “{text}” has no text; its address is printed"),
    wording("Write what it should say."),
)
NO_LINK = Dialect(
    "broken-link",
    wording(
        "This is not a link, and is printed as it is written: a link's text cannot hold a note or another link"
    ),
    wording("Move that behind the link."),
)
DUPLICATE_ID = Dialect(
    "duplicate-id",
    marked("The id “{text}” is used twice in this chapter; links lead to the first"),
    wording("Give one of them another id."),
)
AMBIGUOUS = Dialect(
    "duplicate-id",
    marked("More than one chapter has the id “{text}”; the link leads to the first"),
    wording("Name the chapter's file too, [](file.md#id), or give one of them another id."),
)
REMOTE_PICTURE = Dialect(
    "remote-picture",
    marked(
        "The picture “{text}” is on the web, and a project reads its own files only; a "
        "link to it stands in its place"
    ),
    wording("Save it in the book's folder, and show that file."),
)
ABSENT_PICTURE = Dialect(
    "missing-picture",
    marked(
        "The picture “{text}” is not in the folder, or is not a picture; its alternative text stands in its place"
    ),
    wording("Put it there, or take it out."),
)
NO_ALT = Dialect(
    "missing-alt",
    marked("The picture “{text}” has no alternative text"),
    wording("Say in it what the picture shows."),
)
LOST_TITLE = Dialect(
    "lost-title",
    marked("The title “{text}” of a picture in a line of text is not printed"),
    wording("Let the picture stand alone, or take the title out."),
)
ALT_HTML = Dialect(
    "alt-markup",
    marked("“{text}” stands in an alternative text, which holds no HTML; it was left out"),
    wording("Write it as plain text."),
)
UNUSED_DEFINITION = Dialect(
    "unused-definition",
    marked("The link definition “{text}” is never used, and prints nothing"),
    wording("Take it out; if it is text, write \\[ for its bracket."),
)
NO_NOTE = Dialect(
    "missing-note",
    marked("The note “{text}” is not defined; its call is printed as it is written"),
    wording("Write “[^…]: …” after the paragraph."),
)
NO_TABLE = Dialect(
    "broken-table",
    marked(
        "“{text}” is not a table, and is printed: its head and the line below it differ in their number of cells"
    ),
    wording("Make them the same."),
)
LONG_ROW = Dialect(
    "table-row",
    marked("“{text}” has more cells than the table's head; those that are too many stand in its last cell"),
    wording("Make them the same; write a bar inside a cell as \\|."),
)
UNEVEN_HEAD = Dialect(
    "broken-table",
    marked(
        "“{text}” is the head of a table, and the line below it has a different number of cells; the head's counts"
    ),
    wording("Make them the same."),
)
OPEN_BOX = Dialect(
    "open-box",
    marked("“{text}” begins a box that no line closes; it ends with what it stands in"),
    wording("Close it with a line of its own, such as “:::”."),
)
ABBREVIATION = Dialect(
    "abbreviation",
    marked("The e-book alone shows what “{text}” stands for"),
    wording("Say it in the text, or in a note."),
)
UNUSED_ABBREVIATION = Dialect(
    "abbreviation",
    marked("The abbreviation “{text}” stands nowhere in this chapter, and prints nothing"),
    wording("Take it out, or say it in the text."),
)
STRAY_CAPTION = Dialect(
    "stray-caption",
    marked("“{text}” follows no table, and is printed as it is written"),
    wording("Put it right after one, with an empty line between; or take the colon out."),
)
OPEN_FENCE = Dialect(
    "open-fence",
    wording("This code block is never closed, and takes all that follows where it stands"),
    wording("Close it with a line of its marks."),
)


def forbidden(character: str) -> Dialect:
    """The kind of a character that cannot stand in a book, and is left out."""
    message = describe(character).removesuffix(".")
    return Dialect("forbidden-character", wording("{message}; it is left out", message=message), ADVICE)
