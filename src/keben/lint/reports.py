"""Remarks as programs read them: JSON, SARIF 2.1.0, and annotations of GitHub."""

import json
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from keben.core.saying import wording
from keben.core.version import __version__
from keben.lint.table import RULES
from keben.lint.values import Remark, Rule

_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sentence(remark: Remark) -> str:
    """What a remark says, with its full stop."""
    return remark.message if remark.message.endswith(".") else wording("{message}.", message=remark.message)


def as_json(remarks: Sequence[Remark]) -> list[dict[str, object]]:
    """Remarks as JSON has them."""
    return [
        {
            "path": one.place.path,
            "line": one.place.line,
            "column": one.place.column,
            "end-line": one.end[0],
            "end-column": one.end[1],
            "rule": one.rule.number,
            "name": one.rule.name,
            "severity": one.rule.severity,
            "message": sentence(one),
            "text": one.text,
            "fix": {
                "certain": one.is_certain,
                "edits": [{"start": each.start, "end": each.end, "text": each.text} for each in one.edits],
            }
            if one.edits
            else None,
        }
        for one in remarks
    ]


def as_sarif(remarks: Sequence[Remark]) -> str:
    """Remarks as a log of SARIF 2.1.0 (OASIS Standard, 2020). Columns count Unicode code points."""
    index = {rule.number: number for number, rule in enumerate(RULES)}
    run = {
        "tool": {
            "driver": {
                "name": "keben lint",
                "semanticVersion": __version__,
                "informationUri": "https://github.com/keben/keben/blob/main/docs/lint.md",
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, index[one.rule.number]) for one in remarks],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.number,
        "name": rule.name,
        "shortDescription": {"text": rule.reason},
        "fullDescription": {"text": f"{rule.reason} ({rule.source})"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.by_default},
    }


def _result(one: Remark, index: int) -> dict[str, object]:
    uri = quote(one.place.path.replace("\\", "/"))
    region = {
        "startLine": one.place.line,
        "startColumn": one.place.column,
        "endLine": one.end[0],
        "endColumn": one.end[1],
    }
    result: dict[str, object] = {
        "ruleId": one.rule.number,
        "ruleIndex": index,
        "level": _LEVELS[one.rule.severity],
        "message": {"text": sentence(one)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
    }
    if one.edits:
        result["fixes"] = [
            {
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": uri},
                        "replacements": [
                            {
                                "deletedRegion": {
                                    "charOffset": edit.start,
                                    "charLength": edit.end - edit.start,
                                },
                                "insertedContent": {"text": edit.text},
                            }
                            for edit in one.edits
                        ],
                    }
                ]
            }
        ]
    return result


def as_github(remarks: Sequence[Remark]) -> Iterator[str]:
    """Remarks as commands of a workflow, which GitHub shows beside the lines of a change."""
    for one in remarks:
        fields = {
            "file": one.place.path,
            "line": one.place.line,
            "endLine": one.end[0],
            "col": one.place.column,
            **({"endColumn": one.end[1]} if one.end[0] == one.place.line else {}),
            "title": f"{one.rule.number} {one.rule.name}",
        }
        properties = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
        yield f"::{one.rule.severity} {properties}::{_data(sentence(one))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
