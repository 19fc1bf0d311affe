"""The door of development: what it hands on, what it says, and that it prepares nothing twice."""

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOWHERE = {"libnot-there.so.9": "libnot-there9", "libnor-this.so.1": "libnor-this1"}


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answering(seen: list[list[str]]) -> Callable[[list[str]], int]:
    def job(arguments: list[str]) -> int:
        """Stand in for a job."""
        seen.append(arguments)
        return 7

    return job


@pytest.mark.parametrize(
    ("typed", "handed_on"),
    [
        (["run"], []),
        (["run", "--", "rank", "x.json", "--json"], ["rank", "x.json", "--json"]),
        (["run", "rank", "x.json"], ["rank", "x.json"]),
        (["run", "--", "--lang", "en", "check"], ["--lang", "en", "check"]),
        (["test", "tests/domain", "-k", "ties"], ["tests/domain", "-k", "ties"]),
        (["test", "-x", "-q"], ["-x", "-q"]),
    ],
)
def test_arguments_are_handed_on(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, typed: list[str], handed_on: list[str]
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", ["dev.py", *typed])
    monkeypatch.setitem(dev.JOBS, typed[0], answering(seen))
    assert dev.main() == 7
    assert seen == [handed_on]


def test_without_a_screen_run_means_the_demonstration(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(dev, "prepare", lambda **_: None)
    monkeypatch.setattr(dev, "has_screen", lambda: False)
    monkeypatch.setattr(dev, "call", lambda command, **_: called.append([str(part) for part in command]) or 0)
    dev.run([])
    assert called[0][-3:] == ["-m", "competition_app", "demo"]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux finds its screen in the environment")
def test_a_screen_is_x11_or_wayland(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not dev.has_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert dev.has_screen()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves Qt's libraries to its packages")
class TestSystemLibraries:
    def test_what_is_there_is_left_alone(self, dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dev, "call", lambda *_, **__: pytest.fail("nothing was to be installed"))
        dev.prepare_system({"libc.so.6": "libc6"})

    def test_a_plain_user_gets_the_line_to_type(
        self, dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setattr(dev.shutil, "which", lambda _: "apt-get")
        with pytest.raises(SystemExit) as end:
            dev.prepare_system(NOWHERE)
        line = "sudo apt-get install -y --no-install-recommends libnot-there9 libnor-this1"
        assert line in capsys.readouterr().err
        assert end.value.code == 1

    def test_root_installs_and_asks_for_the_list_where_it_is_old(
        self, dev: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        called: list[list[str]] = []
        answers = iter([100, 0, 0])
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(dev.shutil, "which", lambda _: "apt-get")
        monkeypatch.setattr(dev, "call", lambda command, **_: called.append(list(command)) or next(answers))
        dev.prepare_system(NOWHERE)
        assert [command[1] for command in called] == ["install", "update", "install"]
        assert "libnot-there9" in called[0]


def test_every_job_says_what_it_does(dev: ModuleType) -> None:
    assert set(dev.JOBS) == {"run", "test", "check", "bench", "build", "lock"}
    assert all(job.__doc__ for job in dev.JOBS.values())
