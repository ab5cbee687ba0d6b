"""``keben lookup``: what each source of a conversion says of a word."""

import click

from keben.cli.explain import require_text
from keben.cli.output import print_json
from keben.cli.streams import say
from keben.core.saying import joined, wording


@click.command()
@click.argument("word")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def lookup(word: str, as_json: bool) -> None:
    """Show what OpenCC's dictionaries, Taiwan's counts, Keben's own list and the list of words say of WORD."""
    require_text(word, "WORD")
    # OpenCC and its dictionaries are loaded only where they are used.
    from keben.script.explain import look_up
    from keben.script.explanations import in_every_language

    known, forms = look_up(word), in_every_language(word)
    if as_json:
        print_json(
            {
                "conversions": forms,
                "sources": [{"source": each.source, "said": each.said} for each in known],
            }
        )
        return
    for name, form in forms.items():
        say(wording("{name}: {passed}", name=name, passed=form))
    for each in known:
        say(joined("  ", wording("{name}: {passed}", name=each.source, passed=each.said)))
    if not known:
        say(wording("  No source has this as a word."))
