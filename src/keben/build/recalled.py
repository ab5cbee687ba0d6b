"""The findings of making an artifact, kept in its manifest entry.

A build that leaves the artifact as it is reports it as the first one did.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from keben.core.errors import Finding, Place, Severity
from keben.core.saying import as_data, from_data

KEY = "findings"
"""The key of a manifest's entry."""

_SEVERITIES: Mapping[object, Severity] = {name: name for name in get_args(Severity)}


def remembered(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings for a manifest, each once, in the order of their places; their paths are those of the project."""
    return [
        {
            "path": each.place.path,
            "line": each.place.line,
            "column": each.place.column,
            "code": each.code,
            "message": each.message,
            "advice": each.advice,
            "wording": [as_data(each.message), as_data(each.advice)],
            "severity": each.severity,
        }
        for each in sorted(set(findings))
    ]


def recalled(entry: Mapping[str, Any]) -> tuple[Finding, ...]:
    """The findings of a manifest's entry; what is not as `remembered` wrote it is passed over."""
    listed = entry.get(KEY, ())
    return tuple(_findings(listed)) if isinstance(listed, list) else ()


def _findings(listed: Iterable[object]) -> Iterator[Finding]:
    for each in listed:
        if not isinstance(each, dict):
            continue
        path, code = each.get("path"), each.get("code")
        try:
            message, advice = map(from_data, each.get("wording", ()))
        except (TypeError, ValueError):
            continue
        line, column = each.get("line"), each.get("column")
        severity = _SEVERITIES.get(str(each.get("severity")))
        if (
            isinstance(path, str)
            and isinstance(code, str)
            and isinstance(line, int)
            and isinstance(column, int)
            and severity
        ):
            yield Finding(Place(path, line, column), code, message, advice, severity)
