"""Measure the program against its floors: ``dev.py bench [area …] [--json FILE] [--compare A B]``."""

import argparse
import importlib
import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import competition_app
from bench import Measured

AREAS = ("startup", "registration", "ranking", "certificates", "pages")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="area", help=", ".join(AREAS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures for a later --compare")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("A", "B"), help="two files of figures")
    given = parser.parse_args(arguments)
    if unknown := set(given.areas) - set(AREAS):
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(AREAS)}")
    if given.compare:
        return compare(*given.compare)
    return measure(given.areas or AREAS, given.json)


def measure(areas: Sequence[str], target: Path | None) -> int:
    """Run the areas, print each figure as it comes; status 1 where a bar is missed."""
    print(f"{'':52}{'ours':>12} {'floor':>12} {'figure':>9}   bar")
    found: list[Measured] = []
    for area in areas:
        for figure in importlib.import_module(f"bench.{area}").measure():
            found.append(figure)
            print(line(figure), flush=True)
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(document(found), indent=1) + "\n", encoding="utf-8")
    return 0 if all(figure.good for figure in found) else 1


def line(figure: Measured) -> str:
    floor = f"{figure.floor:.4g}" if figure.floor else "–"
    sign = "≤" if figure.at_most else "≥"
    verdict = "" if figure.good else "   MISSED"
    ours = f"{figure.ours:.4g} {figure.unit}"
    return f"{figure.name:52}{ours:>12} {floor:>12} {figure.figure:9.3g}   {sign} {figure.bar:g}{verdict}"


def document(found: Sequence[Measured]) -> dict[str, Any]:
    figures = [asdict(figure) | {"figure": figure.figure, "good": figure.good} for figure in found]
    machine = {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": platform.machine(),
    }
    return {"version": competition_app.__version__, **machine, "figures": figures}


def compare(before: Path, after: Path) -> int:
    """Print how each figure moved between two runs."""
    old, new = (
        {figure["name"]: figure for figure in json.loads(file.read_text(encoding="utf-8"))["figures"]}
        for file in (before, after)
    )
    print(f"{'':52}{before.stem:>12} {after.stem:>12}   change")
    for name in [*old, *(name for name in new if name not in old)]:
        if name in old and name in new:
            was, now = old[name]["figure"], new[name]["figure"]
            print(f"{name:52}{was:12.3g} {now:12.3g}   {100 * (now / was - 1):+.0f} %")
        else:
            print(f"{name:52}{'only in ' + (before if name in old else after).stem:>25}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
