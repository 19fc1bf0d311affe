"""A desk for tests of registration: a competition with six events, and the deeds of an organiser."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from contest import plan

from competition_app.domain.access import Role
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.registration import registration
from competition_app.services.registration import registration_rows as lists
from competition_app.services.workspace import Workspace

FORMS = Path(__file__).parents[1] / "files" / "forms"
TRADES = ("无人机装调检修工", "工业机器人系统操作员", "人工智能训练师", "数据安全管理员", "智能楼宇管理员")
HEADS = ["姓名", "性别", "身份证号码", "联系电话", "参赛单位", "参赛项目", "队名", "现技能等级"]
ORGANISER = Actor("组委会", Role.ORGANISER, "test")


def form(name: str) -> Path:
    return next(path for path in FORMS.glob(f"{name}.*") if path.suffix != ".json")


class Desk:
    """The organiser's desk: a competition with six events, and the deeds of registration."""

    def __init__(self, workspace: Workspace, folder: Path, competition: int) -> None:
        self.workspace, self.actor, self.folder, self.competition = workspace, ORGANISER, folder, competition

    def event(self, code: str, name: str, **more: Any) -> None:
        self.workspace.do(
            self.actor,
            competitions.create_event,
            self.competition,
            code=code,
            name=name,
            plan=json.dumps(plan()),
            **more,
        )

    def take(self, *paths: Path, **options: Any) -> registration.ImportReport:
        books = registration.read_books(paths)
        return self.workspace.do(self.actor, registration.accept, self.competition, books, **options)

    def file(self, *rows: list[Any], name: str = "a.xlsx") -> Path:
        path = self.folder / name
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([HEADS, *rows]):
                for column, value in enumerate(row):
                    sheet.write(number, column, value)
        return path

    def rows(self, **options: Any) -> tuple[lists.RegistrationRow, ...]:
        return self.workspace.ask(lists.registrations, self.competition, **options)

    def detail(self, key: int) -> lists.RegistrationDetail:
        return self.workspace.ask(lists.registration_detail, key)

    def count(self, model: type[Any]) -> int:
        return self.workspace.ask(lambda session: session.query(model).count())


@pytest.fixture(scope="session")
def set_up(store_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A store with the competition and its events, made once; each test works on a copy."""
    path = Path(shutil.copyfile(store_template, tmp_path_factory.mktemp("desk") / "store.db"))
    with Workspace(path) as workspace:
        create = competitions.create_competition
        competition = workspace.do(ORGANISER, create, "SZ2025", "数智竞赛", starts_on="2025-09-01")
        desk = Desk(workspace, path.parent, competition)
        for number, name in enumerate(TRADES):
            desk.event(f"E{number}", name)
        desk.event("DUO", "工业互联网应用(双人赛)", team_min=2, team_max=2)
    return path, competition


@pytest.fixture
def desk(set_up: tuple[Path, int], tmp_path: Path) -> Iterator[Desk]:
    """The desk of one test."""
    with Workspace(Path(shutil.copyfile(set_up[0], tmp_path / "store.db"))) as workspace:
        yield Desk(workspace, tmp_path, set_up[1])
