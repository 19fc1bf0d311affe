"""What became of an import as the JSON document of the command line (package.md §2)."""

from typing import Any

from competition_app.domain.errors import Problem
from competition_app.domain.registration.registration import FileReport, ImportReport, ScreenedRow
from competition_app.i18n import Words


def import_report_json(report: ImportReport, words: Words) -> dict[str, Any]:
    """The document; messages in the language of ``words``. A file not read at all carries ``refused``."""
    return {
        "accepted": report.accepted,
        "refused": report.refused,
        "files": [_file(file, words) for file in report.files],
    }


def _file(file: FileReport, words: Words) -> dict[str, Any]:
    told: dict[str, Any] = {
        "file": file.file,
        "rows": [_row(row, words) for row in file.rows],
        "ignored": [{"sheet": sheet.sheet, "why": words.say(sheet.why)} for sheet in file.ignored],
    }
    if file.refusal:
        told["refused"] = words.say(file.refusal)
    if file.held:
        told["held"] = True
    return told


def _row(row: ScreenedRow, words: Words) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "name": row.name or None,
        "sex": row.sex,
        "id_number": row.id_number,
        "id_kind": row.id_kind,
        "birth_date": row.birth_date,
        "phone": row.phone,
        "organisation": row.organisation,
        "employer": row.employer,
        "employment": row.employment,
        "event": row.event,
        "division": row.division,
        "team": row.team,
        "role": row.role,
        "coaches": list(row.coaches),
        "fields": dict(row.fields),
        "accepted": row.accepted,
        "problems": [_problem(problem, words) for problem in row.problems],
    }


def _problem(problem: Problem, words: Words) -> dict[str, Any]:
    told = {"column": problem.more.get("column"), "code": problem.code, "message": words.say(problem)}
    return told | {name: problem.more[name] for name in ("value", "cell", "near") if name in problem.more}
