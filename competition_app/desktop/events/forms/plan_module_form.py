"""The form of a module: full marks and weight, the panel, attempts, rounding, and what is rarely set."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from competition_app.desktop.events.forms.plan_fields import (
    Choice,
    Choices,
    Line,
    More,
    Switch,
    Tiles,
    digits,
    pair,
    percent,
    percent_text,
    whole,
    words,
)
from competition_app.desktop.events.forms.plan_form import Around, Form, Pick
from competition_app.desktop.events.forms.plan_grid import PairGrid
from competition_app.desktop.events.forms.plan_panel_fields import combining, dropped_from, dropping
from competition_app.desktop.events.plan import plan_parts
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_words import MODULE_KINDS, crumbs_of, figure_text
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import column, on_click, row
from competition_app.domain.errors import Said
from competition_app.domain.scoring.figures import decimal_of
from competition_app.i18n import tr

RARE = ("basis", "normalise", "absent_module", "max_gap", "conflict", "blind", "missing", "best")
OF_KIND = {
    "sheets": ("event", "take", "best", "missing"),
    "direct": ("criteria", "panel", "normalise", "max_gap", "event", "take", "best", "missing"),
    "members": ("criteria", "panel", "normalise", "max_gap", "attempts", "time_bands", "time_factors"),
}
"""What a module of each kind has no use for; it goes when the kind is chosen."""


def module_form(draft: PlanDraft, path: Path, around: Around) -> Form:
    """The common fields first; rarely used settings folded away."""
    kind = str(draft.get((*path, "kind"), "sheets"))
    name = Line(draft, (*path, "name"), tr("Name of the module"), reading=words)
    full = Line(draft, (*path, "full"), tr("Full marks"), unit=tr("points@unit"), default=tr("no limit"))
    weight = Line(draft, (*path, "weight"), tr("Weight"), unit="%", reading=percent, shown=percent_text,
                  default="100")  # fmt: skip
    tiles = Tiles(MODULE_KINDS, kind)
    tiles.chosen.connect(lambda key: _turn(draft, path, key, around))
    parts: list[QWidget] = [name, pair(full, weight), Field(tr("Where the score comes from"), tiles)]
    if kind == "sheets":
        parts += [*_panel(draft, path), _rounding(draft, path)]
    else:
        score = digits(draft, (*path, "round", "module"), tr("Score rounded to"))
        passing = Line(draft, (*path, "pass"), tr("Pass mark"), unit=tr("points@unit"), default=tr("none"))
        parts += [*(_members(draft, path, around) if kind == "members" else ()), pair(score, passing)]
    parts.append(_adding(draft, path, kind, around))
    opened = any(draft.get((*path, key)) is not None for key in RARE) or _rare_rounding(draft, path)
    parts.append(More(_rare(draft, path, kind, around), opened=opened))
    return Form(draft, crumbs_of(draft, path), parts, _hint(kind))


def _turn(draft: PlanDraft, path: Path, kind: str, around: Around) -> None:
    """Another kind: what it has no use for goes, what it needs comes."""

    def deed(values: Any) -> None:
        module = values
        for step in path:
            module = module[step]
        module["kind"] = kind
        for key in OF_KIND[kind]:
            module.pop(key, None)
        if kind == "sheets" and not module.get("criteria"):
            module["criteria"] = [plan_parts.criterion([], "points") | {"max": module.get("full", 100)}]
        if kind == "members":
            module.setdefault("event", around.events[0][0] if around.events else "")

    what = Said("“{label}”", {"label": tr("Where the score comes from")})
    draft.change(Said("change of {what}", {"what": what}), path, deed)
    around.remake()


def _panel(draft: PlanDraft, path: Path) -> list[QWidget]:
    here = (*path, "panel")
    across = Choice(draft, (*here, "across"), tr("Put together"), default="sheet", choices=[
        ("sheet", tr("each judge's total")), ("criterion", tr("criterion by criterion@choice"))])  # fmt: skip
    combine = Choice(draft, (*here, "combine"), tr("Of several judges"), combining(), default="mean")
    return [pair(across, combine), pair(*dropping(draft, here))]


def _rounding(draft: PlanDraft, path: Path) -> QWidget:
    score = digits(draft, (*path, "round", "module"), tr("Score rounded to"))
    passing = Line(draft, (*path, "pass"), tr("Pass mark"), unit=tr("points@unit"), default=tr("none"))
    return pair(score, passing)


def _rare_rounding(draft: PlanDraft, path: Path) -> bool:
    more = ("criterion", "factored", "sheet", "attempt")
    return (
        any(draft.get((*path, "round", key)) is not None for key in more)
        or draft.get((*path, "attempts")) is not None
        or draft.get((*path, "panel", "drop_if_at_least")) is not None
    )


def _members(draft: PlanDraft, path: Path, around: Around) -> list[QWidget]:
    events = Choice(draft, (*path, "event"), tr("Results of the members in"), around.events)
    take = Choice(draft, (*path, "take"), tr("Of several members"), default="sum", choices=[
        ("sum", tr("they are added up")), ("mean", tr("the mean is taken")),
        ("best", tr("the best one counts"))])  # fmt: skip
    best = Line(draft, (*path, "best"), tr("Only so many of the best"), reading=whole, default=tr("all"))
    missing = Choice(draft, (*path, "missing"), tr("A member without a result"), default="unranked", choices=[
        ("unranked", tr("leaves the team unranked")), ("zero", tr("counts as 0"))])  # fmt: skip
    return [events, pair(take, best), pair(missing, QWidget())]


def _adding(draft: PlanDraft, path: Path, kind: str, around: Around) -> QWidget:
    """What may stand below the module."""
    made: list[QWidget] = []
    if kind == "sheets":
        button = Button(tr("Add a criterion"), "plus", small=True)
        made.append(on_click(button, lambda: around.go(plan_parts.add_criterion(draft, path, "points"))))
    if kind != "members":
        for key, word in (("time_bands", tr("Points off by time")), ("time_factors", tr("Factor by time"))):
            if draft.get((*path, key)) is None:
                button = Button(word, "timer", small=True)
                made.append(on_click(button, partial(_add_bands, draft, path, key, around)))
    box = QWidget()
    wide = sum(button.sizeHint().width() for button in made) < theme.px("measure.formWidth") * 3 // 4
    abreast = 3 if wide else 2
    lines = [row(*made[at : at + abreast], None) for at in range(0, len(made), abreast)]
    box.setLayout(column(*lines, gap=2))
    box.setVisible(bool(made))
    return box


def _add_bands(draft: PlanDraft, path: Path, key: str, around: Around) -> None:
    around.go(add_bands(draft, path, key))


def add_bands(draft: PlanDraft, path: Path, key: str) -> Path:
    """The first rows of points off, or of a factor, by time."""
    rows = [[480, "0.2"]] if key == "time_bands" else [[0, 1], [900, "0.95"]]
    what = Said("points off by time@what") if key == "time_bands" else Said("a factor by time@what")
    draft.change(
        Said("{what} added", {"what": what}), (*path, key), lambda values: _put(values, path, key, rows)
    )
    return (*path, key)


def _put(values: Any, path: Path, key: str, rows: list[Any]) -> None:
    for step in path:
        values = values[step]
    values[key] = rows


def _rare(draft: PlanDraft, path: Path, kind: str, around: Around) -> list[QWidget]:
    basis = Choice(draft, (*path, "basis"), tr("Weight is taken of"), default="score", choices=[
        ("score", tr("the points as they are")), ("percent", tr("the share of the full marks"))])  # fmt: skip
    absent = Choice(draft, (*path, "absent_module"), tr("Whoever is absent"), default="unranked", choices=[
        ("unranked", tr("is not ranked")), ("zero", tr("gets 0 here"))])  # fmt: skip
    found: list[QWidget] = [pair(basis, absent)]
    if kind != "members":
        found.append(pair(*_attempts(draft, path)))
    if kind == "direct":
        found.append(pair(digits(draft, (*path, "round", "attempt"), tr("Each attempt")), QWidget()))
    if kind == "sheets":
        found += _rare_panel(draft, path, around)
    if kind != "members":
        found.append(_conflict(draft, path, around))
        found.append(Switch(draft, (*path, "blind"), tr("Works are marked under codes, without names")))
    return found


def _attempts(draft: PlanDraft, path: Path) -> tuple[QWidget, QWidget]:
    here = (*path, "attempts")
    take = Choice(draft, (*here, "take"), tr("Of several attempts"), default="best", choices=[
        ("best", tr("the best one counts")), ("last", tr("the last one counts")),
        ("mean", tr("their mean counts")), ("sum", tr("their sum counts")),
        ("trimmed", tr("the mean counts, without the best and the worst"))])  # fmt: skip
    return Line(draft, (*here, "count"), tr("Attempts"), reading=whole, default="1"), take


def _rare_panel(draft: PlanDraft, path: Path, around: Around) -> list[QWidget]:
    rungs = [("criterion", tr("Each criterion rounded to")), ("factored", tr("After its factor")),
             ("sheet", tr("Each judge's total")), ("attempt", tr("Each attempt"))]  # fmt: skip
    rounds = [digits(draft, (*path, "round", key), word) for key, word in rungs]
    drop_from = dropped_from(draft, (*path, "panel"))
    gap = Line(draft, (*path, "max_gap"), tr("Judges' totals apart at most"), unit=tr("points@unit"),
               default=tr("no limit"))  # fmt: skip
    return [pair(*rounds[:2]), pair(*rounds[2:]), pair(drop_from, gap), *_normalise(draft, path, around)]


def _normalise(draft: PlanDraft, path: Path, around: Around) -> list[QWidget]:
    here = (*path, "normalise")
    now = draft.get((*here, "by"))
    choices: Choices = [(None, tr("not at all@even")), ("judge", tr("between judges (one mean, one spread)")),
                        ("group", tr("between judging groups (ratio of means)"))]  # fmt: skip
    even = Pick(tr("Marks are evened out"), choices, now, lambda by: _even_out(draft, here, by, around))
    if now == "judge":
        mean = Line(draft, (*here, "mean"), tr("Mean afterwards"), default="100")
        spread = Line(draft, (*here, "sd"), tr("Standard deviation afterwards"), default="20")
        return [even, pair(mean, spread)]
    if now == "group":
        trim = Line(draft, (*here, "trim"), tr("Highest and lowest left out of a group's mean"),
                    reading=whole, default="0")  # fmt: skip
        return [even, trim]
    return [even]


def _even_out(draft: PlanDraft, here: Path, by: object, around: Around) -> None:
    """Each way of evening out has its one method."""
    method = {"judge": "z-score", "group": "mean-ratio"}.get(str(by))
    draft.put(here, {"by": by, "method": method} if method else None, Said("“{label}”", {
        "label": tr("Marks are evened out")}))  # fmt: skip
    draft.seal()
    around.remake()


def _conflict(draft: PlanDraft, path: Path, around: Around) -> QWidget:
    """回避: what becomes of a mark for one's own, and how far one's own reaches."""
    here = (*path, "conflict")
    held = draft.get(here)
    rule = dict(held) if isinstance(held, dict) else {"mode": held} if held else {}
    reach = rule.get("up_to")
    first = reach[0] if isinstance(reach, list) and reach else reach or None

    def put(**changed: Any) -> None:
        now = {key: value for key, value in (rule | changed).items() if value}
        short = now.get("mode") if set(now) <= {"mode"} else now
        draft.put(here, short, Said("“{label}”", {"label": tr("A judge's mark for their own unit")}))
        draft.seal()
        around.remake()

    usual = tr("is set aside") if draft.get((*path, "blind")) is True else tr("is refused")
    modes: Choices = [(None, tr("{choice} (usual)", choice=usual)), ("refuse", tr("is refused")),
                      ("set_aside", tr("is set aside"))]  # fmt: skip
    mode = Pick(tr("A judge's mark for their own unit"), modes, rule.get("mode"), lambda to: put(mode=to))
    units: Choices = [(None, tr("the same unit and employer")), *around.organisations]
    if first is not None and all(code != first for code, _ in units):
        units = [*units, (first, str(first))]
    far = Pick(tr("Their own is"), units, first, lambda to: put(up_to=[to] if to else None))
    return pair(mode, far)


def bands_form(draft: PlanDraft, path: Path, around: Around) -> Form:
    """超时扣分: from how many seconds on how many points come off, or by what the score is multiplied."""
    off = path[-1] == "time_bands"
    heads = (tr("Time from (s)"), tr("Points off") if off else tr("Factor"), tr("That is"))
    grid = PairGrid(draft, path, heads, _explain_off if off else _explain_factor, _next_band)
    away = on_click(Button(tr("Take all rows away"), "trash-2", "quiet", small=True),
                    lambda: _take_bands(draft, path, around))  # fmt: skip
    box = QWidget()
    box.setLayout(column(grid, row(away, None), gap=2))
    hint = (
        tr("A row counts from its time up to that of the next one; before the first nothing comes off.")
        if off else tr("A row counts from its time up to that of the next one; before the first it is 1.")
    )  # fmt: skip
    word = tr("Points off by time") if off else tr("Factor by time")
    return Form(draft, [*crumbs_of(draft, path), word], [box], hint)


def _take_bands(draft: PlanDraft, path: Path, around: Around) -> None:
    draft.seal()
    draft.put(path, None, Said("“{label}”", {"label": tr("That is")}))
    around.go(path[:-1])


def clock(seconds: object) -> str:
    """Seconds as minutes and seconds: 490 → 8:10; a dash for what is no number."""
    number = decimal_of(seconds)
    if number is None:
        return "—"
    minutes, rest = divmod(number, 60)
    whole_rest = figure_text(rest)
    return f"{minutes:f}:{whole_rest.zfill(2) if '.' not in whole_rest else whole_rest}"


def _span(rows: Any, place: int) -> str:
    start = clock(rows[place][0]) if isinstance(rows[place], list) and rows[place] else "—"
    if place + 1 < len(rows) and isinstance(rows[place + 1], list) and rows[place + 1]:
        return tr("from {start} up to {end}", start=start, end=clock(rows[place + 1][0]))
    return tr("from {start} on", start=start)


def _explain_off(rows: Any, place: int) -> str:
    points = rows[place][1] if isinstance(rows[place], list) and len(rows[place]) == 2 else None
    if decimal_of(points) == 0:
        return tr("{span}: nothing off", span=_span(rows, place))
    return tr("{span}: {points} off", span=_span(rows, place), points=figure_text(points) or "—")


def _explain_factor(rows: Any, place: int) -> str:
    factor = rows[place][1] if isinstance(rows[place], list) and len(rows[place]) == 2 else None
    return tr("{span}: score × {factor}", span=_span(rows, place), factor=figure_text(factor) or "—")


def _next_band(rows: Any) -> list[Any]:
    last = rows[-1] if rows and isinstance(rows[-1], list) and len(rows[-1]) == 2 else [0, 0]
    start = decimal_of(last[0])
    return [int(start) + 30 if start is not None else "", last[1]]


def _hint(kind: str) -> str:
    if kind == "direct":
        return tr("The score is typed on the page of marking or imported; no judge marks it.")
    if kind == "members":
        return tr("A member's figure is the total of the last stage there, found by the person.")
    return tr("Rows of a spreadsheet can be pasted onto the module in the tree.")
