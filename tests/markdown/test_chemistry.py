import pytest

from keben.core.markup import serialize, text_of
from keben.markdown.chemistry import with_chemistry
from keben.markdown.latex import Latex


def said(text):
    root = Latex().formula(rf"\ce{{{text}}}", displayed=True).element
    return serialize(root.with_attributes(alttext=None, xmlns=None, display=None))


@pytest.mark.parametrize(
    ("written", "latex"),
    [
        ("H2O", r"{\mathrm{H}_{2}\mathrm{O}}"),
        ("SO4^2-", r"{\mathrm{SO}_{4}^{2-}}"),
        ("Na+", r"{\mathrm{Na}^{+}}"),
        ("[Fe(CN)6]^3-", r"{[\mathrm{Fe}(\mathrm{CN})_{6}]^{3-}}"),
        ("^{227}_{90}Th+", r"{{}^{227}_{90}\mathrm{Th}^{+}}"),
        ("CuSO4.5H2O", r"{\mathrm{CuSO}_{4}\cdot 5\,\mathrm{H}_{2}\mathrm{O}}"),
        ("1/2 O2", r"{\tfrac{1}{2}\, \mathrm{O}_{2}}"),
        ("2H2 + O2 -> 2H2O", r"{2\,\mathrm{H}_{2} + \mathrm{O}_{2} \longrightarrow 2\,\mathrm{H}_{2}\mathrm{O}}"),
        ("A <=>[a][b] B", r"{\mathrm{A} \xrightleftharpoons[\mathrm{b}]{\mathrm{a}} \mathrm{B}}"),
        ("CaCO3 ->[高温] CaO + CO2 ^", r"{\mathrm{CaCO}_{3} \xrightarrow{\text{高温}} \mathrm{CaO} + \mathrm{CO}_{2} \uparrow}"),
        ("CH3-CH=CH2", r"{\mathrm{CH}_{3}{-}\mathrm{CH}{=}\mathrm{CH}_{2}}"),
        ("C6H12O6(aq)", r"{\mathrm{C}_{6}\mathrm{H}_{12}\mathrm{O}_{6}(\mathrm{aq})}"),
        ("$n$ H2O", r"{{n} \mathrm{H}_{2}\mathrm{O}}"),
    ],
)  # fmt: skip
def test_chemistry_is_mathematics(written, latex):
    assert with_chemistry(rf"\ce{{{written}}}") == latex


def test_what_stands_around_stays():
    assert with_chemistry(r"a \ce{H2} b \ce{O2}") == r"a {\mathrm{H}_{2}} b {\mathrm{O}_{2}}"
    assert with_chemistry(r"\ce{H2") == r"\ce{H2"
    lined_up = r"{\mathrm{A}} & {{} \rightleftharpoons \mathrm{B}}"
    assert with_chemistry(r"\ce{A &<=> B}") == with_chemistry(r"\ce{A & <=> B}") == lined_up
    assert with_chemistry(r"\cen{x}") == r"\cen{x}"


@pytest.mark.parametrize(
    "written", ["2H2 + O2 -> 2H2O", "A <=>[\\text{热}] B", "Ag+ + Cl- -> AgCl v", "Zn^2+"]
)
def test_it_can_be_set(written):
    assert said(written).startswith("<math>")
    assert text_of(Latex().formula(rf"\ce{{{written}}}", displayed=True).element) == rf"\ce{{{written}}}"
