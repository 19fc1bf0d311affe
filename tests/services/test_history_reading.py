"""The history as the page reads it: found in SQL, told in words, masked, erased, taken out."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from contest import plan
from registration_desk import Desk, desk, form, set_up

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services import access, staff
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, panel_desk
from competition_app.services.history import history, history_export, history_search, history_told
from competition_app.services.history.history_catalogue import FIELDS, SILENT, TABLES, UNTOLD
from competition_app.services.history.history_names import Names
from competition_app.services.history.history_search import Wanted
from competition_app.services.history.history_told import Line
from competition_app.services.progress import Cancelled, Progress
from competition_app.services.registration import organisations
from competition_app.services.workspace import Act, Workspace
from competition_app.store.models import Contestant, Person, Table

__all__ = ["desk", "set_up"]

ZH = words("zh")
ID_NUMBER = "110101199003070011"


def take_in(act: Act, name: str) -> int:
    person = Person(name=name, id_number=ID_NUMBER, phone="13800138000", birth_date="1990-03-07")
    act.session.add(person)
    act.session.flush()
    act.session.add(Contestant(competition_id=1, person_id=person.id, code="C1", fields={"住址": "某路一号"}))
    return person.id


def rename(act: Act, person_id: int, number: str) -> None:
    person = act.session.get(Person, person_id)
    assert person is not None
    person.id_number = number


@pytest.fixture(autouse=True)
def _rights(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = {f"test_history_reading.{name}": frozenset({Role.ORGANISER}) for name in ("take_in", "rename")}
    monkeypatch.setattr(access, "RIGHTS", {**access.RIGHTS, **mine})


@pytest.fixture
def kept(workspace: Workspace, organiser: Actor) -> Workspace:
    """A store with a competition, two units, one of them renamed, and a person."""
    workspace.do(organiser, competitions.create_competition, "C", "城市竞赛")
    first = workspace.do(organiser, organisations.add_organisation, "云栈数据公司")
    workspace.do(organiser, organisations.add_organisation, "地铁公司")
    workspace.do(organiser, organisations.edit_organisation, first, name="云栈数据服务公司")
    workspace.do(organiser, take_in, "张三丰")
    return workspace


def seqs(workspace: Workspace, **wanted: object) -> tuple[int, ...]:
    return tuple(workspace.ask(history_search.find, Wanted(**wanted), ZH).seqs)  # type: ignore[arg-type]


def lines(workspace: Workspace, seq: int) -> dict[str, Line]:
    return {line.label: line for line in workspace.ask(history_told.told, seq, ZH).lines}


def test_every_column_of_the_store_is_told_or_left_out_on_purpose() -> None:
    for table in Table.metadata.sorted_tables:
        if table.name in SILENT:
            continue
        assert table.name in TABLES, table.name
        unknown = {c.name for c in table.columns} - set(FIELDS[table.name]) - UNTOLD
        assert not unknown, f"{table.name}: {unknown}"


def test_every_told_table_has_a_subject(workspace: Workspace) -> None:
    names = workspace.ask(lambda session: Names(session, ZH))
    assert set(names._of) == set(TABLES)


def test_a_row_says_whom_and_what(kept: Workspace) -> None:
    (row,) = kept.ask(history_told.log_rows, [4], ZH)
    assert (row.actor, row.role, row.done) == ("组委会", "组委会", "修改了单位")
    assert row.subject == "云栈数据服务公司"
    assert row.change == "名称 云栈数据公司 → 云栈数据服务公司"


def test_rows_come_in_the_order_asked_for_and_missing_ones_are_left_out(kept: Workspace) -> None:
    assert [row.seq for row in kept.ask(history_told.log_rows, [3, 99, 1], ZH)] == [3, 1]


def test_old_and_new_stand_side_by_side(kept: Workspace) -> None:
    assert lines(kept, 4)["名称"] == Line("云栈数据服务公司", "名称", "云栈数据公司", "云栈数据服务公司")
    with pytest.raises(Refusal, match="no operation 77"):
        kept.ask(history_told.told, 77, ZH)


def test_personal_values_are_masked(kept: Workspace) -> None:
    found = lines(kept, 5)
    assert found["身份证号码"].new == "1101****0011"
    assert found["手机"].new == "138****8000"
    assert found["出生日期"].new == "1990-**-**"
    assert found["其他栏目"].new == "住址 某**"
    everything = json.dumps([line.new for line in found.values()], ensure_ascii=False)
    assert ID_NUMBER not in everything
    assert "某路一号" not in everything


def test_erased_values_are_said_to_be_erased(kept: Workspace, organiser: Actor) -> None:
    kept.do(organiser, history.erase_person, 1, "本人要求")
    assert lines(kept, 5)["身份证号码"].new == "已清除"
    assert lines(kept, 5)["姓名"].new == "已清除"


def test_a_passphrase_is_never_told(
    kept: Workspace, acting: Callable[[Role], Actor], organiser: Actor
) -> None:
    acting(Role.ORGANISER)
    seq = seqs(kept, text="添加了工作人员")[0]
    assert lines(kept, seq)["口令"].new == "保密"
    told = kept.ask(history_told.told, seq, ZH)
    assert not any("argon2" in str(line) for line in told.lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (5, 4, 3, 2, 1)),
        ("云栈", (4, 2)),
        ("修改了单位", (4,)),
        ("张三", (5,)),
        ("#3", (3,)),
        ("没有这个", ()),
        ("%", ()),
        ("sha256", ()),
    ],
)
def test_words_are_found_in_deeds_values_and_persons(
    kept: Workspace, text: str, expected: tuple[int, ...]
) -> None:
    assert seqs(kept, text=text) == expected


def test_an_actor_and_a_day_narrow(kept: Workspace) -> None:
    overview = kept.ask(history_search.overview)
    assert (overview.actors, overview.operations) == (("组委会",), 5)
    (today,) = overview.days
    assert seqs(kept, day=today, actor="组委会") == (5, 4, 3, 2, 1)
    assert seqs(kept, actor="别人") == ()
    assert seqs(kept, day=today.replace(year=today.year - 1)) == ()


def test_only_what_is_new_is_asked_for(kept: Workspace, organiser: Actor) -> None:
    found = kept.ask(history_search.find, Wanted(), ZH)
    kept.do(organiser, organisations.add_organisation, "后来的公司")
    newer = kept.ask(history_search.find, Wanted(after=found.seqs[0]), ZH)
    assert newer.seqs == (6,)
    assert found.with_newer(newer) == kept.ask(history_search.find, Wanted(), ZH)


def test_everything_is_known_without_looking_at_every_operation(kept: Workspace, organiser: Actor) -> None:
    found = kept.ask(history_search.find, Wanted(), ZH)
    everything = kept.ask(history_search.overview).everything
    assert (tuple(everything.seqs), everything.areas) == (found.seqs, found.areas)
    kept.do(organiser, organisations.add_organisation, "后来的公司")
    assert tuple(kept.ask(history_search.overview).everything.seqs) == (6, 5, 4, 3, 2, 1)


def test_areas_part_what_was_found(kept: Workspace) -> None:
    found = kept.ask(history_search.find, Wanted(), ZH)
    assert dict(found.areas) == {"other": 5}
    assert seqs(kept, area="other") == (5, 4, 3, 2, 1)
    assert seqs(kept, area="marking") == ()


def test_the_workbook_holds_what_was_shown(kept: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"
    assert history_export.export_history(kept, (4, 2), target, ZH, Progress()) == 2
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert rows[0][:6] == ("序号", "时间", "姓名", "角色", "设备", "操作")
    assert [row[0] for row in rows[1:]] == [4, 2]
    assert rows[1][5:8] == ("修改了单位", "云栈数据服务公司", "名称 云栈数据公司 → 云栈数据服务公司")
    assert len(rows[1][9]) == 64


def test_a_cancelled_export_leaves_no_file(kept: Workspace, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        history_export.export_history(kept, (1, 2), tmp_path / "log.xlsx", ZH, progress)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert list(tmp_path.glob("*.part")) == []


def test_a_guessed_passphrase_stands_in_the_history(kept: Workspace, acting: Callable[[Role], Actor]) -> None:
    actor = acting(Role.ORGANISER)
    assert actor.staff_id is not None
    with pytest.raises(Refusal):
        staff.sign_in(kept, actor.staff_id, "not this one")
    assert len(seqs(kept, text="口令输入错误")) == 1


def test_a_list_of_judges_is_told_by_its_seats_not_by_their_units(
    workspace: Workspace, organiser: Actor
) -> None:
    competition = workspace.do(organiser, competitions.create_competition, "C", "城市竞赛")
    event = workspace.do(
        organiser, competitions.create_event, competition, code="E", name="焊工", plan=json.dumps(plan())
    )
    lines = panel_desk.read_pasted("范启明\t职业学院\t裁判\n沈如海\t燃气公司\t裁判")
    workspace.do(organiser, panel_desk.add_judges, event, lines)
    (row,) = workspace.ask(history_told.log_rows, seqs(workspace)[:1], ZH)
    assert (row.done, row.subject) == ("添加了一批裁判", "J1 及另外 1 项，焊工")


def test_forms_taken_in_are_told_as_registrations(desk: Desk) -> None:
    desk.take(form("titled"))
    (row,) = desk.workspace.ask(history_told.log_rows, seqs(desk.workspace)[:1], ZH)
    assert (row.done, row.subject) == ("接收了报名", "报名")
