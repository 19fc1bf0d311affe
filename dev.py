#!/usr/bin/env python3
"""One command for everything a developer does; it needs only Python and pip."""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "prepared"
VERSION = "{}.{}".format(*sys.version_info)

# What the Qt wheels expect of a Linux system: the library they load, the Debian package that brings it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
QT_SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def stop(sentence: str) -> None:
    """End with one sentence and status 1."""
    print(f"dev.py: {sentence}", file=sys.stderr)
    raise SystemExit(1)


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def call(command: Sequence[object], *, cwd: Path | None = None, out: TextIO | None = None) -> int:
    """Run a command to its end and give its exit status; Ctrl-C belongs to the command."""
    process = subprocess.Popen([str(part) for part in command], cwd=cwd, stdout=out)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def step(title: str, command: Sequence[object]) -> None:
    """One step of the preparation: say it, do it, stop if it fails (its own words are on the screen)."""
    print(f"dev.py: {title} …", file=sys.stderr, flush=True)
    if call(command, cwd=ROOT, out=sys.stderr) != 0:  # standard output belongs to the job
        stop(f"{title}: this failed (see above). Mend it and give the same command again.")


def prepare(*, screen: bool) -> None:
    """Make ready what is missing: Qt's system libraries, the virtual environment, the locked libraries."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        stop(f"Python {VERSION} will not do: install Python 3.11, 3.12 or 3.13 and call dev.py with that.")
    if sys.platform == "linux":
        prepare_system(QT_LIBRARIES | (QT_SCREEN_LIBRARIES if screen else {}))
    wanted = fingerprint()
    if PYTHON.exists() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    begun = time.monotonic()
    pip = make_environment()
    install = [*pip, "install", "--no-deps", *([] if sys.stderr.isatty() else ["-qq"])]
    step("installing the locked libraries", [*install, "--require-hashes", "-r", LOCK])
    step("installing competition-app from this folder", [*install, "--no-build-isolation", "-e", ROOT])
    STAMP.write_text(wanted, encoding="utf-8")
    print(f"dev.py: ready after {time.monotonic() - begun:.0f} s.", file=sys.stderr)


def fingerprint() -> str:
    """What the environment was made from: as long as it is the same, nothing has to be prepared."""
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {VERSION} {ROOT}\n"


def prepare_system(libraries: dict[str, str]) -> None:
    """See that Qt's system libraries are there; install them when root, else say the exact line to type."""
    missing = [package for library, package in libraries.items() if not loads(library)]
    if not missing:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if not shutil.which("apt-get"):
        stop(f"Qt needs system libraries that are missing. Install them; in Debian: {' '.join(missing)}")
    if os.geteuid() != 0:
        stop(f"Qt needs system libraries that are missing. Type: sudo {' '.join(line)}")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    print(f"dev.py: installing Qt's system libraries ({' '.join(missing)}) …", file=sys.stderr, flush=True)
    if call([*line, "-qq"], out=sys.stderr) != 0:  # the system's list of packages may be missing or old
        step("asking for the system's list of packages", ["apt-get", "update", "-qq"])
        step("installing Qt's system libraries", line)


def loads(library: str) -> bool:
    """Whether the system's loader finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def make_environment() -> list[str]:
    """Make .venv where it is missing or of another Python, and give the pip that installs into it.

    Debian's Python may come without ensurepip: the pip that is there works on the environment from outside.
    """
    has_pip = importlib.util.find_spec("pip") is not None
    if not has_pip and importlib.util.find_spec("ensurepip") is None:
        stop("this Python has neither pip nor ensurepip. On Debian type: sudo apt-get install -y python3-pip")
    if not usable():
        print("dev.py: making .venv …", file=sys.stderr, flush=True)
        venv.EnvBuilder(with_pip=not has_pip, clear=True, symlinks=os.name != "nt").create(VENV)
    if not has_pip:
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def usable() -> bool:
    """Whether .venv is there, works, and is of this Python's version."""
    if not PYTHON.exists():
        return False
    question = [str(PYTHON), "-c", "import sys; print('{}.{}'.format(*sys.version_info))"]
    return subprocess.run(question, capture_output=True, text=True, check=False).stdout.strip() == VERSION


def run(arguments: list[str]) -> int:
    """Open the program; with arguments, carry out a command; without a screen, run the demonstration."""
    prepare(screen=has_screen())
    if not arguments and not has_screen():
        print("dev.py: no screen here, so the demonstration runs instead of the window.", file=sys.stderr)
        arguments = ["demo"]
    return call([PYTHON, "-m", "competition_app", *arguments])


def test(arguments: list[str]) -> int:
    """Run the tests (paths and options are pytest's own, from the project's folder)."""
    prepare(screen=False)
    together = [] if arguments or (os.cpu_count() or 1) < 2 else ["-n", "2", "--dist", "loadfile"]
    return call([PYTHON, "-m", "pytest", *together, *arguments], cwd=ROOT)


def check(arguments: list[str]) -> int:
    """Look at the code without running it: ruff, its format, mypy --strict, the floors' contracts."""
    prepare(screen=False)
    checks: dict[str, list[object]] = {
        "ruff check": [PYTHON, "-m", "ruff", "check", *(arguments or ["."])],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", *(arguments or ["."])],
        "mypy --strict": [PYTHON, "-m", "mypy"],
        "import-linter": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as go; go()"],
    }
    failed = [name for name, command in checks.items() if call(command, cwd=ROOT) != 0]
    print(f"dev.py: failed: {', '.join(failed)}" if failed else "dev.py: all checks pass.")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Measure the program against its floors (bench/)."""
    prepare(screen=False)
    return call([PYTHON, "-m", "bench", *arguments], cwd=ROOT)


def build(arguments: list[str]) -> int:
    """Freeze the program into dist/competition-app, which runs without Python."""
    prepare(screen=False)
    return call([PYTHON, "-m", "PyInstaller", "--noconfirm", *arguments, "build.spec"], cwd=ROOT)


def lock(arguments: list[str]) -> int:
    """Write requirements.lock anew from pyproject.toml: every system, every hash, no address, no path."""
    prepare(screen=False)
    compiler = [PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "--group", "dev"]
    every = ["--universal", "--python-version", "3.11", "--generate-hashes"]
    plain = ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    return call([*compiler, *every, *plain, "--output-file", LOCK.name, *arguments], cwd=ROOT)


JOBS = {"run": run, "test": test, "check": check, "bench": bench, "build": build, "lock": lock}


def main() -> int:
    """Read the command line: the job, then whatever belongs to it (a leading ``--`` is dropped)."""
    jobs = "\n".join(f"  {name:6} {(job.__doc__ or '').splitlines()[0]}" for name, job in JOBS.items())
    parser = argparse.ArgumentParser(
        prog="dev.py", epilog=f"jobs:\n{jobs}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("job", choices=JOBS, metavar="job")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed on: run -- rank x.json")
    given = parser.parse_args()
    arguments = given.arguments[1:] if given.arguments[:1] == ["--"] else given.arguments
    return JOBS[given.job](arguments)


if __name__ == "__main__":
    sys.exit(main())
