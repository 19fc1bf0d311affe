"""No ID number and no phone number reaches the log or an error's text, whatever fails."""

import logging
import sqlite3
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from competition_app import logs
from competition_app.domain.access import Role
from competition_app.services import access
from competition_app.services.access import Actor
from competition_app.services.workspace import Act, Workspace
from competition_app.store.models import Person

ID_NUMBER = "110101199003070011"
ID_WITH_X = "11010519491231002X"
OLD_ID = "110105491231002"
PHONE = "13800138000"
SECRETS = (ID_NUMBER, ID_WITH_X, OLD_ID, PHONE)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level = root.level
    path = tmp_path / "log" / "x.log"
    handler = logs.set_up(path)
    yield path
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()
    logging.captureWarnings(capture=False)


@pytest.mark.logs
def test_numbers_in_message_values_and_exception_are_taken_out(file: Path) -> None:
    log = logging.getLogger("test")
    log.warning("message %s", SECRETS[0])
    log.warning("values %s %r", {"phone": PHONE}, [ID_WITH_X])
    log.info(f"ready made {OLD_ID}")
    try:
        raise ValueError(f"{ID_NUMBER}，电话{PHONE}")
    except ValueError:
        log.exception("failed")
    written = file.read_text(encoding="utf-8")
    assert written.count(logs.HIDDEN) == 6
    assert not [secret for secret in SECRETS if secret in written]
    assert "ValueError" in written


@pytest.mark.parametrize(
    "text",
    [*SECRETS, f"x{ID_NUMBER}x", "110101 19900307 0011", "138 0013 8000", "138-0013-8000", "+8613800138000",
     "010-62345678", "0571 87654321", "１１０１０１１９９００３０７００１１", "no=110101199003070011;"],
)  # fmt: skip
def test_what_may_be_a_number_of_a_person_is_hidden(text: str) -> None:
    hidden = logs.redact(f"前{text}后")
    assert logs.HIDDEN in hidden
    assert sum(c.isdigit() for c in hidden) <= 2


@pytest.mark.parametrize(
    "text", ["2026-11-22 13:05:07,123", "seq 123456", "87.47", "1:23", "0001", "line 1380"]
)
def test_other_numbers_stay(text: str) -> None:
    assert logs.redact(text) == text


def add_twice(act: Act) -> None:
    act.session.add(Person(name="张三", id_number=ID_NUMBER, phone=PHONE))
    act.session.add(Person(name="李四", id_number=ID_NUMBER, phone=PHONE))


def add_many_twice(act: Act) -> None:
    act.insert_many(Person, ["name", "id_number"], [("张三", ID_NUMBER), ("李四", ID_NUMBER)])


def add_what_cannot_be(act: Act) -> None:
    act.session.add(Person(name={"a": PHONE}, id_number=ID_NUMBER))


def add_nothing(act: Act) -> None:
    act.session.add(Person(name=None, id_number=ID_NUMBER))


@pytest.mark.logs
@pytest.mark.parametrize("use_case", [add_twice, add_many_twice, add_what_cannot_be, add_nothing])
def test_a_failing_statement_tells_no_value(
    workspace: Workspace, organiser: Actor, file: Path, use_case: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = (add_twice, add_many_twice, add_what_cannot_be, add_nothing)
    mine = {access.name_of(f): frozenset({Role.ORGANISER}) for f in names}
    monkeypatch.setattr(access, "RIGHTS", {**access.RIGHTS, **mine})
    with pytest.raises((SQLAlchemyError, sqlite3.Error)) as caught:
        workspace.do(organiser, use_case)  # type: ignore[arg-type]
    told = "".join(traceback.format_exception(caught.value))
    assert not [secret for secret in SECRETS if secret in told]
    logging.getLogger("test").error("failed", exc_info=caught.value)
    assert not [secret for secret in SECRETS if secret in file.read_text(encoding="utf-8")]


def test_two_people_with_one_number_are_an_integrity_error(
    workspace: Workspace, organiser: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = {access.name_of(add_twice): frozenset({Role.ORGANISER})}
    monkeypatch.setattr(access, "RIGHTS", {**access.RIGHTS, **mine})
    with pytest.raises(IntegrityError):
        workspace.do(organiser, add_twice)


def test_without_a_place_to_write_the_program_runs_on(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    handler = logs.set_up(tmp_path / "log" / "x.log")
    assert isinstance(handler, logging.StreamHandler)
    logging.getLogger().removeHandler(handler)
    logging.captureWarnings(capture=False)
