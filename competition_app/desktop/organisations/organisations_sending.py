"""What goes out to units and comes in: registration forms, contacts, the table of units."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.parts.controls import Selector
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.obstacles import Obstacle
from competition_app.domain.errors import Refusal, Said
from competition_app.i18n import in_use, tr
from competition_app.services.progress import Progress
from competition_app.services.registration import organisation_lists, registration
from competition_app.services.registration.organisation_lists import UnitLine, UnitsTaken
from competition_app.services.registration.organisation_tree import OrganisationTree, TreeUnit

KINDS = "Excel, WPS, CSV (*.xlsx *.xlsm *.xls *.xlsb *.ods *.et *.csv *.txt)"
WORKBOOK = "Excel (*.xlsx)"


class OrganisationSending:
    """Writes and reads files beside the window, and says what became of them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # --- forms out ---
    def hand_out(self, units: Sequence[TreeUnit], chosen: Sequence[TreeUnit]) -> None:
        """发放报名表: a form for each chosen unit that takes part; with none chosen, ask for whom."""
        if chosen:
            wanted = [unit for unit in expecting(units, chosen) if unit.code is not None]
            if not wanted:
                said = Said(
                    "None of the chosen units takes part. Tick “Takes part” in the unit's form first."
                )
                self._context.asking.refused(said)
                return
        else:
            asked = self._for_whom([unit for unit in units if unit.code is not None])
            if asked is None:
                return
            wanted = asked
        self._write(wanted)

    def _for_whom(self, units: Sequence[TreeUnit]) -> list[TreeUnit] | None:
        """The units a person wants forms for; an empty list: one blank form; None: none at all."""
        missing = [unit for unit in units if not unit.own.sent]
        answers = [Answer("blank", tr("One blank form"))]
        if missing and len(missing) < len(units):
            answers.append(
                Answer("missing", tr("One for the {n} without a form|One for each of the {n} without a form",
                                     n=len(missing)))
            )  # fmt: skip
        if units:
            words = tr("One for {n} unit|One for each of {n} units", n=len(units))
            answers.append(Answer("all", words, "", "primary"))
        answer = self._context.asking.question(
            tr("Hand out registration forms"),
            tr("A form carries the events, the lists to choose from and checks of ID number and phone."),
            answers, "send",
        )  # fmt: skip
        found = {"blank": [], "missing": missing, "all": list(units)}
        return found.get(str(answer)) if answer is not None else None

    def _write(self, units: Sequence[TreeUnit]) -> None:
        asking, competition = self._context.asking, self._context.competition_id
        try:
            forms = self._context.workspace.ask(
                registration.registration_forms, competition, [unit.id for unit in units]
            )
        except Refusal as refusal:
            asking.refused(refusal)
            return
        target = asking.folder(tr("Choose a folder for the forms")) if len(forms) > 1 else self._one(units)
        if target is None:
            return
        words = in_use()

        def work(progress: Progress) -> int:
            progress.at(0, 0)
            return len(registration.write_forms(forms, target, words))

        def done(n: int) -> None:
            said = tr("{n} form saved: {path}|{n} forms saved: {path}", n=n, path=str(target))
            asking.note(said)

        title = JobWords(tr("Writing registration forms"), leaves=tr("Files that are written stay."))
        self._context.jobs.start(title, work, done)

    def _one(self, units: Sequence[TreeUnit]) -> Path | None:
        name = units[0].name if units else tr("Registration form")
        return _workbook(self._context.asking.save_file(tr("Save the form"), f"{name}.xlsx", WORKBOOK))

    # --- contacts ---
    def copy_contacts(self, units: Sequence[TreeUnit]) -> None:
        """Unit, person and phone, a line each, as text a spreadsheet can take."""
        known = [unit for unit in units if unit.contact or unit.contact_phone]
        lines = [(unit.name, unit.contact or "", unit.contact_phone or "") for unit in known]
        heads = (tr("Unit"), tr("Contact"), tr("Phone"))
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in (heads, *lines)))
        said = tr("{n} contact copied|{n} contacts copied", n=len(known))
        lacking = sum(unit.code is not None for unit in units) - sum(unit.code is not None for unit in known)
        if lacking > 0:
            said += tr("; {n} unit has none|; {n} units have none", n=lacking)
        self._context.asking.note(said)

    # --- units in ---
    def save_template(self) -> None:
        """The empty table of units."""
        target = _workbook(
            self._context.asking.save_file(tr("Save the table of units"), tr("Units") + ".xlsx", WORKBOOK)
        )
        if target is None:
            return
        try:
            organisation_lists.write_units_form(target)
        except Refusal as refusal:
            self._context.asking.refused(refusal)
            return
        self._context.asking.note(tr("Saved: {file}", file=str(target)))

    def choose_table(self, tree: OrganisationTree) -> None:
        """Choose a table of units to take in."""
        self.read(self._context.asking.open_files(tr("Take in a table of units"), KINDS)[:1], tree)

    def read(self, files: Sequence[Path], tree: OrganisationTree) -> None:
        """Read a table of units beside the window, then ask before it is taken in."""
        if not files:
            return
        path = files[0]

        def work(_progress: Progress) -> tuple[UnitLine, ...]:
            return organisation_lists.read_units(path)

        words = JobWords(tr("Reading the units"), path.name, tr("Nothing is taken before you accept it."))
        self._context.jobs.start(words, work, lambda lines: self._take(path, lines, tree))

    def _take(self, path: Path, lines: tuple[UnitLine, ...], tree: OrganisationTree) -> None:
        known = {unit.name for unit in tree.units}
        new = sum(line.name not in known for line in lines)
        text = tr("{file} names {n} units: {new} new, {old} already there. Of those there only gaps are"
                  " filled.",
                  file=path.name, n=len(lines), new=new, old=len(lines) - new)  # fmt: skip
        answers = [
            Answer(False, tr("Take in nothing")),
            Answer(True, tr("Take in {n} unit|Take in {n} units", n=len(lines)), "file-up", "primary"),
        ]
        asked = self._context.asking.question(tr("Take in this table of units?"), text, answers, "file-up")
        if asked is not True:
            return
        try:
            taken = self._context.workspace.do(
                self._context.actor, organisation_lists.take_units, self._context.competition_id, lines
            )
        except Refusal as refusal:
            self._context.asking.refused(refusal)
            return
        self._told(taken)

    def _told(self, taken: UnitsTaken) -> None:
        said = tr("{n} unit added, {old} known|{n} units added, {old} known", n=taken.added, old=taken.known)
        if not taken.problems:
            self._context.asking.note(said)
            return
        say = in_use().say
        lines = [
            Obstacle(tr("Row {row}", row=problem.more["row"]), say(problem)) for problem in taken.problems[:8]
        ]
        self._context.asking.obstacles(
            said, tr("What could not be taken over was left empty. Mend it at the unit."), lines
        )

    def take_over(self, tree: OrganisationTree) -> None:
        """从往年竞赛带入: the units of an earlier competition in this store."""
        if not tree.earlier:
            self._context.asking.refused(
                Said("There is no other competition with units in this store. Take in a table instead.")
            )
            return
        chosen = Selector(tr("Competition"))
        chosen.set_choices([(key, tr("{name}, {n} units", name=name, n=n)) for key, name, n in tree.earlier])
        field = Field(tr("Competition"), chosen)
        lead = tr("Names, codes and contacts are one for all competitions; only who takes part is copied.")
        title = tr("Take over units of which competition?")
        if self._context.asking.form(title, lead, [field], tr("Take over"), lambda: True):
            n = self._context.workspace.do(
                self._context.actor, organisation_lists.take_over, self._context.competition_id,
                int(chosen.currentData()),
            )  # fmt: skip
            self._context.asking.note(tr("{n} unit taken over|{n} units taken over", n=n))


def expecting(units: Sequence[TreeUnit], chosen: Sequence[TreeUnit]) -> list[TreeUnit]:
    """The chosen units, and of a chosen union all below it."""
    keys = {unit.id for unit in chosen}
    return [unit for unit in units if unit.id in keys or not keys.isdisjoint(unit.above)]


def _workbook(chosen: Path | None) -> Path | None:
    return chosen.with_suffix(".xlsx") if chosen is not None and not chosen.suffix else chosen
