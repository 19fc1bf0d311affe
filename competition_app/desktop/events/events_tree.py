"""The plan as a tree: stages, modules and criteria with weights, equal totals, prizes, text."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem

from competition_app.desktop.events.events_draft import PlanDraft
from competition_app.desktop.look import icons, theme
from competition_app.domain.ranking.plan_words import share
from competition_app.i18n import tr

Node = tuple[str | int, ...]
"""What a line stands for: ("event",), ("stage", 0), ("module", 0, 1), ("ties", 0), ("prizes",), ("text",)."""


@dataclass(frozen=True, slots=True)
class _Line:
    node: Node
    name: str
    figure: str
    icon: str
    below: "tuple[_Line, ...]" = ()


class PlanTree(QTreeWidget):
    """Lines with their weight or points at the right. ``picked`` tells the node a person chose."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(theme.px("measure.planStep"))
        self.setIconSize(QSize(theme.px("icon.normal"), theme.px("icon.normal")))
        self.setAccessibleName(tr("Plan"))
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._shape: object = None
        self._draft: PlanDraft | None = None
        self.currentItemChanged.connect(lambda item, _old: self._tell(item))

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(self.node(item))

    @staticmethod
    def node(item: QTreeWidgetItem) -> Node:
        """What a line stands for."""
        held = item.data(0, Qt.ItemDataRole.UserRole)
        return tuple(held)

    def show_plan(self, draft: PlanDraft) -> None:
        """Show the draft; the chosen line stays."""
        self._draft = draft
        lines = _lines(draft)
        if lines == self._shape:
            return
        self._shape = lines
        item = self.currentItem()
        kept = self.node(item) if item is not None else None
        self.blockSignals(True)
        self.clear()
        for line in lines:
            self.addTopLevelItem(self._item(line))
        self.expandAll()
        self.choose(kept or ("event",))
        self.blockSignals(False)

    def choose(self, node: Node) -> None:
        """Choose the line of a node, the first where there is none."""
        found = [item for item in self.lines() if self.node(item) in (node, node[:3])][-1:]
        first = self.topLevelItem(0)
        item = found[0] if found else first
        if item is not None:
            self.setCurrentItem(item)

    def changeEvent(self, event: QEvent) -> None:
        """Icons and inks follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._draft is not None:
            self._shape = None
            self.show_plan(self._draft)

    def lines(self) -> list[QTreeWidgetItem]:
        """All lines."""
        return self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)

    def _item(self, line: _Line) -> QTreeWidgetItem:
        made = QTreeWidgetItem([line.name, line.figure])
        made.setData(0, Qt.ItemDataRole.UserRole, list(line.node))
        made.setIcon(0, icons.icon(line.icon, "inkSecondary", ratio=self.devicePixelRatioF()))
        made.setSizeHint(0, QSize(0, theme.px("height.rowCompact")))
        made.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.setForeground(1, theme.color("inkSecondary"))
        made.setToolTip(0, line.name)
        if len(line.node) == 2 or line.node[0] in ("event", "prizes", "text"):
            made.setFont(0, theme.font("strong"))
        for inner in line.below:
            made.addChild(self._item(inner))
        return made


def _lines(draft: PlanDraft) -> list[_Line]:
    found = [_Line(("event",), tr("Event and divisions"), "", "clipboard-list")]
    for at, stage in enumerate(draft.get(("stages",), [])):
        if not isinstance(stage, dict):
            continue
        modules = tuple(_module(at, place, one) for place, one in enumerate(stage.get("modules") or ()))
        found.append(_Line(("stage", at), _name(stage), "", "flag", modules))
        n = len(stage.get("ties") or ())
        found.append(_Line(("ties", at), tr("Equal totals"), tr("{n} rule|{n} rules", n=n), "list-ordered"))
    levels = draft.get(("awards", "levels"), [])
    figures = " / ".join(str(one.get("count") or f"{one.get('percent', '—')}%") for one in levels[:4])
    found.append(_Line(("prizes",), tr("Prizes"), figures, "medal"))
    return [*found, _Line(("text",), tr("Text of the plan"), "", "file-text")]


def _module(stage: int, at: int, module: dict[str, object]) -> _Line:
    criteria = module.get("criteria")
    rows = criteria if isinstance(criteria, list) else []
    below = tuple(
        _Line(("module", stage, at, place), _name(one), tr("{n} points@tree", n=one.get("max") or "—"),
              "pen-line")
        for place, one in enumerate(rows) if isinstance(one, dict)
    )  # fmt: skip
    icon = "wrench" if module.get("kind") == "sheets" else "file-text"
    return _Line(("module", stage, at), _name(module), _share(module.get("weight", 1)), icon, below)


def _share(weight: object) -> str:
    try:
        return share(weight)
    except (ValueError, ZeroDivisionError):
        return "—"


def _name(part: dict[str, object]) -> str:
    return str(part.get("name") or part.get("code") or "—")
