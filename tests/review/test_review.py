import contextlib
import http.client
import json
import re
import socket
import threading
from typing import get_args

import pytest
from reviews import HOSTILE, doubt, sheet

from keben.core.editorial.values import Decision, DoubtKind
from keben.core.errors import KebenError, Place
from keben.review import Answers, Reviewed, ReviewServer, render_page, render_tsv, serve
from keben.review.page import KINDS


def data_of(page):
    return json.loads(
        re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)[1]
    )


def test_the_page_holds_all_places_and_names_no_address():
    page = render_page(sheet(doubt(), doubt("里")), "zh-Hant-TW")
    data = data_of(page)
    assert [len(edition["places"]) for edition in data["editions"]] == [2]
    assert data["first"] == "zh-Hant-TW"
    assert {"发", "里", "髮", "Two ways."} <= set(data["strings"])
    assert not re.search(r"https?:|//[a-z]|@import|url\(", page)
    assert "{{" not in page


def test_the_page_lets_no_other_script_run_and_speaks_to_nobody():
    page = render_page(sheet(doubt(), title="<b>&"), "zh-Hant-TW")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#x27;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<title>&lt;b&gt;&amp; – conversion review</title>" in page
    served = render_page(sheet(doubt()), "zh-Hant-TW", "/token/answers")
    assert "connect-src &#x27;self&#x27;" in served
    assert data_of(served)["serve"] == "/token/answers"


def test_no_text_of_a_book_can_leave_the_data():
    page = render_page(sheet(doubt(HOSTILE, before=HOSTILE, reason="{{script}}"), title=HOSTILE), HOSTILE)
    assert page.count("</script>") == page.count("<script") == 2
    assert "<img" not in page
    assert {HOSTILE, "{{script}}"} <= set(data_of(page)["strings"])


def test_every_kind_of_doubt_has_a_name_on_the_page():
    assert set(KINDS) == set(get_args(DoubtKind))


def test_the_table_has_a_row_for_each_place():
    text = render_tsv(
        Reviewed(
            "zh-Hant-TW",
            "zh-Hant-TW",
            (
                doubt(after="明\t\n\\"),
                doubt("“", kind="quotes", output="", candidates=(), is_new=False, place=Place("book.toml")),
            ),
        )
    )
    assert text == (
        "rank\tkind\tphrase\toutput\tcandidates\tbefore\tafter\toutput_before\toutput_after\tplace\treason\tnew\n"
        "1\toverlap\t发\t髮\t髮|發\t被\t明\\t\\n\\\\\t被\t明\tbook/chapters/01.md:3\tTwo ways.\tyes\n"
        "1\tquotes\t“\t\t\t被\t明\t被\t明\tbook.toml\tTwo ways.\tno\n"
    )


ANSWER = {"language": "zh-tw", "phrase": "发", "target": "發", "before": "被", "after": "明", "note": "n"}


@contextlib.contextmanager
def serving(make_sheet, save):
    server = ReviewServer(make_sheet, save)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


