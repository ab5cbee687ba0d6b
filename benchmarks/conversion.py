"""Speed, memory, equality with OpenCC's wheel, and flags of script conversion on a long Simplified text.

python benchmarks/conversion.py TEXT
"""

import json
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from common import apart, described, paragraphs, table

MODES = ("wheel", "opencc", "context", "context with review")
FORTH = ("s2t", "s2tw", "s2twp", "s2hk", "s2hkp")
BACK = {"s2t": "t2s", "s2tw": "tw2s", "s2twp": "tw2sp", "s2hk": "hk2s", "s2hkp": "hk2sp"}


def main() -> None:
    if len(sys.argv) == 4:
        print(json.dumps(measured(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
        return
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit("usage: python benchmarks/conversion.py TEXT")
    path = Path(sys.argv[1])
    print(described(path) + "\n")
    for configuration in ("s2tw", "s2twp"):
        rows, wheel = [], None
        for mode in MODES:
            # The best of three, so that what else the machine does counts least.
            runs = [apart(__file__, mode, configuration, str(path)) for _ in range(3)]
            best = {key: min(run[key] for run in runs) for key in runs[0]}
            wheel = wheel or best
            both, wheel_both = best["load"] + best["run"], wheel["load"] + wheel["run"]
            rows.append(
                (
                    mode,
                    f"{best['whole']:.2f}",
                    f"{best['load']:.2f}",
                    f"{best['run']:.2f}",
                    f"{best['run'] / wheel['run']:.1f}",
                    f"{both / wheel_both:.1f}",
                    f"{best['memory']:.0f}",
                )
            )
        head = (
            configuration,
            "process, wall s",
            "loading, CPU s",
            "converting, CPU s",
            "÷ wheel",
            "÷ wheel, with loading",
            "peak MB",
        )
        print(table(head, rows))
    print(table(("configuration", "“opencc” = wheel, byte for byte"), equality(path)))
    print(flags(path))


def measured(mode: str, configuration: str, path: Path) -> dict[str, float]:
    """One measure; the text is read before the clock starts."""
    texts = paragraphs(path)
    start = time.process_time()
    if mode == "wheel":
        import opencc

        convert = opencc.OpenCC(configuration, include_tofu_risk_dictionaries=False).convert
        convert("被发明")
        loaded = time.process_time()
        for text in texts:
            convert(text)
    else:
        from keben.script.examine import Examiner
        from keben.script.passages import converter_for

        segmentation = "opencc" if mode == "opencc" else "context"
        converter = converter_for((configuration,), segmentation)
        converter.convert("被发明")
        if mode.endswith("review"):
            examiner = Examiner(converter, vocabulary(configuration))
            examiner.suspicions(converter.trace("被发明干"), "被发明干")
            loaded = time.process_time()
            for text in texts:
                examiner.suspicions(converter.trace(text), text)
        else:
            loaded = time.process_time()
            for text in texts:
                converter.convert(text)
    end = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load": loaded - start, "run": end - loaded, "memory": peak}


def vocabulary(configuration: str) -> str:
    return "regional" if configuration.endswith("p") else "characters"


def equality(path: Path) -> list[tuple[str, str]]:
    """Whether the converter, and the trace that gives offsets, say what the wheel says; forth, and back again."""
    import opencc

    from keben.script.passages import converter_for

    texts, rows = paragraphs(path), []
    for forth in FORTH:
        wheel = opencc.OpenCC(forth, include_tofu_risk_dictionaries=False)
        there = [wheel.convert(text) for text in texts]
        for name, sources in ((forth, texts), (BACK[forth], there)):
            wheel = opencc.OpenCC(name, include_tofu_risk_dictionaries=False)
            ours = converter_for((name,), "opencc")
            same = all(
                ours.convert(text) == ours.trace(text).output == wheel.convert(text) for text in sources
            )
            rows.append((name, "equal" if same else "not equal"))
    return rows


def flags(path: Path) -> str:
    from keben.script.examine import Examiner
    from keben.script.passages import converter_for
    from keben.script.suspicions import RANKS

    texts = paragraphs(path)
    size = sum(map(len, texts))
    rows = []
    for configuration in ("s2tw", "s2twp", "s2hk", "s2hkp"):
        converter = converter_for((configuration,), "context")
        examiner = Examiner(converter, vocabulary(configuration))
        kinds = Counter(
            each.kind for text in texts for each in examiner.suspicions(converter.trace(text), text)
        )
        ranks: Counter[int] = Counter()
        for kind, count in kinds.items():
            ranks[RANKS[kind]] += count

        def share(count: int) -> str:
            return f"{1000 * count / size:.2f}"

        counted = ", ".join(f"{kind} {share(count)}" for kind, count in sorted(kinds.items()))
        rows.append(
            (configuration, *(share(ranks[rank]) for rank in (1, 2, 3)), share(ranks.total()), counted)
        )
    return table(("flags in 1,000 characters", "rank 1", "rank 2", "rank 3", "all", "by kind"), rows)


if __name__ == "__main__":
    main()
