"""The timetable's editor: its items in a table, one added, changed or taken away, rows pasted."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.overview.overview_schedule import day_words
from competition_app.desktop.parts.controls import Button, Selector
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import on_click, row
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions, schedule, schedule_rows
from competition_app.services.competitions.schedule import Item, Slot
from competition_app.services.history.history_catalogue import CHOICES

LINES = 8


class ScheduleEditor:
    """Edits one competition's timetable over the overview; every deed can be undone."""

    def __init__(self, context: Context, today: Callable[[], datetime]) -> None:
        self._context, self._today = context, today
        self.table: TableView[Item] = TableView(_columns(), lambda item: item.id, tr("Timetable@whole"))
        self.table.setFixedHeight(theme.px("height.tableHead") + LINES * theme.px("height.rowNormal"))
        self.table.opened.connect(self._change)
        self.sheet: Sheet | None = None

    def run(self) -> None:
        """Show the whole timetable until it is closed."""
        asking = self._context.asking
        sheet = self.sheet = asking.sheet(tr("Timetable@whole"))
        sheet.card.setFixedWidth(theme.px("width.dialog"))
        self._fill()
        buttons = (
            on_click(Button(tr("Add@schedule"), "plus"), self.add),
            on_click(Button(tr("Change@schedule"), "pen-line"), self._change_chosen),
            on_click(Button(tr("Remove@schedule"), "trash-2"), self.remove),
            on_click(Button(tr("Paste rows"), "file-spreadsheet"), self.paste),
        )
        sheet.content.addLayout(row(*buttons, None))
        for button in buttons:
            sheet.buttons[button.text()] = button
        sheet.content.addWidget(self.table)
        sheet.answer(None, tr("Close@sheet"), focus=True)
        asking.lay(sheet, "schedule")

    def _fill(self) -> None:
        self.table.set_rows(self._context.workspace.ask(schedule.items, self._context.competition_id))

    def _events(self) -> list[tuple[object, str]]:
        rows = self._context.workspace.ask(competitions.events, self._context.competition_id)
        return [(event.id, event.name) for event in rows]

    def add(self) -> None:
        """A new item; it takes day, place and beginning after the chosen or the last one."""
        items = self.table.rows_model.rows
        above = self.table.chosen_row() or (items[-1] if items else None)
        form = SlotForm(self._events(), self._today().date(), above.slot if above else None, new=True)
        words = tr("Add to the timetable")
        if self._context.asking.form(words, "", form.fields, tr("Add@schedule"), lambda: self._add(form)):
            self._fill()

    def _add(self, form: "SlotForm") -> bool:
        slot = form.slot()
        if slot is None:
            return False
        words = tr("Added to the timetable: {item}", item=slot.name)
        return self._done(form, words, lambda say: self._context.undoing.carry_out(
            say, schedule.add_items, self._context.competition_id, [slot]))  # fmt: skip

    def _change_chosen(self) -> None:
        item = self.table.chosen_row()
        if item is not None:
            self._change(item)

    def _change(self, item: Item) -> None:
        form = SlotForm(self._events(), self._today().date(), item.slot, new=False)

        def change() -> bool:
            slot = form.slot()
            words = tr("Timetable changed: {item}", item=item.slot.name)
            return slot is not None and self._done(form, words, lambda say: self._context.undoing.carry_out(
                say, schedule.change_item, item.id, slot))  # fmt: skip

        if self._context.asking.form(tr("Change the item"), "", form.fields, tr("Save@schedule"), change):
            self._fill()

    def _done(self, form: "SlotForm", words: str, deed: Callable[[str], object]) -> bool:
        try:
            deed(words)
        except Refusal as refusal:
            form.refuse(in_use().say(refusal))
            return False
        return True

    def remove(self) -> None:
        """Take the selected items away; undo brings them back."""
        chosen = self.table.selected_rows()
        if not chosen:
            return
        words = tr("{n} item taken out of the timetable|{n} items taken out of the timetable", n=len(chosen))
        try:
            self._context.undoing.carry_out(words, schedule.remove_items, [item.id for item in chosen])
        except Refusal as refusal:
            self._context.asking.refused(refusal)
        self._fill()

    def paste(self) -> None:
        """Rows of a spreadsheet: 日期 开始 结束 地点 内容, with or without their head."""
        box = QPlainTextEdit()
        box.setFixedHeight(box.fontMetrics().lineSpacing() * LINES)
        copied = QGuiApplication.clipboard().text()
        if "\t" in copied:
            box.setPlainText(copied)
        field = Field(tr("Rows copied from a spreadsheet"), box)
        lead = tr(
            "Columns: day, beginning, end, place, content. An empty day or place is that of the row above."
        )

        def take() -> bool:
            try:
                self._take(box.toPlainText())
            except Refusal as refusal:
                field.refuse(in_use().say(refusal))
                return False
            return True

        if self._context.asking.form(tr("Paste rows"), lead, [field], tr("Add@schedule"), take):
            self._fill()

    def _take(self, text: str) -> None:
        context = self._context
        events = {name: key for key, name in self._events() if isinstance(key, int)}
        first = context.workspace.ask(schedule.first_day, context.competition_id)
        slots = schedule_rows.rows(text, events, first, self._today().date())
        words = tr("{n} item added to the timetable|{n} items added to the timetable", n=len(slots))
        context.undoing.carry_out(words, schedule.add_items, context.competition_id, slots)


