"""EPUBCheck's frequent messages, and those of its schemas' validator, as sentences of the catalogues.

The English stays word for word what EPUBCheck says (MessageBundle.properties in its jar, and the messages of Jing). A
message that is not here is shown in English.
"""

from keben.core.foreign import sentence_among
from keben.core.saying import marked

_SAYINGS = (
    marked("Error while parsing file: {said}"),
    marked("Fatal Error while parsing file: {said}"),
    marked("Warning while parsing file: {said}"),
    marked('Referenced resource "{name}" could not be found in the EPUB.'),
    marked('Referenced resource "{name}" is not declared in the OPF manifest.'),
    marked(
        'Remote resource reference is not allowed in this context; resource "{name}" must be located in the EPUB '
        "container."
    ),
    marked("Found a reference to a resource that is not a spine item."),
    marked("Fragment identifier is not defined."),
    marked('"{name}" is not a valid URL ({said})'),
    marked('The property "{name}" should be declared in the OPF file.'),
    marked('The property "{name}" should not be declared in the OPF file.'),
    marked('Item "{name}" exists in the EPUB, but is not declared in the OPF manifest.'),
    marked(
        'Resource "{name}" is listed in the manifest, but no reference to it was found in content documents.'
    ),
    marked('Non-linear content must be reachable, but found no hyperlink to "{name}".'),
    marked("An error occurred while parsing the CSS: {said}."),
    marked('The "{name}" property must not be included in an EPUB Style Sheet.'),
    marked('Language tag "{name}" is not well-formed: {said}'),
    marked("Corrupted image file encountered."),
    marked("Unable to read EPUB file header.  This is likely a corrupted EPUB file."),
    marked('Duplicate ID "{name}"'),
    # Jing
    marked('element "{name}" not allowed here; expected {wanted}'),
    marked('element "{name}" not allowed anywhere; expected {wanted}'),
    marked('element "{name}" not allowed yet; expected {wanted}'),
    marked('element "{name}" not allowed yet; missing required {wanted}'),
    marked('element "{name}" incomplete; expected {wanted}'),
    marked('element "{name}" incomplete; missing required {wanted}'),
    marked('element "{name}" missing required attribute "{wanted}"'),
    marked('attribute "{name}" not allowed here; expected {wanted}'),
    marked('value of attribute "{name}" is invalid; {wanted}'),
    marked("text not allowed here; expected {wanted}"),
)


def said_by_epubcheck(text: str) -> str:
    """A message of EPUBCheck's: a `Wording` of the same English, or the text where it is not known."""
    return sentence_among(_SAYINGS, text)
