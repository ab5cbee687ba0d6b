import ctypes.util
import subprocess
import sys

import pytest

from keben.core.libraries import unsought_libraries


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