def ask(server, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request(
            method, path, body, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers
    finally:
        connection.close()


def post(server, body, path=None, **headers):
    standard = {"Origin": server.url[: -len(server.root)], "Content_Type": "application/json"}
    status, text, _ = ask(server, "POST", path or f"{server.root}answers", body, **{**standard, **headers})
    return status, json.loads(text)


def test_the_server_shows_the_page_takes_answers_and_shows_what_is_left():
    doubts, kept = [doubt(), doubt("里")], []

    def save(answers):
        kept.append(answers)
        doubts.pop(0)

    with serving(lambda: sheet(*doubts), save) as server:
        status, page, headers = ask(server, "GET", server.root)
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
        assert len(data_of(page)["editions"][0]["places"]) == 2
        assert post(server, json.dumps({"answers": [ANSWER]})) == (200, {"saved": 1})
        _, data, _ = ask(server, "GET", f"{server.root}answers")
        assert len(json.loads(data)["editions"][0]["places"]) == 1
        withdrawn = {**ANSWER, "target": ""}
        assert post(server, json.dumps({"answers": [withdrawn]})) == (200, {"saved": 1})
    assert kept == [
        Answers((Decision("zh-Hant-TW", "发", "發", "被", "明", "n", Place("review")),)),
        Answers((), (("zh-Hant-TW", "发", "被", "明"),)),
    ]


def test_the_server_knows_nobody_else():
    with serving(lambda: sheet(doubt()), pytest.fail) as server:
        assert server.url.startswith("http://127.0.0.1:")
        for path in ("/", "/favicon.ico", "/wrong-token-wrong-token/", f"{server.root}x", "/%e4"):
            assert ask(server, "GET", path)[0] == 404
        assert ask(server, "GET", server.root, Host="evil.example")[0] == 404
        assert ask(server, "GET", server.root, Host=f"localhost:{server.port}")[0] == 200
        assert ask(server, "PUT", server.root)[0] == 501
        body = json.dumps({"answers": [ANSWER]})
        assert post(server, body, "/answers")[0] == 404
        assert post(server, body, Origin="http://evil.example")[0] == 403
        assert post(server, body, Origin="null")[0] == 403
        assert post(server, body, Content_Type="text/plain")[0] == 415
        assert post(server, "", Content_Length="99999999999")[0] == 413
        assert post(server, "", Content_Length="-1")[0] == 411
        assert post(server, "x" * (1024 * 1024 + 1))[0] == 413
        # Who may not send anything is not listened to, and hears so whatever is sent.
        assert post(server, "x" * 30_000_000, "/answers")[0] == 404
        assert post(server, "x" * 30_000_000, Host="evil.example")[0] == 404


def test_a_stranger_s_body_is_not_waited_for_or_kept():
    with (
        serving(lambda: sheet(doubt()), pytest.fail) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection,
    ):
        head = f"POST /x HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 1000000\r\n\r\n"
        connection.sendall(head.encode())
        # Not a byte of the body is sent.
        assert connection.recv(100).startswith(b"HTTP/1.0 404 ")


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ("{", ["The answers are not JSON."]),
        ("[" * 100_000, ["The answers are not JSON."]),
        ("[]", ["There must be one list, `answers`, and nothing else."]),
        ('{"answers": []}', ["There are no answers to save."]),
        (
            json.dumps({"answers": [1, {**ANSWER, "path": "/etc"}, {**ANSWER, "note": 1}]}),
            [
                *(
                    f"Answer {n}: It must have language, phrase, target, before, after, note, and nothing else."
                    for n in (1, 2)
                ),
                "Answer 3: All of it must be text.",
            ],
        ),
        (
            json.dumps({"answers": [{**ANSWER, "glossary": "yes"}]}),
            ["Answer 1: A term of the glossary has a target, and is for all places."],
        ),
        (
            json.dumps({"answers": [ANSWER, {**ANSWER, "language": "en", "phrase": "", "target": "\ud800"}]}),
            [
                "Answer 2: language: Unknown language `en`. "
                "Use one of zh-Hans, zh-Hant, zh-Hans-CN, zh-Hant-TW, zh-Hant-HK.",
                "Answer 2: phrase: The phrase is empty. Write the source's text that is decided.",
                "Answer 2: target: U+D800 is half of a character. Take it out, or write what it stands for.",
            ],
        ),
    ],
)
def test_answers_that_cannot_be_kept_are_refused_all_together(body, errors):
    with serving(lambda: sheet(doubt()), pytest.fail) as server:
        assert post(server, body) == (400, {"errors": errors})


def test_what_goes_wrong_in_saving_or_making_is_shown():
    def make():
        raise KebenError.at("book/book.toml", "x", "It is broken.")

    def save(_):
        raise PermissionError(13, "Permission denied")

    with serving(make, save) as server:
        status, text, _ = ask(server, "GET", server.root)
        assert (status, json.loads(text)) == (500, {"errors": ["book/book.toml: It is broken."]})
        body = json.dumps({"answers": [ANSWER]})
        assert post(server, body) == (500, {"errors": ["The machine says: Permission denied."]})


def test_an_error_that_nobody_foresaw_ends_the_server_and_is_raised():
    def make():
        raise ZeroDivisionError

    server = ReviewServer(make, pytest.fail)

    def look():
        with contextlib.suppress(OSError, http.client.HTTPException):
            ask(server, "GET", server.root)

    thread = threading.Thread(target=look)
    thread.start()
    with pytest.raises(ZeroDivisionError):
        server.run()
    thread.join()


def test_a_browser_that_goes_away_is_no_error():
    with serving(lambda: sheet(doubt()), pytest.fail) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as line:
            line.sendall(b"GET / HT")
        assert ask(server, "GET", server.root)[0] == 200


def test_serve_tells_its_address_and_ends_by_ctrl_c(monkeypatch):
    def interrupted(self, poll_interval):
        raise KeyboardInterrupt

    monkeypatch.setattr("http.server.ThreadingHTTPServer.serve_forever", interrupted)
    reported = []
    serve(lambda: sheet(doubt()), pytest.fail, started=lambda server: reported.append(server.url))
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{22}/", reported[0])
