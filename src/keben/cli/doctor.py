"""``keben doctor``."""

import click

from keben.cli.output import json_option, print_json
from keben.cli.streams import say
from keben.core.doctor import diagnose
from keben.core.saying import joined


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Say what this machine has and lacks, and the command that installs what it lacks."""
    checks = diagnose()
    lacking = [check for check in checks if not check.ok and check.required]
    if as_json:
        print_json(
            {
                "ok": not lacking,
                "checks": [
                    {
                        "name": check.name,
                        "ok": check.ok,
                        "required": check.required,
                        "found": check.found,
                        "fix": check.fix,
                    }
                    for check in checks
                ],
            }
        )
    else:
        for check in checks:
            mark = "ok  " if check.ok else "LACK" if check.required else "no  "
            say(joined(str(mark), "  ", check.name, ": ", check.found))
            if not check.ok and check.fix:
                say(joined("      ", check.fix))
    if lacking:
        raise SystemExit(1)
