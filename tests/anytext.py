"""Any text through a whole build: random inputs, and an oracle that shares no code with the program.

Inputs are paragraphs of one chapter, each behind a marker of its own. The oracle reads the EPUB's page with the
standard library and the PDF with PDFium, and asks of each paragraph: is it there whole, or did a finding name the
characters that are not, by the paragraph's line?

    python tests/anytext.py 10000        # so many inputs; prints what failed, and ends with a count
    python tests/anytext.py 10000 7      # others: the first seed of those that are used
"""

import ctypes
import html
import io
import random
import re
import sys
import tempfile
import unicodedata
import zipfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pypdfium2
from pypdfium2 import raw

from keben.build import build
from keben.build.request import Request
from keben.core.errors import Finding, KebenError

TOML = """[book]
title = "甲"
language = "zh-Hans"
identifier = "urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f12"
slug = "any"
chapters = ["chapters/one.md"]
[editions.zh-Hans]
quotes = "keep"
[editions.v]
language = "zh-Hans"
writing = "vertical"
quotes = "keep"
"""

# Folios and running heads would stand between the parts of a paragraph.
BOXES = " ".join(
    f"@{box} {{ content: none !important }}"
    for box in (
        *("top-left", "top-center", "top-right", "bottom-left", "bottom-center", "bottom-right"),
        *("left-top", "left-middle", "left-bottom", "right-top", "right-middle", "right-bottom"),
    )
)
STYLES = {
    name: f'@import "default:{name}.css";\n@page :left {{ {BOXES} }}\n@page :right {{ {BOXES} }}\n'
    for name in ("print", "print-vertical")
}

FIRST_LINE = 5
SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
CODE = re.compile(r"U\+([0-9A-F]{4,6})")

