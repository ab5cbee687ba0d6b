"""Two books set at once in one process: neither knows of the other."""

from concurrent.futures import ThreadPoolExecutor

from books import book, chapter

from keben.core.composition import Artifact, Composition
from keben.formats import check_completeness
from keben.typeset import draw_cover, typeset

TEXT = "<p>" + "他说：“好。”（是吗？）——“不！”《红楼梦》、《水浒传》……" * 12 + "</p>"


def made(composition: Composition) -> tuple[bytes, object, int, tuple[object, ...]]:
    artifact: Artifact = typeset(composition)
    problems = check_completeness(composition, artifact)
    return artifact.data, draw_cover(composition), artifact.facts["pages"], problems


def test_two_threads_make_what_one_makes() -> None:
    books = [
        book(*(chapter(TEXT * 6, f"c{number}") for number in range(3)), language=language)
        for language in ("zh-Hans-CN", "zh-Hant-TW")
    ]
    alone = [made(each) for each in books]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(made, books))
    assert together == alone
    assert all(problems == () for *_, problems in alone)
