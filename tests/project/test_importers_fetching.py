import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from keben.project.importers import import_book
from keben.project.importers.fetching import fetch_picture, remote_pictures, with_pictures
from keben.project.importers.writing import write_draft

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "ftp://e.org/a.png")
            self.end_headers()
            return
        found = {"/%E5%9B%BE.png": PNG, "/page": b"<html>"}.get(self.path)
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(found or b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_pictures_on_the_web_become_files(tmp_path, site):
    text = f'# 甲\n\n![图]({site}/图.png "题")\n\n```\n![码]({site}/图.png)\n```\n\n![页]({site}/page) ![无]({site}/no)\n'
    (tmp_path / "a.md").write_text(text, "utf-8")
    plain = import_book(tmp_path / "a.md")
    assert remote_pictures(plain) == (f"{site}/图.png", f"{site}/page", f"{site}/no")
    draft = with_pictures(plain, fetch_picture)
    assert draft.files["book/chapters/01.md"].decode() == (
        f'# 甲\n\n![图](../images/picture.png "题")\n\n```\n![码]({site}/图.png)\n```\n\n![页]({site}/page) ![无]({site}/no)\n'
    )
    assert draft.files["book/images/picture.png"] == PNG
    assert "1 picture fetched from 127.0.0.1." in draft.remarks
    assert any(
        f"Not fetched (2): {site}/page (it is not a picture), {site}/no (404" in each
        for each in draft.remarks
    )
    assert not any(each.startswith("Pictures on the web") for each in draft.remarks)
    # What the import wrote before may be written over, what a person wrote may not.
    write_draft(plain, tmp_path / "p")
    assert write_draft(draft, tmp_path / "p", plain) == ("book/chapters/01.md", "book/images/picture.png")


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "ftp://e.org/a.png", "data:image/png,x", "http:///a.png"]
)
def test_other_schemes_are_refused(address):
    with pytest.raises(ValueError, match="not a web address"):
        fetch_picture(address)


def test_an_answer_cannot_lead_to_a_file(site):
    with pytest.raises(ValueError, match="it leads to ftp:"):
        fetch_picture(f"{site}/away")


def test_too_large_a_picture_is_refused(site, monkeypatch):
    monkeypatch.setattr("keben.project.importers.fetching.MOST_BYTES", 10)
    with pytest.raises(ValueError, match="more than"):
        fetch_picture(f"{site}/%E5%9B%BE.png")
