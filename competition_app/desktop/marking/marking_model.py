"""The recorder's grid as an item model: sheets by criteria; a wrong figure is kept at its cell."""

from collections.abc import Callable, Hashable, Iterator, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from competition_app.desktop.marking.marking_values import (
    NOT_SAVED,
    Column,
    Face,
    Look,
    Row,
    Rows,
    Wrong,
)
from competition_app.desktop.parts import pills
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr

FACE = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which the delegate finds a cell's Face."""
STATE = FACE + 1
"""The role under which the last column's pill is found."""
STRUCK = FACE + 2
"""True for a total that is dropped as the highest or the lowest."""

DASH = "—"
MANY = 40
"""From so many changed sheets on, the whole range is told to the view at once."""
Place = tuple[int, str]
"""A cell by its sheet's key and its criterion's code: it outlives every refresh."""
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class MarkingModel(QAbstractTableModel):
    """Rows are sheets, columns the criteria, then the total and the state.

    ``enter(sheet, criterion, typed)`` is called for each cell a person leaves changed; it stores the mark or
    calls ``keep_wrong``. Nothing is computed here: totals and states come with the rows.
    """

    def __init__(self, enter: Callable[[int, str, str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._enter = enter
        self._columns: tuple[Column, ...] = ()
        self._rows = Rows.of(())
        self._at: dict[int, int] = {}
        self._column_at: dict[str, int] = {}
        self._wrong: dict[Place, Wrong] = {}
        self._kept: dict[Hashable, dict[Place, Wrong]] = {}

    def change_book(self, key: Hashable) -> None:
        """Other sheets come to the grid: the wrong figures of those before are kept until they come back."""
        self._wrong = self._kept.setdefault(key, {})

    def show(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show these sheets; where the same ones come again only changes are told, so nothing moves."""
        fresh = rows if isinstance(rows, Rows) else Rows.of(rows)
        if tuple(columns) != self._columns or fresh.keys != self._rows.keys:
            self.beginResetModel()
            self._columns, self._rows = tuple(columns), fresh
            self._at = {key: at for at, key in enumerate(fresh.keys)}
            self._column_at = {column.code: at for at, column in enumerate(columns)}
            self.endResetModel()
            return
        old, self._rows = self._rows, fresh
        pairs = zip(old.sources, fresh.sources, strict=True)
        changed = [at for at, (before, now) in enumerate(pairs) if before != now]
        if len(changed) > MANY:
            self._tell(changed[0], changed[-1])
        else:
            for at in changed:
                self._tell(at, at)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, first, last)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The criteria's columns."""
        return self._columns

    @property
    def rows(self) -> Sequence[Row]:
        """The sheets as last asked for."""
        return self._rows

    def code(self, key: int) -> str:
        """The work's code (or the entry's number) of a sheet; nothing where it is not shown."""
        return self._rows[self._at[key]].code if key in self._at else ""

    def at_code(self, code: str) -> int | None:
        """Where the sheet with this number stands, whatever its case; None where none or several have it."""
        wanted = code.casefold()
        found = [at for at, one in enumerate(self._rows.codes) if one.casefold() == wanted]
        return found[0] if len(found) == 1 and wanted else None

    def place(self, index: Index) -> Place | None:
        """The sheet and criterion of a cell; None for total, state and no cell."""
        if not index.isValid() or index.column() >= len(self._columns):
            return None
        return self._rows.keys[index.row()], self._columns[index.column()].code

    def find(self, place: Place) -> QModelIndex:
        """The cell of a sheet and criterion; an invalid index when it is not shown."""
        if place[0] not in self._at or place[1] not in self._column_at:
            return QModelIndex()
        return self.index(self._at[place[0]], self._column_at[place[1]])

    def wrong(self, place: Place | None) -> Wrong | None:
        """What was typed into this cell and does not stand."""
        return self._wrong.get(place) if place else None

    def all_wrong(self) -> Iterator[tuple[Place, Wrong]]:
        """Every figure that does not stand, in the order of the grid."""
        found = ((self.find(place), place, wrong) for place, wrong in self._wrong.items())
        shown = [
            (index.row(), index.column(), place, wrong) for index, place, wrong in found if index.isValid()
        ]
        yield from ((place, wrong) for _row, _column, place, wrong in sorted(shown, key=lambda one: one[:2]))

    def wrong_place(self, here: Place | None) -> Place | None:
        """The wrong figure to speak of: that of this cell, else the first."""
        return here if self.wrong(here) else next((place for place, _wrong in self.all_wrong()), None)

    def where(self, place: Place) -> str:
        """A cell in words: the work's code and the criterion's name."""
        at = self._column_at.get(place[1])
        name = "" if at is None else self._columns[at].name or self._columns[at].code
        return f"{self.code(place[0])} {name}"

    def keep_wrong(self, place: Place, wrong: Wrong | None) -> None:
        """Keep a figure as it was typed, with its sentence; None: the cell stands again."""
        if wrong is None:
            if self._wrong.pop(place, None) is None:
                return
        else:
            self._wrong[place] = wrong
        if place[0] in self._at:
            self._tell(self._at[place[0]], self._at[place[0]])

    def is_locked(self, place: Place) -> bool:
        """True where nothing may be entered."""
        return place[0] not in self._at or self._rows[self._at[place[0]]].locked is not None

    def why_locked(self, place: Place) -> Said | None:
        """Why nothing may be entered there; None where it may, or where no such sheet is shown."""
        return self._rows[self._at[place[0]]].locked if place[0] in self._at else None

    def has_mark(self, place: Place) -> bool:
        """True where something stands in the store."""
        index = self.find(place)
        return index.isValid() and self._rows[index.row()].cells[index.column()].look is not Look.NOT_BEGUN

    def state(self, at: int) -> pills.State:
        """The state of a sheet; a figure that does not stand goes before what the store says."""
        wrong = self._wrong_of(at)
        if wrong:
            return NOT_SAVED if all(one.again for one in wrong) else pills.OUT_OF_RANGE
        return self._rows[at].state

    def is_wrong(self, at: int) -> bool:
        """True where a figure of this sheet does not stand."""
        return bool(self._wrong_of(at))

    def _wrong_of(self, at: int) -> list[Wrong]:
        key = self._rows.keys[at]
        return [wrong for place, wrong in self._wrong.items() if place[0] == key] if self._wrong else []

    def face(self, at: int, column: int) -> Face:
        """How a criterion's cell looks."""
        row = self._rows[at]
        wrong = self._wrong.get((row.key, self._columns[column].code))
        if wrong:
            return Face(Look.WRONG, wrong.text, wrong.said)
        face = row.cells[column]
        if face.look is Look.NOT_BEGUN and (row.begun or self.is_wrong(at)):
            return Face(Look.GAP)
        return face

    # Qt's own questions

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many sheets."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The criteria, the total and the state."""
        return 0 if parent.isValid() else len(self._columns) + 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Criteria can be chosen and typed into; total and state are only shown."""
        if self.place(index) is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags if self._rows[index.row()].locked else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """A cell's face, text and tool tip."""
        if not index.isValid():
            return None
        at, column = index.row(), index.column()
        if column < len(self._columns):
            return self._mark(self.face(at, column), role)
        if column == len(self._columns):
            return self._total(at, role)
        if role == STATE:
            return self.state(at)
        return self.state(at).word if role in _WORDS else None

    def _mark(self, face: Face, role: int) -> object:
        if role == FACE:
            return face
        if role == Qt.ItemDataRole.ToolTipRole:
            return in_use().say(face.said) if face.said else None
        if role == Qt.ItemDataRole.EditRole:
            return face.text
        return spoken(face) if role in _WORDS else None

    def _total(self, at: int, role: int) -> object:
        row = self._rows[at]
        if role == STRUCK:
            return row.struck
        return (DASH if row.total is None or self.is_wrong(at) else row.total) if role in _WORDS else None

    def setData(self, index: Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Hand what was typed to ``enter``; leaving a cell as it was enters nothing."""
        place = self.place(index)
        if place is None or role != Qt.ItemDataRole.EditRole or self._rows[index.row()].locked:
            return False
        typed = str(value).strip()
        wrong = self.wrong(place)
        again = (wrong is not None and wrong.again) or self._rows[index.row()].again
        if typed == self.face(index.row(), index.column()).text and not again:
            return True
        self._enter(*place, typed)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The criterion with its range, or the work's code."""
        if role not in _WORDS and role != Qt.ItemDataRole.ToolTipRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._rows[section].code if section < len(self._rows) else None
        return (
            "\n".join(part for part in self.head(section) if part) if section < self.columnCount() else None
        )

    def head(self, section: int) -> tuple[str, str]:
        """The two lines of a column's head."""
        if section >= len(self._columns):
            return (tr("Total@sheet") if section == len(self._columns) else tr("State"), "")
        column = self._columns[section]
        return column.title, in_use().say(column.range)


_WORDS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


def spoken(face: Face) -> str:
    """A cell in words: what a spreadsheet is given and a screen reader says."""
    match face.look:
        case Look.NOT_BEGUN | Look.GAP:
            return ""
        case Look.YES:
            return tr("Yes")
        case Look.NO:
            return tr("No")
        case Look.ABSENT:
            return face.text or tr("No mark")
        case Look.RECUSED:
            return tr("Recused")
        case Look.FAILED:
            return "DNF"
        case _:
            return face.text
