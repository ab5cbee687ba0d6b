"""cli: what a person types → a request; findings → lines, or one JSON object. A module for each command.

Comes in: arguments and the environment.
Goes out: text on the two streams, and an exit code: 0 done, 1 findings or a failed build, 2 wrong usage.
Touches: the terminal. Files only through `project`, `build` and `release`; directly only for ``impose`` and ``new``.

1. `main` is the one place where errors become messages and exit codes.
2. `telling` makes lines of findings, a line for each kind; `live` shows progress; `streams` writes.
"""

import gc
import os
import sys

# Loading makes no garbage. As Python is set, it would look for some fifty times before the first line is printed.
gc.set_threshold(50_000)

try:
    from keben.cli.main import main
except KeyboardInterrupt:
    # Loading takes long enough to be stopped in; from then on `main` says the same.
    from keben.core.catalogues import language_from, translated

    sys.stderr.write(f"{translated('Stopped.', language_from(os.environ))}\n")
    raise SystemExit(130) from None

__all__ = ["main"]
