"""A program killed at any moment: every acknowledged operation is there, none is half there."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from competition_app.services import upkeep
from competition_app.store import database

WORK = """
import sys
from pathlib import Path
from competition_app.domain.access import Role
from competition_app.services import access
from competition_app.services.access import Actor
from competition_app.services.workspace import open_workspace
from competition_app.store.models import Competition


def add(act, n):
    act.session.add(Competition(code=f"C{n}", name="竞赛"))


access.RIGHTS = {**access.RIGHTS, access.name_of(add): frozenset({Role.ORGANISER})}

workspace = open_workspace(Path(sys.argv[1]), copies=False)
organiser = Actor("x", Role.ORGANISER, "test")
n = int(sys.argv[2])
while True:
    workspace.do(organiser, add, n)
    sys.stdout.write(f"{n}\\n")
    sys.stdout.flush()
    n += 1
"""


def test_a_killed_program_loses_nothing_acknowledged(store_path: Path) -> None:
    chance = random.Random(7)
    said = 0
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", WORK, str(store_path), str(said + 1)], stdout=subprocess.PIPE, text=True
        ) as worker:
            assert worker.stdout is not None
            worker.stdout.readline()
            time.sleep(chance.uniform(0.005, 0.05))
            os.kill(worker.pid, signal.SIGKILL)
            acknowledged = [line for line in worker.stdout.read().splitlines() if line]
        said = max([said + 1, *(int(line) for line in acknowledged[:-1])])
        with closing(database.connect(store_path, reading=True)) as raw:
            stored = raw.execute(
                "SELECT count(*), max(CAST(substr(code, 2) AS INT)) FROM competitions"
            ).fetchone()
            operations = raw.execute("SELECT count(*) FROM history").fetchone()[0]
        assert stored[1] >= said
        assert stored[0] == operations
        said = stored[1]
        checked = upkeep.check(store_path)
        assert checked.sound, checked.problems
