"""The Qt we ship keeps its references: later builds abort on this Python after some thousand void calls."""

import subprocess
import sys

CALLS = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(20_000):
    thing.setObjectName("x")
    thing.blockSignals(False)
    thing.setParent(None)
print("alive")
"""


def test_twenty_thousand_void_calls_are_survived() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CALLS], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr[-500:]
