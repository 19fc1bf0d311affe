"""Criteria to and from a workbook: saved as one, or read, shown with what is wrong, and taken or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path as File
from typing import Any

from PySide6.QtWidgets import QMenu

from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_references import (
    Part,
    References,
    fresh_code,
    parts_of,
    stages_of,
)
from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services.plans import criteria_rows
from competition_app.services.plans.criteria_rows import CriteriaSheet
from competition_app.services.progress import Progress

KINDS = "*.xlsx *.xls *.xlsb *.ods *.csv"
SHOWN_FAULTS, SHOWN_NAMES = 10, 5
REPLACE, APPEND = "replace", "append"


@dataclass(frozen=True, slots=True)
class Target:
    """A sheet that was read and the module its criteria go to, with its name and how many it has now."""

    sheet: CriteriaSheet
    module: Path
    name: str
    now: int


class CriteriaBooks:
    """Deeds of the menu; ``show`` shows a part of the plan once criteria were taken in."""

    def __init__(self, context: Context, draft: PlanDraft, show: Callable[[Path, bool], None]) -> None:
        self._context, self._draft, self._show = context, draft, show

    def add_to(self, menu: QMenu, node: Path) -> None:
        """Add both deeds to a menu; ``node`` is the line of the tree one stands on."""
        menu.addAction(tr("Take criteria from a workbook…")).triggered.connect(
            lambda _on=False: self.take_in(node)
        )
        save = menu.addAction(tr("Save the criteria as a workbook…"))
        save.triggered.connect(lambda _on=False: self.save())
        save.setEnabled(self._draft.checked.good)

    # --- out ---
    def save(self) -> None:
        """Ask where, and save all criteria of the draft there."""
        plan = self._draft.checked.plan
        if plan is None:
            return
        title, words = tr("Save the criteria"), in_use()
        target = self._context.asking.save_file(title, tr("criteria.xlsx"), "Excel (*.xlsx)")
        if target is None:
            return

        def told(count: int) -> None:
            said = tr("{n} criterion saved: {file}|{n} criteria saved: {file}", n=count, file=target.name)
            self._context.asking.note(said)

        self._context.jobs.start(
            JobWords(title, target.name, tr("No half file is left when cancelled.")),
            lambda _progress: criteria_rows.write_criteria_book(target, plan, words),
            told,
        )

    # --- in ---
    def take_in(self, node: Path) -> None:
        """Ask for a workbook, show what it holds, and take it where that is wanted."""
        files = self._context.asking.open_files(tr("Take criteria from a workbook"), f"Excel ({KINDS})")
        if not files:
            return
        file = files[0]

        def read(progress: Progress) -> tuple[CriteriaSheet, ...]:
            progress.at(0, 0, file.name)
            return criteria_rows.read_criteria_book(file)

        words = JobWords(tr("Reading the workbook"), file.name, tr("Nothing is changed."))
        self._context.jobs.start(words, read, partial(self._offer, file, node))

    def _offer(self, file: File, node: Path, sheets: tuple[CriteriaSheet, ...]) -> None:
        faults = [problem for sheet in sheets for problem in sheet.read.problems]
        if faults:
            self._refuse(
                tr("Nothing of {file} was taken", file=file.name), [in_use().say(one) for one in faults]
            )
            return
        targets = self._targets(node, sheets)
        if not targets:
            said = tr("Choose the module in the tree that the criteria are for, then take them in again.")
            self._refuse(tr("Nothing of {file} was taken", file=file.name), [said])
            return
        lines = [line for target in targets for line in _lines(target)]
        left = [sheet.name for sheet in sheets if all(target.sheet is not sheet for target in targets)]
        if left:
            lines.append(tr("No module is called so, not taken: {sheets}.", sheets="、".join(left)))
        answers = [Answer(None, tr("Cancel"))]
        if any(target.now for target in targets):
            answers += [Answer(APPEND, tr("Add below those there")),
                        Answer(REPLACE, tr("Replace those there"), variant="primary")]  # fmt: skip
        else:
            answers.append(Answer(APPEND, tr("Take them"), variant="primary"))
        title = tr("Take the criteria of {file}?", file=file.name)
        answer = self._context.asking.question(title, "\n".join(lines), answers, "file-spreadsheet")
        if answer in (APPEND, REPLACE):
            self._take(targets, replace=answer == REPLACE)

    def _refuse(self, title: str, lines: Sequence[str]) -> None:
        """Everything wrong, a line each; nothing was taken."""
        shown = list(lines[:SHOWN_FAULTS])
        if len(lines) > SHOWN_FAULTS:
            shown.append(tr("and {n} more@checks", n=len(lines) - SHOWN_FAULTS))
        answers = [Answer(None, tr("Got it"))]
        self._context.asking.question(title, "\n".join(shown), answers, "octagon-alert")

    def _targets(self, node: Path, sheets: Sequence[CriteriaSheet]) -> list[Target]:
        """Where each sheet goes: by its codes, else its name, else a single one to the module one is in."""
        places = _judged(self._draft.values)
        here = node[:4] if node[:4] in places else next(iter(places)) if len(places) == 1 else None
        found: list[Target] = []
        for sheet in sheets:
            path = next(
                (path for path, (stage, module) in places.items() if _meant(sheet, stage, module)), None
            )
            if path is None and len(sheets) == 1:
                path = here
            if path is not None and all(target.module != path for target in found):
                module = places[path][1]
                name = str(module.get("name") or module.get("code"))
                found.append(Target(sheet, path, name, len(parts_of(module, "criteria"))))
        return found

    def _take(self, targets: Sequence[Target], *, replace: bool) -> None:
        count = sum(len(target.sheet.read.criteria) for target in targets)

        def deed(values: Part) -> list[Said]:
            kept = References(values)
            for target in targets:
                module = values["stages"][int(target.module[1])]["modules"][int(target.module[3])]
                rows = [dict(one) for one in target.sheet.read.criteria]
                module["criteria"] = _replaced(module, rows) if replace else _appended(module, rows)
            return kept.mend(values)

        said = Said("{n} criterion of a workbook taken|{n} criteria of a workbook taken", {"n": count})
        lost = self._draft.change(said, targets[0].module, deed)
        self._show(targets[0].module, False)
        notes = [note for target in targets for note in target.sheet.read.notes]
        self._context.asking.note("\n".join(in_use().say(one) for one in (said, *lost, *notes)))


def _judged(values: Part) -> dict[Path, tuple[Part, Part]]:
    """The modules that judges mark, each with its stage, by their paths."""
    return {
        ("stages", at, "modules", place): (stage, module)
        for at, stage in enumerate(stages_of(values))
        for place, module in enumerate(parts_of(stage, "modules"))
        if module.get("kind") == "sheets"
    }


def _meant(sheet: CriteriaSheet, stage: Part, module: Part) -> bool:
    """Whether a sheet was written for this module, or is called as it is."""
    if (sheet.stage, sheet.module) == (stage.get("code"), module.get("code")):
        return True
    return sheet.module is None and sheet.name == module.get("name")


def _lines(target: Target) -> list[str]:
    """What a sheet brings, and what the module has now."""
    rows = target.sheet.read.criteria
    names = "、".join(str(one.get("name") or one["code"]) for one in rows[:SHOWN_NAMES])
    more = "…" if len(rows) > SHOWN_NAMES else ""
    said = tr(
        "{module}: {n} criterion in the workbook, {now} in the rules now.|"
        "{module}: {n} criteria in the workbook, {now} in the rules now.",
        module=target.name, n=len(rows), now=target.now,
    )  # fmt: skip
    return [said, names + more]


def _replaced(module: Part, rows: list[Part]) -> list[Part]:
    """The new criteria; one whose code was there stays the same part, so that tie keys hold on to it."""
    there = {one.get("code"): one for one in parts_of(module, "criteria")}
    found = []
    for row in rows:
        part: dict[str, Any] = there.get(row["code"], {})
        part.clear()
        part.update(row)
        found.append(part)
    return found


def _appended(module: Part, rows: list[Part]) -> list[Part]:
    """The criteria there and the new ones below; a code already in use is made anew."""
    found = list(module.get("criteria") or [])
    for row in rows:
        others = [one for one in found if isinstance(one, dict)]
        if any(one.get("code") == row["code"] for one in others):
            row["code"] = fresh_code("P", others)
        found.append(row)
    return found
