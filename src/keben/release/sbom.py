"""A bill of materials of a book, in CycloneDX 1.6: what went into its files, and what they were made by.

The form: https://cyclonedx.org/docs/1.6/json/. A serial number is made from the contents, and the time is the
artifacts' own, so that the same release has the same bill.
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from keben.build.distributions import ITSELF, Installed
from keben.core.saying import wording

_SERIALS = uuid.UUID("b5c6d2f0-55a4-5f0c-9a52-0b7d2d5a4f6e")


def write_sbom(
    title: Mapping[str, str],
    epoch: int,
    distributions: Iterable[Installed],
    fonts: Iterable[Mapping[str, str]],
    dictionaries: Mapping[str, str],
) -> bytes:
    """The bill as JSON.

    ``title`` has the book's ``slug``, ``version`` and ``description``; ``fonts`` are as a manifest's artifacts list
    them; ``dictionaries`` are SHA-256 hashes by file name.
    """
    distributions = tuple(distributions)
    names = {each.name for each in distributions}
    faces = {(font["file"], font["sha256"]): font for font in fonts}
    book = f"book:{title['slug']}@{title['version']}"
    components = [
        *(_distribution(each) for each in distributions),
        *(_font(faces[key]) for key in sorted(faces)),
        *(_dictionary(name, dictionaries[name]) for name in sorted(dictionaries)),
    ]
    used = sorted(each["bom-ref"] for each in components if not each["bom-ref"].startswith("pkg:"))
    purls = {each.name: _purl(each) for each in distributions}
    depends = [{"ref": book, "dependsOn": [*([purls[ITSELF]] if ITSELF in names else []), *used]}]
    depends += [
        {"ref": purls[each.name], "dependsOn": [purls[need] for need in each.needs if need in names]}
        for each in distributions
    ]
    bill: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "data",
                "bom-ref": book,
                "name": title["slug"],
                "version": title["version"],
                "description": title["description"],
            },
        },
        "components": components,
        "dependencies": depends,
    }
    serial = uuid.uuid5(_SERIALS, json.dumps(bill, sort_keys=True))
    return (
        json.dumps({**bill, "serialNumber": f"urn:uuid:{serial}"}, ensure_ascii=False, indent=2) + "\n"
    ).encode()


def _purl(each: Installed) -> str:
    return f"pkg:pypi/{each.name}@{each.version}"


def _distribution(each: Installed) -> dict[str, Any]:
    licence = {"expression": each.licence} if each.is_expression else {"license": {"name": each.licence}}
    properties = [{"name": "keben:files-sha256", "value": each.sha256}]
    return {
        "type": "application" if each.name == ITSELF else "library",
        "bom-ref": _purl(each),
        "name": each.name,
        "version": each.version,
        "purl": _purl(each),
        **({"licenses": [licence]} if each.licence else {}),
        **({"properties": properties} if each.sha256 else {}),
    }


def _font(font: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "file",
        "bom-ref": f"font:{font['file']}:{font['sha256'][:16]}",
        "name": font["file"],
        "version": font["version"],
        "description": wording(
            "The font {font} {font2}, of which the PDFs hold a part", font=font["name"], font2=font["style"]
        ),
        "hashes": [{"alg": "SHA-256", "content": font["sha256"]}],
    }


def _dictionary(name: str, mark: str) -> dict[str, Any]:
    return {
        "type": "file",
        "bom-ref": f"dictionary:{name}",
        "name": name,
        "description": wording("A dictionary that the text was converted by"),
        "hashes": [{"alg": "SHA-256", "content": mark}],
    }
