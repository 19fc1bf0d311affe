"""Who gets a certificate by the one ranking, what stands on it, and what still hinders it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.documents.certificates.certificate_content import CertificateContent
from competition_app.domain.errors import Problem, Refusal, Said
from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.result import DivisionResult, EventResult, Standing, Status
from competition_app.services.competitions.competitions import event_of
from competition_app.services.judging.entrants import EntrantRow, entrants
from competition_app.services.plans.plans import plan_of
from competition_app.services.results.results import event_result
from competition_app.store.models import Competition, Division, Event


@dataclass(frozen=True, slots=True)
class Wording:
    """What the organiser chooses for an event's certificates. No issuers: those of the competition."""

    layout: str = "honour"
    issuers: tuple[str, ...] = ()
    issued_on: date | None = None
    honorific: str = "同志"
    remark: str = "成绩优异"
    closing: str = "特发此证，以资鼓励。"
    unit_copies: bool = True


@dataclass(frozen=True, slots=True)
class Winner:
    """One paper to be made: its content without a number, the standing it rests on, and what hinders it.

    ``copy`` is 0 for a person or the unit's copy of a team, 1 … for the members of a team.
    """

    entry_id: int
    contestant_id: int | None
    copy: int
    level: int
    place: int | None
    number: str
    digest: str
    content: CertificateContent
    problems: tuple[Problem, ...]


def winners(session: Session, event_id: int, wording: Wording) -> tuple[Winner, ...]:
    """Every paper of the event in printed order; a team gets one for the unit and one for each member."""
    event = event_of(session, event_id)
    plan = plan_of(session, event_id)
    if not plan.stages:
        return ()
    result = event_result(session, event_id)
    people = entrants(session, event_id)
    common = _common(session, event, plan, wording)
    levels = {level.name: i for i, level in enumerate(plan.awards.levels, 1)} if plan.awards else {}
    found: list[Winner] = []
    for division in last_stages(result):
        hindrance = _hindrance(division)
        content = replace(common, event=_event_name(session, event, division.division))
        for standing in division.standings:
            if standing.award is None or standing.number not in people:
                continue
            person = people[standing.number]
            problems = (*hindrance, *standing.problems)
            for contestant, copy, named in _papers(plan, person, content, wording):
                paper = replace(named, award=standing.award)
                found.append(
                    Winner(
                        person.entry_id, contestant, copy, levels.get(standing.award, 0), standing.place,
                        standing.number, standing_digest(event.code, division, standing), paper, problems,
                    )
                )  # fmt: skip
    return tuple(found)


def standing_digest(event_code: str, division: DivisionResult, standing: Standing) -> str:
    """SHA-256 of what a certificate certifies: event, division, number, place, total and prize."""
    values: list[str | int | None] = [event_code, division.division, division.stage, standing.number]
    values += [standing.place, standing.total, standing.award]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def last_stages(result: EventResult) -> Iterator[DivisionResult]:
    """The divisions' last stages, where the prizes stand."""
    last = {division.division: division for division in result.divisions}
    yield from last.values()


def _hindrance(division: DivisionResult) -> tuple[Problem, ...]:
    """Why nothing of a division can be printed yet: an open question, an entry without its whole result."""
    found = list(division.open_questions)
    missing = [one.number for one in division.standings if one.status is Status.INCOMPLETE]
    if missing:
        found.append(
            Problem(
                "result_incomplete",
                Said(
                    "The result of {numbers} is incomplete, so no prize is certain. "
                    "Enter what is missing or record the absence.",
                    {"numbers": "、".join(missing[:5]) + ("…" if len(missing) > 5 else "")},
                ),
                {"entries": missing},
            )
        )
    return tuple(found)


def _common(session: Session, event: Event, plan: Plan, wording: Wording) -> CertificateContent:
    competition = session.get(Competition, event.competition_id)
    assert competition is not None
    issuers = wording.issuers or tuple(str(name) for name in competition.organisers)
    if not issuers:
        raise Refusal(
            "The competition {name} has no organiser to issue certificates. "
            "Enter it under “Competition details”.",
            name=competition.name,
        )
    theme, contest = _theme(competition.name, competition.theme or "")
    stage = plan.stages[-1]
    ends_on = competition.ends_on or competition.starts_on
    issued_on = wording.issued_on or (date.fromisoformat(ends_on) if ends_on else None)
    if issued_on is None:
        raise Refusal("The certificates have no date. Choose one, or give the competition its last day.")
    return CertificateContent(
        serial="",
        name="",
        award="",
        contest=contest,
        theme=theme,
        event=event.name,
        stage=stage.name or "",
        issuers=issuers,
        issued_on=issued_on,
        honorific=wording.honorific,
        remark=wording.remark,
        closing=wording.closing,
    )


def _theme(name: str, theme: str) -> tuple[str, str]:
    """Theme and title of the contest: a theme that the title already begins with is printed once."""
    bare = theme.strip().strip("“”\"'「」")
    start = name.strip()
    for opening in (f"“{bare}”", f"“{bare}", bare):
        if bare and start.startswith(opening):
            rest = start[len(opening) :].lstrip(" 　”·—-")
            return (bare, rest) if rest else (bare, start)
    return bare, start


def _event_name(session: Session, event: Event, division: str | None) -> str:
    if division is None:
        return event.name
    query = select(Division.name).where(Division.event_id == event.id, Division.code == division)
    return f"{event.name}（{session.scalar(query) or division}）"


def _papers(
    plan: Plan, person: EntrantRow, content: CertificateContent, wording: Wording
) -> Iterator[tuple[int | None, int, CertificateContent]]:
    """The papers of one entry: (contestant, copy, content)."""
    if plan.entry == "individual" and len(person.members) == 1:
        (member,) = person.members
        yield member.contestant_id, 0, replace(content, name=member.name, organisation=person.organisation)
        return
    if plan.entry == "individual":
        yield None, 0, replace(content, name=person.name, organisation=person.organisation)
        return
    unit = person.organisation if person.organisation != person.name else ""
    if wording.unit_copies or not person.members:
        yield None, 0, replace(content, name=person.name, organisation=unit, honorific="")
    for copy, member in enumerate(person.members, 1):
        note = f"（{person.own_name}队员）" if person.own_name else ""
        named = replace(content, name=member.name, organisation=unit, note=note)
        yield member.contestant_id, copy, named


def same_words(one: CertificateContent, other: CertificateContent) -> bool:
    """Whether two certificates say the same but for number and date."""
    return replace(one, serial="", issued_on=date.min) == replace(other, serial="", issued_on=date.min)


def as_values(content: CertificateContent) -> dict[str, object]:
    """A content as JSON values for the register."""
    values = {name: getattr(content, name) for name in CertificateContent.__dataclass_fields__}
    return {**values, "issued_on": content.issued_on.isoformat(), "issuers": list(content.issuers)}


def from_values(values: Mapping[str, object]) -> CertificateContent:
    """A content out of the register."""
    texts = {name: str(value) for name, value in values.items() if name not in {"issued_on", "issuers"}}
    issuers = values["issuers"]
    assert isinstance(issuers, list)
    return CertificateContent(
        **texts,
        issued_on=date.fromisoformat(str(values["issued_on"])),
        issuers=tuple(str(one) for one in issuers),
    )