SAMPLES: tuple[tuple[int, str], ...] = (
    (30, "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"),
    (6, "髒鬱龜體國龍麵發髮裏裡為爲眾著臺台灣"),
    (8, "，。！？；：、“”‘’「」『』（）《》〈〉【】—…·～"),
    (3, "⋯〜―‑‧∕‐–‒•―－／⁄∶：﹣﹏＿"),
    (10, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
    (6, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
    (3, "éàüñçøåßæœłşğıčžđăâêôơưăếệộữỳ"),
    (3, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    (3, "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώἀᾳῷ"),
    (2, "กขคงจฉชซญดตถทนบปผพมยรลวสหอาิีุูเแโไ็่้"),
    (2, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    (2, "אבגדהוזחטיכלמנסעפצקרשת"),
    (3, "あいうえおかきくけこアイウエオカキクケコガギグー゛゜ゝヽ"),
    (2, "가나다라마바사아자차카타파하한글을"),
    (1, "अआइईउऊकखगघचछजझटठडढतथदधनपफबभमयरलवशषसह"),
    (1, "ཀཁགངཅཆཇཉཏཐདནཔཕབམ"),
    (2, "𠀀𠀁𠮷𡃁𢀖𣎴𤭢𥄫𦉘𧿹𨨏𩸽𪚥𫝀𬇕㐀䶵"),
    (3, "☀☁☎★☆☐☑☒♠♣♥♦♪♫✅✔✖❌❤❯➜➤←↑→↓↔⇒⇔∀∂∃∅∇∈∑√∞∩∪≈≠≤≥⊂⊕"),
    (2, "😀😂👍🙏🎉🈲🚀❗⚠🇨🇳👨👩👧"),
    (2, "①②⑳㉑㊿⑴⒈Ⅰⅳ㈠㊀℃℉㎡㎏‰％°′″℅№℡"),
    (1, "─│┌┐└┘├┤┬┴┼═║█▌░▒▓■□▲△●○◎◆◇"),
    (2, "\ufe0f\ufe0e\u200d\u200c\u200e\u200f\u2060\u00ad\u034f\u061c\U000e0100\U000e0101\ufe00"),
    (2, "\u0300\u0301\u0302\u0308\u0327\u20dd\u3099\u309a\u0e31\u064b\u05b8"),
    (3, " \u00a0\u2003\u2009\u202f\u3000\u205f"),
    (1, "豈更車賈滑串句龜⺀⺮⻌⼀⼈㇀〆〇〒〓〖〗〘〙〚〛﹁﹂︐︵"),
    (1, "𝐀𝑥𝒜𝔸𝟘ﬁﬂﷲﷺ㍿㋀㏎"),
)  # fmt: skip
"""Weights and characters; beside them any assigned character of Unicode."""

# Markers that no font lacks, no style changes, and no reader of PDFs turns round or spaces.
DIGITS = "零壹贰叁肆伍陆柒捌玖"
MARKER = re.compile(rf"魑\s*((?:[{DIGITS}]\s*)+)魅")
END = "魍"


def inputs(seed: int, count: int) -> list[str]:
    """Random texts of 1 to 40 characters: of one kind, of all kinds, or of anything that Unicode assigns."""
    chance = random.Random(seed)
    return [_input(chance) for _ in range(count)]


def _input(chance: random.Random) -> str:
    weights = [weight for weight, _ in SAMPLES]
    size = chance.choice((1, 2, 3, 5, 8, 13, 20, 40))
    own = chance.choice(SAMPLES)[1]
    way = chance.random()
    text = ""
    while len(text) < size:
        if way < 0.35:
            text += chance.choice(own)
        elif way < 0.9:
            text += chance.choice(chance.choices(SAMPLES, weights)[0][1])
        else:
            text += _assigned(chance)
    return re.sub(f"[{DIGITS}魑魅{END}]", "", text)


def _assigned(chance: random.Random) -> str:
    while True:
        character = chr(chance.choice((chance.randrange(0x20, 0x3000), chance.randrange(0x20, 0x32000))))
        if unicodedata.category(character) not in ("Cn", "Cs", "Co", "Cc"):
            return character


def markdown(texts: Sequence[str]) -> str:
    """A chapter with a text a line, every sign of Markdown's in it escaped; the first is in line `FIRST_LINE`."""
    return "# 甲\n\n首段。\n\n" + "".join(
        f"魑{''.join(DIGITS[int(digit)] for digit in str(number))}魅{escaped(text)}{END}\n\n"
        for number, text in enumerate(texts)
    )


def escaped(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a batch: for each text that failed why, by its number."""

    failed: dict[int, str] = field(default_factory=dict)
    named: int = 0
    """Characters that findings named."""
    fault: str = ""
    """Of a build that did not end well though no character was named."""


def judge(texts: Sequence[str], root: Path) -> Verdict:
    """Build a book of some texts below a folder, and look for them in each of its files."""
    named: dict[int, set[str]] = {}
    failed: dict[int, str] = {}
    for attempt in range(8):
        folder = root / str(attempt)
        kept = [
            "" if number in failed else _without(text, named.get(number, set()))
            for number, text in enumerate(texts)
        ]
        _write(folder, kept)
        request = Request(folder, folder / "build")
        try:
            outcome = build(request, {"SOURCE_DATE_EPOCH": "1767225600"}, lambda _: None)
        except KebenError as error:
            errors = [each for each in error.findings if each.severity == "error"]
            found = _named([each for each in errors if not _names_none(each)], kept)
            blamed = _blamed(errors, kept)
            new = {number: said - named.get(number, set()) for number, said in found.items()}
            if not blamed and not any(new.values()):
                return Verdict(failed, fault="; ".join(str(each) for each in errors[:5]))
            failed.update(blamed)
            for number, said in new.items():
                named.setdefault(number, set()).update(said)
            continue
        passed = _named(outcome.findings, kept)
        for path in outcome.paths:
            if path.suffix in (".epub", ".pdf"):
                for number, why in _compare(kept, _texts_in(path), passed if path.suffix == ".pdf" else {}):
                    failed.setdefault(number, f"{path.name}: {why}")
        return Verdict(failed, sum(len(said) for said in (*named.values(), *passed.values())))
    return Verdict(failed, fault="eight attempts, and each found more")


def _blamed(errors: Iterable[Finding], texts: Sequence[str]) -> dict[int, str]:
    """Texts in whose lines errors stand that name no character, each with what they say."""
    found: dict[int, str] = {}
    for finding in errors:
        number, rest = divmod(finding.place.line - FIRST_LINE, 2)
        if _names_none(finding) and not rest and 0 <= number < len(texts):
            found.setdefault(number, f"{texts[number]!a}: {finding}")
    return found


def _write(folder: Path, texts: Sequence[str]) -> None:
    for name, text in (
        ("book/book.toml", TOML),
        *((f"styles/{name}.css", style) for name, style in STYLES.items()),
        ("book/chapters/one.md", markdown(texts)),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _without(text: str, characters: set[str]) -> str:
    return "".join(character for character in text if character not in characters)


def _named(findings: Iterable[Finding], texts: Sequence[str]) -> dict[int, set[str]]:
    """The characters that findings name, by the number of the text in whose line they stand.

    A finding that counts its places lists the first of them. It names the characters in all texts if its count is that
    of the texts that have them; else only in the lines that it lists.
    """
    found: dict[int, set[str]] = {}
    for finding in findings:
        sequence = "".join(chr(int(code, 16)) for code in CODE.findall(finding.message))
        # Of a sequence that is printed as a plain sign or as its parts only what joins it is not there.
        characters = {
            each for each in sequence if len(sequence) == 1 or _is_ignorable(each) or each in SKIN_TONES
        }
        listed = {finding.place.line, *(int(line) for line in re.findall(r"\.md:(\d+)", finding.message))}
        numbers = {
            (line - FIRST_LINE) // 2 for line in listed if line >= FIRST_LINE and (line - FIRST_LINE) % 2 == 0
        }
        having = {number for number, text in enumerate(texts) if characters and characters <= set(text)}
        counted = re.search(r"\((\d+) times", finding.message)
        if finding.place.line and counted and int(counted[1]) >= len(having):
            numbers |= having
        for number in numbers & having:
            found.setdefault(number, set()).update(characters)
    return found


def _names_none(finding: Finding) -> bool:
    """Whether a finding names no character, or not its place."""
    return not (CODE.search(finding.message) and finding.place.line)


def _texts_in(path: Path) -> list[dict[int, str]]:
    """The texts by their numbers, as each reading of a file has them."""
    readings = [_epub_text(path)] if path.suffix == ".epub" else _pdf_texts(path)
    return [_parted(each) for each in readings]


def _parted(whole: str) -> dict[int, str]:
    pieces = re.split(MARKER, whole)
    return {
        int("".join(str(DIGITS.index(digit)) for digit in "".join(number.split()))): text
        for number, text in zip(pieces[1::2], pieces[2::2], strict=True)
    }


def _epub_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        name = next(each for each in archive.namelist() if each.endswith("text/one.xhtml"))
        page = io.TextIOWrapper(archive.open(name), "utf-8").read()
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def _pdf_texts(path: Path) -> list[str]:
    """As PDFium copies it, which goes by the places of glyphs, and in the order in which it is drawn.

    PDFium takes what stands near one another in two columns for a line, and so may turn some characters round.
    """
    with pikepdf.open(path) as pdf:
        # PDFium takes a book that is bound on the right for an Arabic one.
        if "/ViewerPreferences" in pdf.Root:
            del pdf.Root.ViewerPreferences
        out = io.BytesIO()
        pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    copied, drawn = [], []
    try:
        for page in document:
            text_page = page.get_textpage()
            copied.append(text_page.get_text_bounded(errors="surrogatepass"))
            drawn += [_drawn(each.raw, text_page.raw) for each in page.get_objects([raw.FPDF_PAGEOBJ_TEXT])]
    finally:
        document.close()
    return [_whole_characters("".join(texts)) for texts in (copied, drawn)]


def _drawn(thing: object, text_page: object) -> str:
    buffer = (ctypes.c_ushort * 4000)()
    length = raw.FPDFTextObj_GetText(thing, text_page, buffer, 4000)
    return bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "surrogatepass")


def _whole_characters(text: str) -> str:
    """Where PDFium turns words round it turns the halves of characters too."""
    units = "".join(map(chr, array("H", text.encode("utf-16-le", "surrogatepass"))))
    halves = "[\ud800-\udbff][\udc00-\udfff]|[\udc00-\udfff][\ud800-\udbff]"
    return (
        re.sub(halves, lambda pair: "".join(sorted(pair[0])), units)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


def _compare(
    wanted: Sequence[str], readings: Sequence[dict[int, str]], passed: dict[int, set[str]]
) -> Iterator[tuple[int, str]]:
    """Each text that is whole in no reading."""
    for number, text in enumerate(wanted):
        left = passed.get(number, set())
        wrong = [why for found in readings if (why := _fault(text, found.get(number, ""), left))]
        if len(wrong) == len(readings):
            yield number, wrong[0]


def _fault(wanted: str, there: str, left: set[str]) -> str:
    """What is wrong with a text as it was found; empty: nothing."""
    text = wanted + END
    if _is_mixed(text):
        left = left | set(_taken_apart("".join(left)))
        expected, got = ("".join(sorted(_essence(_taken_apart(each), left))) for each in (text, there))
    else:
        expected, got = (
            _essence(unicodedata.normalize("NFC", _spelled(each)), left) for each in (text, there)
        )
    if expected == got:
        return ""
    missing, added = Counter(expected) - Counter(got), Counter(got) - Counter(expected)
    return f"{wanted!r} came out as {there!r}; -{dict(missing)} +{dict(added)}"


def _essence(text: str, passed: set[str]) -> str:
    """A text without white space, without what no reader shows, and without the characters that were named.

    PDFium reports a hyphen that ends a line as U+0002 or U+FFFE.
    """
    text = "".join(text.split())
    text = text.replace("\x02", "-").replace("\ufffe", "-")
    return "".join(
        character
        for character in text
        if not character.isspace()
        and not _is_ignorable(character)
        and character not in passed
        and not (passed and character == "〓")
    )


def _spelled(text: str) -> str:
    """A text with Latin ligatures taken apart, as PDFium has them."""
    return re.sub("[\ufb00-\ufb06]", lambda ligature: unicodedata.normalize("NFKC", ligature[0]), text)


CONTROLS = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SS SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS "
    "US SP DEL"
).split()
TAKEN_FOR = {chr(0x2400 + number): name for number, name in enumerate(CONTROLS)} | dict(
    zip("\u2044\u0338®℞℟℣℧␢⺠⻁⻄⻆⻑⻘⻝⻣⻤⻨⻩", "//RRRVƱb民虎西角长青食骨鬼麦黄", strict=True)
)
DENIED = str.maketrans({"∄": "∃", "∉": "∈", "∌": "∋", "\u0384": "", "\u0385": "¨"})


def _taken_apart(text: str) -> str:
    """A text that has letters from right to left as PDFium gives it, whatever its order.

    It takes such text apart (NFKD, and more by a table of its own: ❶ is 1, ␀ is NUL), and a bracket or a quotation mark
    for its mirror image.
    """
    return "".join(_taken_for(each) for each in unicodedata.normalize("NFKD", text.translate(DENIED)))


def _taken_for(character: str) -> str:
    if unicodedata.mirrored(character) or character in "‘’“”":
        return "("
    value = unicodedata.numeric(character, -1.0) if unicodedata.category(character) == "No" else -1.0
    if value in range(21):
        return str(int(value))
    return TAKEN_FOR.get(character, character)


def _is_ignorable(character: str) -> bool:
    """Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties.txt), and soft hyphens at a line's end."""
    code = ord(character)
    return (
        code in (0xAD, 0x34F, 0x61C, 0x3164, 0xFFA0, 0xFEFF, 0x2800)
        or 0x115F <= code <= 0x1160
        or 0x17B4 <= code <= 0x17B5
        or 0x180B <= code <= 0x180F
        or 0x200B <= code <= 0x200F
        or 0x202A <= code <= 0x202E
        or 0x2060 <= code <= 0x206F
        or 0xFE00 <= code <= 0xFE0F
        or 0xFFF0 <= code <= 0xFFF8
        or 0x1BCA0 <= code <= 0x1BCA3
        or 0x1D173 <= code <= 0x1D17A
        or 0xE0000 <= code <= 0xE0FFF
    )


def _is_mixed(text: str) -> bool:
    """Whether letters in it run from right to left, or marks stand over marks.

    Readers disagree on the order of what they copy then: PDFium goes by the places of glyphs.
    """
    return _has_pile(text) or any(
        unicodedata.bidirectional(each) in ("R", "AL", "AN") or "\u0590" <= each <= "\u08ff" for each in text
    )


def _has_pile(text: str) -> bool:
    return "MM" in "".join(unicodedata.category(each)[0] for each in text)


def main(count: int, seed: int = 0, size: int = 500) -> int:
    """Judge so many inputs in batches; print each that fails. Gives how many failed."""
    failed = named = 0
    for start in range(0, count, size):
        texts = inputs(seed + start, min(size, count - start))
        with tempfile.TemporaryDirectory() as folder:
            verdict = judge(texts, Path(folder))
        if verdict.fault and len(texts) > 1:
            print(f"{seed + start}: {verdict.fault}", file=sys.stderr)  # noqa: T201
            verdict = _one_by_one(texts)
        for number, why in sorted(verdict.failed.items()):
            print(f"{seed + start}/{number}: {why}")  # noqa: T201
        failed += len(verdict.failed) + bool(verdict.fault)
        named += verdict.named
        print(f"{start + len(texts)} inputs, {failed} failed", file=sys.stderr)  # noqa: T201
    print(f"{count} inputs, {failed} failed; {named} characters were named by findings")  # noqa: T201
    return failed


def _one_by_one(texts: Sequence[str]) -> Verdict:
    """A batch that did not build: the same texts in ever smaller batches, so that each fault has its input."""
    failed: dict[int, str] = {}
    named = 0
    todo = [list(range(len(texts)))]
    while todo:
        numbers = todo.pop()
        with tempfile.TemporaryDirectory() as folder:
            verdict = judge([texts[number] for number in numbers], Path(folder))
        named += verdict.named
        failed.update({numbers[each]: why for each, why in verdict.failed.items()})
        if verdict.fault and len(numbers) == 1:
            failed[numbers[0]] = f"{texts[numbers[0]]!r}: {verdict.fault}"
        elif verdict.fault:
            middle = len(numbers) // 2
            todo += [numbers[:middle], numbers[middle:]]
    return Verdict(failed, named)


if __name__ == "__main__":
    sys.exit(min(1, main(int(sys.argv[1]), *map(int, sys.argv[2:]))))
