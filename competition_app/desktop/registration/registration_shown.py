"""A registration in the words of its side panel."""

from datetime import date

from competition_app.desktop.registration.registration_columns import PILLS
from competition_app.desktop.registration.registration_panel import Shown, Trouble
from competition_app.desktop.registration.registration_verdicts import MERGE, STAND
from competition_app.domain.errors import Problem, Said
from competition_app.domain.registration.identity import masked_phone
from competition_app.i18n import in_use, tr
from competition_app.services.registration.registration_rows import RegistrationDetail


def shown(detail: RegistrationDetail) -> Shown:
    """The panel's words for this registration."""
    row = detail.row
    left = len(detail.problems)
    why_not = tr("{n} problem to settle before it can pass|{n} problems to settle before it can pass", n=left)
    return Shown(
        row.id, row.name, _about(detail), PILLS[row.state], tuple(_trouble(one) for one in detail.problems),
        _facts(detail), detail.conditions, row.reason or "", why_not if left else "",
    )  # fmt: skip


def _about(detail: RegistrationDetail) -> str:
    parts = [detail.row.sex or ""]
    if detail.birth_date:
        parts.append(_born(detail.birth_date))
    if detail.age is not None:
        parts.append(tr("aged {n}", n=detail.age))
    return ("，" if in_use().language == "zh" else ", ").join(part for part in parts if part)


def _born(iso: str) -> str:
    day = date.fromisoformat(iso)
    return tr(
        "born {year}-{month}", year=day.year, month=f"{day:%m}" if in_use().language != "zh" else day.month
    )


def _trouble(problem: Problem) -> Trouble:
    more = problem.more
    role = str(more.get("role", ""))
    deeds: tuple[tuple[str, Said], ...] = ((STAND, Said("Let it stand@registration")),)
    if problem.code == "organisation_similar":
        deeds = ((MERGE, Said("Same unit")), (STAND, Said("Another unit")))
    return Trouble(
        role, str(more.get("column", "")), str(more.get("value", "")), problem.said, problem.code,
        str(more.get("cell", "")), role not in ("event", "team"), deeds,
    )  # fmt: skip


def _facts(detail: RegistrationDetail) -> tuple[tuple[str, str], ...]:
    """Label and value: the usual ones first, then the form's other columns that are not empty."""
    row = detail.row
    given = [
        (tr("Organisation"), row.organisation), (tr("Event"), row.event), (tr("Number"), row.number),
        (tr("Mobile"), masked_phone(detail.phone)),
    ]  # fmt: skip
    if not any(one.more.get("role") == "id_number" for one in detail.problems):
        given.insert(3, (tr("ID number"), row.id_number))
    optional = [
        (tr("Division"), row.division), (tr("Team"), row.team), (tr("Role@team"), row.role),
        (tr("Employer"), detail.employer), (tr("Employment"), detail.employment),
        (tr("Coaches"), "、".join(detail.coaches)),
    ]  # fmt: skip
    fields = [(name, str(value)) for name, value in detail.fields.items() if value]
    source = (tr("Form"), tr("{file}, row {row}", file=row.file, row=row.row) if row.file else "")
    found = [*given, *((name, value or "") for name, value in optional if value), *fields, source]
    return tuple((name, value) for name, value in found if value or name in {label for label, _ in given})
