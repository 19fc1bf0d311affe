"""What a person must do on each page, counted for the navigation: never a total, never a score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from competition_app.services.competitions.overview import Finding


@dataclass(frozen=True, slots=True)
class Due:
    """How many things wait for a person, and whether they block what comes after."""

    count: int
    blocks: bool = False


_REGISTRATIONS = """SELECT state, count(*) FROM registrations
    WHERE competition_id = ? AND state IN ('problem', 'waiting') GROUP BY 1"""
_DIFFERING = """
SELECT count(DISTINCT s.id) FROM events v JOIN works w ON w.event_id = v.id
JOIN sheets s ON s.work_id = w.id AND s.state = 'entered'
JOIN marks m ON m.work_id = s.work_id AND m.attempt = s.attempt AND m.judge_id = s.judge_id
JOIN mark_versions x ON x.work_id = m.work_id AND x.attempt = m.attempt AND x.criterion_id = m.criterion_id
    AND x.judge_id = m.judge_id AND x.entry_pass = 2
WHERE v.competition_id = ? AND v.double_entry AND (x.units IS NOT m.units OR x.outcome <> m.outcome)
    AND x.version = (SELECT max(y.version) FROM mark_versions y WHERE y.work_id = x.work_id
        AND y.attempt = x.attempt AND y.criterion_id = x.criterion_id AND y.judge_id = x.judge_id
        AND y.entry_pass = 2)
"""
_MADE = "SELECT count(*) FROM certificates WHERE competition_id = ? AND state = 'made'"
_BEGUN = """SELECT DISTINCT w.event_id FROM sheets s JOIN works w ON w.id = s.work_id
    JOIN events v ON v.id = w.event_id WHERE v.competition_id = ? AND v.state IN ('open', 'provisional')"""


def counted(session: Session, competition_id: int) -> Mapping[str, Due]:
    """By page, what is only counted: registrations with problems or to review, papers to print. Quick."""
    connection, here = session.connection(), (competition_id,)
    states = {state: n for state, n in connection.exec_driver_sql(_REGISTRATIONS, here)}  # noqa: C416 - rows
    made = int(connection.exec_driver_sql(_MADE, here).scalar() or 0)
    return {
        "registration": Due(sum(states.values()), blocks=bool(states.get("problem"))),
        "certificates": Due(made),
    }


def reckoned(session: Session, competition_id: int, findings: Sequence[Finding]) -> Mapping[str, Due]:
    """By page, what takes reckoning: sheets owed or typed differently, questions open on a whole result.

    ``findings`` are those of the overview; for a worker.
    """
    connection, here = session.connection(), (competition_id,)
    begun = set(connection.exec_driver_sql(_BEGUN, here).scalars())
    owed = sum(
        max(0, judge.owed - judge.done)
        for finding in findings if finding.event_id in begun
        for judge in finding.judges
    )  # fmt: skip
    differing = int(connection.exec_driver_sql(_DIFFERING, here).scalar() or 0)
    asked = sum(len(finding.questions) for finding in findings if finding.complete)
    return {"marking": Due(owed + differing, blocks=bool(differing)), "results": Due(asked, blocks=True)}
