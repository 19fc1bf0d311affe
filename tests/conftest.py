"""What every test stands on: no screen, fixed words, a fresh store, and nothing said in the log unasked."""

import gc
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from argon2 import PasswordHasher

from competition_app import i18n, paths
from competition_app.domain.access import Role
from competition_app.services import staff
from competition_app.services.access import Actor
from competition_app.services.workspace import Workspace
from competition_app.store import upgrade


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty store, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    upgrade.migrate(path)
    return path


@pytest.fixture
def store_path(store_template: Path, tmp_path: Path) -> Path:
    """A migrated, empty store of this test's own."""
    return Path(shutil.copyfile(store_template, tmp_path / "store.db"))


@pytest.fixture
def workspace(store_path: Path) -> Iterator[Workspace]:
    """An open, empty store."""
    opened = Workspace(store_path)
    yield opened
    opened.close()


@pytest.fixture
def organiser() -> Actor:
    """The lone organiser, who acts without signing in while the store has no people."""
    return Actor("组委会", Role.ORGANISER, "test")


@pytest.fixture
def acting(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role], Actor]:
    """People of the store who have signed in, one a role, made when first asked for: ``acting(Role.JUDGE)``.

    From then on the lone ``organiser`` may not act any more: ``acting(Role.ORGANISER)`` does.
    """
    monkeypatch.setattr(staff, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    known: dict[Role, Actor] = {}
    phrase = "a passphrase for tests"

    def act_as(role: Role) -> Actor:
        if role not in known:
            boss = (
                Actor("组委会", Role.ORGANISER, "test") if role is Role.ORGANISER else act_as(Role.ORGANISER)
            )
            key = workspace.do(boss, staff.add, role.value, role, phrase)
            known[role] = staff.sign_in(workspace, key, phrase, "test")
        return known[role]

    return act_as


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own data folder, and each begins in Chinese."""
    home = tmp_path_factory.getbasetemp() / "user-data"
    monkeypatch.setattr(paths, "user_data", lambda: home)
    i18n.use("zh")


@pytest.fixture(autouse=True)
def _quiet_log(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test in which a warning or worse was logged that ``@pytest.mark.logs`` does not expect."""
    yield
    if request.node.get_closest_marker("logs") is not None:
        return
    said = [r for when in ("setup", "call") for r in caplog.get_records(when) if r.levelno >= logging.WARNING]
    if said:
        pytest.fail("logged unasked: " + "; ".join(r.getMessage() for r in said), pytrace=False)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "logs: the test provokes warnings or errors in the log")


def pytest_collection_finish() -> None:
    """Set aside what lives as long as the run: collecting garbage then costs only what a test left."""
    gc.collect()
    gc.freeze()
