"""One program holds a store; another is told who; a killed one holds nothing."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.workspace import open_workspace
from competition_app.store import lock

HOLD = """
import sys
from pathlib import Path
from competition_app.services.workspace import open_workspace
workspace = open_workspace(Path(sys.argv[1]), copies=False)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_told_who_holds_the_store(store_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLD), str(store_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Refusal, match=rf"process {other.pid}\)"):
            open_workspace(store_path)
        with open_workspace(store_path, writing=False) as reader:
            assert reader.ask(competitions.competitions) == ()
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    open_workspace(store_path, copies=False).close()


def test_a_closed_store_is_free_again(store_path: Path) -> None:
    with open_workspace(store_path, copies=False):
        pass
    with open_workspace(store_path, copies=False):
        pass
    assert not store_path.with_name("store.db.holder").exists()


def test_a_spoilt_note_still_refuses(store_path: Path) -> None:
    release = lock.hold(store_path)
    for note in ("", "{", "[]", json.dumps({"user": "王"})):
        store_path.with_name("store.db.holder").write_text(note, encoding="utf-8")
        with pytest.raises(Refusal, match="open already"):
            lock.hold(store_path)
    release()


def test_who_reads_does_not_write(store_path: Path, organiser: Actor) -> None:
    with open_workspace(store_path, writing=False) as reader, pytest.raises(Refusal, match="reading only"):
        reader.do(organiser, competitions.create_competition, "C", "竞赛")


def test_a_store_that_fails_to_open_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"text" * 1000)
    for _ in range(2):
        with pytest.raises(Refusal, match="not a competition store"):
            open_workspace(path)
