"""``keben impose``."""

from pathlib import Path

import click

from keben.build.together import recover, write_together
from keben.cli.language import speaking
from keben.cli.live import bar
from keben.cli.output import remember
from keben.cli.streams import say
from keben.core.binding import Binding, Blanks, Booklet, Duplex
from keben.core.errors import UsageError
from keben.core.lengths import millimetres, paper
from keben.core.saying import wording


def _length(_: click.Context, __: click.Parameter, value: str) -> float:
    """Millimetres, or a length with its unit."""
    length = millimetres(f"{value}mm" if value[-1:].isdigit() else value)
    if length is None:
        raise click.BadParameter(
            wording("“{value}” is not a length. Write millimetres, such as 0.1.", value=value)
        )
    return length


def _paper(_: click.Context, __: click.Parameter, value: str) -> tuple[float, float]:
    """A sheet's width and height in millimetres."""
    size = paper(value)
    if size is None:
        raise click.BadParameter(
            wording(
                "“{value}” is not a sheet size. Write A4, or a width and a height: '320mm 450mm'.",
                value=value,
            )
        )
    return size


@click.command()
@click.argument("source", metavar="IN.pdf", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("target", metavar="OUT.pdf", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--sheet",
    callback=_paper,
    default="A4",
    show_default=True,
    metavar="SHEET",
    help="The paper to print on.",
)
@click.option(
    "--up",
    type=click.Choice(["2", "4", "8"]),
    help="Pages on a side of a sheet; as many as fit if left out.",
)
@click.option(
    "--binding",
    type=click.Choice(["left", "right"]),
    help="Where the spine is; right for a PDF that reads from right to left, else left, if left out.",
)
@click.option(
    "--signature",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Pages of sheets that are folded together; 0: all, to be stitched through the fold.",
)
@click.option(
    "--creep",
    callback=_length,
    default="0",
    metavar="MM",
    help="The paper's thickness, by which inner leaves come out further: pages are moved to the spine.",
)
@click.option(
    "--gutter", callback=_length, default="0", metavar="MM", help="Blank between each page and the spine."
)
@click.option(
    "--duplex",
    type=click.Choice(["short-edge", "long-edge"]),
    default="short-edge",
    show_default=True,
    help="The edge that the printer turns sheets round.",
)
@click.option(
    "--blanks",
    type=click.Choice(["end", "before-last"]),
    default="end",
    show_default=True,
    help="Where blank pages go; before-last for a PDF whose last page is its back cover.",
)
@click.option(
    "--cover", is_flag=True, help="The first and last two pages on a sheet of their own, around all."
)
@click.option(
    "--marks/--no-marks",
    default=True,
    show_default=True,
    help="Crop, fold and collation marks, where there is room.",
)
@click.option("--proof", type=click.Path(path_type=Path, dir_okay=False), metavar="PROOF.svg",
              help="Draw how the sheets fold, page by page.")  # fmt: skip
def impose(
    source: Path,
    target: Path,
    sheet: tuple[float, float],
    up: str | None,
    binding: Binding | None,
    signature: int,
    creep: float,
    gutter: float,
    duplex: Duplex,
    blanks: Blanks,
    cover: bool,
    marks: bool,
    proof: Path | None,
) -> None:
    """Put a PDF's pages on sheets that are printed on both sides, folded and bound."""
    from keben.impose import draw_proof, shown
    from keben.impose import impose as run_impose

    remember(None, as_json=False)
    files = [path.resolve() for path in (source, target, proof) if path]
    if len(set(files)) < len(files):
        message = wording("IN, OUT and the proof must be different files.")
        raise UsageError.at(str(target), "same-file", message, wording("Give another name."))
    booklet = Booklet(
        width=sheet[0], height=sheet[1], up=int(up or 0), signature=signature, binding=binding, duplex=duplex,
        blanks=blanks, cover=cover, creep=creep, gutter=gutter, marks=marks,
    )  # fmt: skip
    data = source.read_bytes()
    with bar(wording("Imposing")) as report:
        made = run_impose(data, booklet, str(source), report)
    for path in (target, proof):
        if path:
            recover(path.parent, (path.name,))
    write_together(target.parent, {target.name: made.data})
    if proof:
        write_together(proof.parent, {proof.name: draw_proof(made.plan, speaking()).encode()})
    plan = made.plan
    sheets = wording(
        "{number} {sheets}", number=len(plan.sheets), sheets="sheet" if len(plan.sheets) == 1 else "sheets"
    )
    blank = wording(", {blanks} blank", blanks=plan.blanks) if plan.blanks else ""
    say(
        wording(
            "{target}: {pages} pages{blank}, on {sheets} of {width} × {height} mm, bound on the {binding}.",
            target=target,
            pages=plan.pages,
            blank=blank,
            sheets=sheets,
            width=shown(plan.width),
            height=shown(plan.height),
            binding=wording("left") if plan.binding == "left" else wording("right"),
        )
    )
    say(
        wording(
            "Print on both sides, turned round the {replace}, at 100 %.",
            replace=wording("long edge") if plan.duplex == "long-edge" else wording("short edge"),
        )
    )