class SlotForm:
    """The fields of one item; what is wrong is said beside its field."""

    def __init__(
        self, events: list[tuple[object, str]], today: date, slot: Slot | None, *, new: bool
    ) -> None:
        self._year = slot.day.year if slot else today.year
        self.name, self.place = Field(tr("What@schedule")), Field(tr("Place@where"))
        self.day, self.time = Field(tr("Day@schedule")), Field(tr("From and to"))
        self._event, self._kind = Selector(tr("Event")), Selector(tr("Kind"))
        self._event.set_choices([(0, tr("none@event")), *events])
        self._kind.set_choices([(kind, in_use().say(said)) for kind, said in CHOICES["schedule"].items()])
        event, kind = Field(tr("Event"), self._event), Field(tr("Kind"), self._kind)
        self.fields = [self.name, self.day, self.time, self.place, event, kind]
        self.day.set_text((slot.day if slot else today).isoformat())
        if slot is None:
            return
        self.place.set_text(slot.place)
        self.time.set_text(f"{slot.ends:%H:%M}–" if new else f"{slot.starts:%H:%M}–{slot.ends:%H:%M}")
        if not new:
            self.name.set_text(slot.name)
            self._event.choose(slot.event_id or 0)
            self._kind.choose(slot.kind)

    def slot(self) -> Slot | None:
        """What the fields hold; None where one is wrong."""
        day = schedule_rows.day_of(self.day.text(), self._year)
        starts, ends = (schedule_rows.time_of(text) for text in schedule_rows.parted(self.time.text()))
        self.name.refuse("" if self.name.text() else tr("Write what takes place."))
        self.day.refuse("" if day else tr("This is no day. Write it as 2026-09-18."))
        self.time.refuse("" if starts and ends else tr("Write beginning and end as 8:30–11:30."))
        if starts and ends and ends <= starts:
            self.time.refuse(tr("The end must be later than the beginning."))
        wrong = next((field for field in self.fields if field.refused()), None)
        if wrong is not None or day is None or starts is None or ends is None:
            if wrong is not None and isinstance(wrong.control, QLineEdit):
                wrong.control.setFocus()
            return None
        event = self._event.currentData()
        return Slot(
            self.name.text(), day, starts, ends, self.place.text(), event or None, self._kind.currentData()
        )

    def refuse(self, sentence: str) -> None:
        """Say why the store refused it."""
        self.name.refuse(sentence)


def _times(item: Item) -> str:
    return f"{item.slot.starts:%H:%M}–{item.slot.ends:%H:%M}"


def _columns() -> list[Column[Item]]:
    px = theme.px
    return [
        Column[Item]("day", tr("Day@schedule"), lambda item: day_words(item.slot.day), px("column.date"),
                     sort=lambda item: (item.slot.day, item.slot.starts)),
        Column[Item]("time", tr("Time@schedule"), _times, px("column.time"),
                     sort=lambda item: item.slot.starts),
        Column[Item]("place", tr("Place@where"), lambda item: item.slot.place or "—", px("column.time"),
                     grow=1, tip=lambda item: item.slot.place),
        Column[Item]("name", tr("What@schedule"), lambda item: item.slot.name, px("column.name"), grow=2,
                     tip=lambda item: item.slot.name),
    ]  # fmt: skip
