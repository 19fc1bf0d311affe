"""Saving on a real full and a real read-only medium: one sentence, nothing half-done."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from competition_app.documents.saving import save
from competition_app.domain.errors import Refusal


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KB, where the system lets us make one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("making a disk takes root on Linux")
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if made.returncode != 0:
        pytest.skip("the system lets us make no disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_keeps_the_old_file(small_disk: Path) -> None:
    target = small_disk / "result.pdf"
    save(target, lambda file: file.write(b"old"))
    with pytest.raises(Refusal, match="disk is full"):
        save(target, lambda file: [file.write(b"x" * 1024) for _ in range(1024)])
    assert [(path.name, path.read_bytes()) for path in small_disk.iterdir()] == [("result.pdf", b"old")]


def test_a_read_only_medium_is_told_in_words(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(Refusal, match="read-only"):
        save(small_disk / "result.pdf", lambda file: file.write(b"new"))
    assert not list(small_disk.iterdir())


def test_a_saved_file_is_whole_and_readable_by_others(tmp_path: Path) -> None:
    save(tmp_path / "a.txt", lambda file: file.write(b"whole"))
    assert (tmp_path / "a.txt").read_bytes() == b"whole"
    assert os.name != "posix" or (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644
