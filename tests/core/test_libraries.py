import ctypes.util
import subprocess
import sys

import pytest

from keben.core.libraries import late_modules, unsought_libraries


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no program looks for libraries")
def test_no_program_looks_for_libraries_meanwhile():
    found = ctypes.util.find_library
    with pytest.raises(ZeroDivisionError), unsought_libraries():
        assert ctypes.util.find_library("c") is None
        raise ZeroDivisionError
    assert ctypes.util.find_library is found


def test_weasyprint_is_loaded_without_starting_a_program():
    code = (
        "import sys, keben.typeset.fonts; started = []; "
        "sys.addaudithook(lambda event, _: started.append(event) if event == 'subprocess.Popen' else None); "
        "import keben.typeset.weasy; print(started)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"


def test_a_module_is_loaded_when_something_of_it_is_used(tmp_path, monkeypatch):
    (tmp_path / "late_one.py").write_text("NUMBER = 1\ndef double(given, more=0): return 2 * given + more\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ZeroDivisionError), late_modules({"late_one": ("double",), "json": ()}):
        import late_one
        from late_one import double

        assert "dumps" in vars(sys.modules["json"])
        assert sys.modules["late_one"] is late_one
        raise ZeroDivisionError
    assert "late_one" not in sys.modules
    assert (double(2, more=1), late_one.NUMBER) == (5, 1)
    assert sys.modules.pop("late_one") is not late_one
    with pytest.raises(AttributeError):
        late_one.nothing  # noqa: B018


def test_weasyprint_is_loaded_without_what_cuts_fonts():
    code = (
        "import sys, keben.typeset.weasy; late = ('fontTools.subset', 'fontTools.varLib', 'fontTools.fontBuilder'); "
        "print([name for name in late if name in sys.modules]); "
        "from weasyprint.pdf import fonts; print(fonts.subset.Options().notdef_outline, late[0] in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\nFalse True\n"
