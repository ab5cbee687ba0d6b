"""A server for one editor on this machine: it shows the review page and takes its answers.

It has two addresses, a page and its data, so the standard library's server is enough: a web framework would be a
dependency for every user of Keben, of which a book needs nothing. It listens on 127.0.0.1 alone. Its path holds a
random token, so no other user and no web page can guess it. A ``Host`` that is not this server's is refused (DNS
rebinding), and so is a POST from another origin (cross-site request forgery).
"""

import contextlib
import hmac
import json
import secrets
import socket
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any

from keben.core.catalogues import translated
from keben.core.errors import KebenError
from keben.core.reasons import reason_of
from keben.core.saying import wording
from keben.review.answers import Answers, read_answers
from keben.review.page import render_data, render_page
from keben.review.values import ReviewSheet

LONGEST = 1024 * 1024
"""Bytes of answers taken at once; the page parts more than that."""

PATIENCE = 5.0
"""Seconds in which the rest of a request that is refused may still come, before the connection is closed."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class ReviewServer:
    """Serves a review until it is stopped.

    ``make_sheet`` is called for each page and for the data after each saving, ``save`` with the answers of each POST:
    never two calls at once. What they raise as `KebenError` or `OSError` is shown on the page; anything else ends the
    server and is raised by `run`.
    """

    def __init__(
        self,
        make_sheet: Callable[[], ReviewSheet],
        save: Callable[[Answers], None],
        port: int = 0,
        edition: str = "",
        language: str = "en",
    ) -> None:
        """Begin to listen.

        Args:
            make_sheet: Makes the review again.
            save: Keeps answers.
            port: 0: one that is free.
            edition: The name of the edition that is shown first; empty: the sheet's first.
            language: What the page and refusals speak, of `keben.core.catalogues.LANGUAGES`.

        Raises:
            OSError: the port is taken.
        """
        self.make_sheet, self.save, self.edition = make_sheet, save, edition
        self.language = language
        self.root = f"/{secrets.token_urlsafe(16)}/"
        self.failure: BaseException | None = None
        self.lock = threading.Lock()
        self._server = _Server(self, port)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._server.server_port

    @property
    def url(self) -> str:
        """What to open in a browser."""
        return f"http://127.0.0.1:{self.port}{self.root}"

    def run(self) -> None:
        """Serve until `stop` is called in another thread, or until Ctrl-C. It cannot be run again."""
        try:
            self._server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            pass
        finally:
            self._server.server_close()
        if self.failure is not None:
            raise self.failure

    def stop(self) -> None:
        """Let `run` end; waits until it serves nothing more."""
        self._server.shutdown()


def serve(
    make_sheet: Callable[[], ReviewSheet],
    save: Callable[[Answers], None],
    port: int = 0,
    edition: str = "",
    started: Callable[[ReviewServer], None] = lambda _: None,
    language: str = "en",
) -> None:
    """Serve a review until Ctrl-C; ``started`` is called once with the server, to tell its address.

    Raises:
        OSError: the port is taken.
    """
    server = ReviewServer(make_sheet, save, port, edition, language)
    started(server)
    server.run()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, review: ReviewServer, port: int) -> None:
        self.review = review
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Keep an error that nobody foresaw for `ReviewServer.run`; a browser that went away is none."""
        error = sys.exception()
        if isinstance(error, ConnectionError | TimeoutError):
            return
        self.review.failure = self.review.failure or error
        self.shutdown()


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "keben"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """The page, or its data."""
        review = self.server.review
        name = self._name()
        if name not in ("", "answers"):
            return self._refuse(HTTPStatus.NOT_FOUND, wording("There is nothing here."))
        answers = f"{review.root}answers"
        try:
            with review.lock:
                sheet = review.make_sheet()
        except (KebenError, OSError) as error:
            return self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, *_messages(error))
        edition = review.edition or (sheet.editions[0].edition if sheet.editions else "")
        if name:
            return self._send(
                HTTPStatus.OK, "application/json", render_data(sheet, edition, answers, review.language)
            )
        return self._send(HTTPStatus.OK, "text/html", render_page(sheet, edition, answers, review.language))

    def do_POST(self) -> None:
        """Answers to keep."""
        review = self.server.review
        if refusal := self._refusal():
            self._refuse(*refusal)
            return self._let_go()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answers, wrong = read_answers(body)
        if wrong:
            return self._refuse(HTTPStatus.BAD_REQUEST, *wrong)
        try:
            with review.lock:
                review.save(answers)
        except (KebenError, OSError) as error:
            return self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, *_messages(error))
        return self._send(
            HTTPStatus.OK,
            "application/json",
            json.dumps({"saved": sum(map(len, (answers.decisions, answers.withdrawn, answers.terms)))}),
        )

    def _refusal(self) -> tuple[HTTPStatus, str] | None:
        """Why answers are not taken, before a byte of them is read; None if they are."""
        size = self.headers["Content-Length"] or ""
        if self._name() != "answers":
            return HTTPStatus.NOT_FOUND, wording("There is nothing here.")
        if self.headers["Origin"] not in {f"http://{host}" for host in self._hosts()}:
            return HTTPStatus.FORBIDDEN, wording("Answers are taken from the review page alone.")
        if self.headers.get_content_type() != "application/json":
            return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, wording("Answers must be JSON.")
        if not (size.isascii() and size.isdigit()):
            return HTTPStatus.LENGTH_REQUIRED, wording("The request must tell its length.")
        if len(size) > len(str(LONGEST)) or int(size) > LONGEST:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, wording("These are too many answers at once.")
        return None

    def _let_go(self) -> None:
        """Close the connection, but not with a body unread that a sender is still at: that loses the refusal."""
        self.close_connection = True
        until = monotonic() + PATIENCE
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(PATIENCE)
            while monotonic() < until and self.rfile.read1(65536):
                pass

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        """Say nothing: the terminal is the command's."""

    def _hosts(self) -> tuple[str, str]:
        port = self.server.server_port
        return f"127.0.0.1:{port}", f"localhost:{port}"

    def _name(self) -> str | None:
        """What is asked for below the token; None where the host or the token is not this server's."""
        path, root = self.path, self.server.review.root
        if self.headers["Host"] not in self._hosts():
            return None
        given = path[: len(root)].encode("utf-8", "surrogateescape")
        return path[len(root) :] if hmac.compare_digest(given, root.encode()) else None

    def _refuse(self, status: HTTPStatus, *messages: str) -> None:
        said = [translated(message, self.server.review.language) for message in messages]
        self._send(status, "application/json", json.dumps({"errors": said}, ensure_ascii=False))

    def _send(self, status: HTTPStatus, kind: str, text: str) -> None:
        body = text.encode("utf-8", "replace")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _messages(error: KebenError | OSError) -> tuple[str, ...]:
    if isinstance(error, KebenError):
        return tuple(str(finding) for finding in error.findings)
    return (wording("The machine says: {reason}.", reason=reason_of(error)),)
