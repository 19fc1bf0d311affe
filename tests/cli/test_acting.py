"""``--as``: who acts on the command line once a store has people."""

from collections.abc import Callable
from pathlib import Path

import pytest

from competition_app import cli
from competition_app.cli import acting as acting_module
from competition_app.cli.acting import VARIABLE, acting
from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services import upkeep
from competition_app.services.access import Actor
from competition_app.services.workspace import Workspace, open_workspace
from tests.desktop import packages

PHRASE = "a passphrase for tests"


@pytest.fixture
def staffed(workspace: Workspace, acting: Callable[[Role], Actor]) -> Workspace:
    """A store with an organiser and a recorder; each is called as the role is."""
    acting(Role.ORGANISER)
    acting(Role.RECORDER)
    return workspace


def test_the_lone_organiser_needs_no_name(workspace: Workspace) -> None:
    assert acting(workspace, None).role is Role.ORGANISER
    with pytest.raises(Refusal, match="no people yet"):
        acting(workspace, "organiser")


def test_a_name_and_the_passphrase_of_the_environment_act(
    staffed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, PHRASE)
    actor = acting(staffed, "recorder")
    assert (actor.name, actor.role) == ("recorder", Role.RECORDER)
    assert actor.staff_id is not None


def test_the_passphrase_is_typed_unseen(staffed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return PHRASE

    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(acting_module.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(acting_module.getpass, "getpass", typed)
    assert acting(staffed, "organiser").role is Role.ORGANISER
    assert asked == ["organiser的口令: "]


@pytest.mark.parametrize(
    ("name", "phrase", "why"),
    [
        (None, PHRASE, "--as NAME"),
        ("nobody", PHRASE, "is not among"),
        ("recorder", "quite another one", "not the passphrase"),
    ],
)
def test_who_may_not_act_is_told_why(
    staffed: Workspace, monkeypatch: pytest.MonkeyPatch, name: str | None, phrase: str, why: str
) -> None:
    monkeypatch.setenv(VARIABLE, phrase)
    with pytest.raises(Refusal, match=why):
        acting(staffed, name)


def test_without_a_keyboard_the_variable_is_asked_for(
    staffed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(acting_module.sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(Refusal, match="no keyboard"):
        acting(staffed, "recorder")


@pytest.mark.parametrize("before", [True, False])
def test_the_name_stands_before_or_after_the_command(
    staffed: Workspace, monkeypatch: pytest.MonkeyPatch, capsys, tmp_path: Path, *, before: bool
) -> None:
    """A recorder may not take a package in: the refusal names the role, so the name was heard."""
    package = packages.write(tmp_path)
    path = staffed.path
    staffed.close()
    monkeypatch.setenv(VARIABLE, PHRASE)
    who = ["--as", "recorder", "--store", str(path)]
    command = ["import-package", str(package)]
    status = cli.main(
        [*who, *command] if before else [*command, *who],
        open_window=lambda *_: 0, take_pictures=lambda *_: True,
    )  # fmt: skip
    assert status == 1
    with open_workspace(path, copies=False) as again:
        assert again.writes
    assert "录分员" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ([], "请加上 --as"),
        (["--as", "recorder"], "组委会"),
        (["--as", "organiser"], None),
    ],
)
def test_a_copy_is_put_back_by_an_organiser_who_signs_in(
    staffed: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    who: list[str],
    why: str | None,
) -> None:
    path = staffed.path
    copy = upkeep.backup(path, tmp_path / "copy.db")
    staffed.close()
    monkeypatch.setenv(VARIABLE, PHRASE)
    status = cli.main(
        ["restore", str(copy), "--store", str(path), *who],
        open_window=lambda *_: 0, take_pictures=lambda *_: True,
    )  # fmt: skip
    assert status == (0 if why is None else 1)
    assert (why or "") in capsys.readouterr().err


def test_a_damaged_store_asks_nobody_to_sign_in(staffed: Workspace, tmp_path: Path) -> None:
    path = staffed.path
    copy = upkeep.backup(path, tmp_path / "copy.db")
    staffed.close()
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    command = ["restore", str(copy), "--store", str(path)]
    assert cli.main(command, open_window=lambda *_: 0, take_pictures=lambda *_: True) == 0
