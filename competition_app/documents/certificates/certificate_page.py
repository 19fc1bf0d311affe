"""One certificate set on its page: texts at their sizes and places, or what keeps it from printing."""

from dataclasses import dataclass, field, replace

from competition_app.documents.certificates.certificate_content import CertificateContent, sentence_text
from competition_app.documents.certificates.certificate_layout import (
    AddressBox,
    Below,
    IssuersBox,
    Layout,
    LineBox,
    ParagraphBox,
    QrBox,
    Setting,
)
from competition_app.documents.paper import fonts
from competition_app.documents.paper.paper import SetText
from competition_app.documents.paper.typesetting import (
    MM,
    Line,
    balanced,
    chinese_date,
    fitting_size,
    line,
    paragraph,
)
from competition_app.domain.errors import Problem, Said

_EM_MM = 1 / MM


@dataclass(slots=True)
class Page:
    """A set page. ``flourishes``: (left end, right end, y, colour); ``seals``: (x, y, diameter) by issuer."""

    texts: list[SetText] = field(default_factory=list)
    flourishes: list[tuple[float, float, float, str]] = field(default_factory=list)
    seals: list[tuple[float, float, float]] = field(default_factory=list)
    codes: list[tuple[str, float, float, float]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    shrunk: bool = False

    def add(self, other: "Page") -> None:
        """Take over what stands on another page."""
        self.texts += other.texts
        self.flourishes += other.flourishes
        self.seals += other.seals
        self.codes += other.codes
        self.problems += other.problems
        self.shrunk = self.shrunk or other.shrunk


class PageSetter:
    """Sets certificates in one layout; what many certificates share is set once."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._common: dict[CertificateContent, tuple[Setting, Page]] = {}

    def page(self, content: CertificateContent) -> Page:
        """The page of one certificate; its problems name the person."""
        content = replace(content, title=content.title or self.layout.title)
        shared = replace(content, serial="", name="", organisation="", note="", honorific="")
        found = self._common.get(shared)
        if found is None:
            found = self._common[shared] = self._set_common(shared)
        setting, common = found
        page = Page()
        page.add(common)
        for box in setting.boxes:
            if isinstance(box, AddressBox):
                _set_address(page, box, content)
            elif isinstance(box, QrBox):
                _set_code(page, box, content)
            elif isinstance(box, LineBox) and box.variable in _OWN:
                _set_line(page, box, content, {}, {})
        page.texts.sort(key=lambda placed: (placed.y, placed.x))  # read and copied from top to bottom
        page.problems += _missing(content)
        page.problems = [_named(problem, content) for problem in page.problems]
        return page

    def _set_common(self, content: CertificateContent) -> tuple[Setting, Page]:
        """The roomiest setting that takes sentence and issuers, with all that does not name a person."""
        for setting in self.layout.settings:
            last = setting is self.layout.settings[-1]
            if len(content.issuers) > setting.issuers and not last:
                continue
            body = next(box for box in setting.boxes if isinstance(box, ParagraphBox))
            lines = _sentence_lines(body, content)
            if lines is not None and len(lines) > setting.lines and not last:
                continue
            return setting, _common_page(setting, body, lines, content)
        raise AssertionError("a layout has a last setting")


_OWN = frozenset({"name", "organisation", "serial_note"})


def _sentence_lines(box: ParagraphBox, content: CertificateContent) -> tuple[Line, ...] | None:
    phrases = content.sentence if box.wording == "full" else content.event_sentence
    if box.align == "balanced":
        return balanced(phrases, box.font, box.sizes, box.width * MM, box.lines)
    return paragraph(phrases, box.font, box.sizes, box.width * MM, box.indent, box.lines)


def _common_page(
    setting: Setting, body: ParagraphBox, lines: tuple[Line, ...] | None, content: CertificateContent
) -> Page:
    page = Page()
    ends: dict[str, float] = {}
    sizes: dict[str, float] = {}
    if lines is None:
        text = sentence_text(content.sentence)
        page.problems.append(_no_room(text, body.sizes[-1], body.width, body.lines))
        lines = ()
    _set_paragraph(page, body, lines)
    ends[body.name] = body.y + max(0, len(lines) - 1) * body.leading
    sizes[body.name] = lines[0].size if lines else body.sizes[0]
    page.shrunk = sizes[body.name] < body.sizes[0]
    if len(content.issuers) > setting.issuers:
        page.problems.append(
            Problem(
                "too_many_issuers",
                Said(
                    "This layout has room for {most} issuers, not {n}. Leave some out or change the layout.",
                    {"most": setting.issuers, "n": len(content.issuers)},
                ),
            )
        )
    for box in setting.boxes:
        if isinstance(box, LineBox) and box.variable not in _OWN:
            _set_line(page, box, content, ends, sizes)
        elif isinstance(box, IssuersBox):
            _set_issuers(page, box, content)
    return page


def _set_paragraph(page: Page, box: ParagraphBox, lines: tuple[Line, ...]) -> None:
    for number, one in enumerate(lines):
        if box.align == "balanced":
            x = box.x + box.width / 2 - one.middle / MM
        else:
            x = box.x + (box.indent * one.size / MM if number == 0 else 0)
        page.texts.append(SetText(one, x, box.y + number * box.leading, box.colour))


def _set_line(
    page: Page, box: LineBox, content: CertificateContent, ends: dict[str, float], sizes: dict[str, float]
) -> None:
    text = str(getattr(content, box.variable))
    if box.variable == "theme" and text:
        text = f"“{text}”"
    step = next((size for size in box.sizes if len(text) <= size.up_to), box.sizes[-1])
    wanted = sizes.get(box.size_like or "", step.size)
    y = ends[box.y.box] + box.y.by if isinstance(box.y, Below) else box.y
    x = box.x + (2 * sizes[box.indent_like] / MM if box.indent_like else 0)
    ends[box.name] = y
    size = fitting_size(box.font, text, wanted, min(box.least, wanted), box.width * MM, step.tracking)
    if size is None:
        page.problems.append(_no_room(text, box.least, box.width))
        size = box.least
    sizes[box.name] = size
    page.shrunk = page.shrunk or size < wanted
    one = line(box.font, size, text, step.tracking)
    if not one.pieces:
        return
    start = {"left": x, "centre": x - one.middle / MM, "right": x - one.width / MM}[box.align]
    page.texts.append(SetText(one, start, y, box.colour))
    if box.flourish:
        page.flourishes.append((start - 9, start + one.width / MM + 9, y - 0.38 * size / MM, box.flourish))


def _set_address(page: Page, box: AddressBox, content: CertificateContent) -> None:
    tracking = box.name_tracking if len(content.name) <= box.name_tracked_up_to else 0.0
    size = fitting_size(
        box.name_font, content.name, box.name_size, box.name_least, box.name_width * MM, tracking
    )
    if size is None:
        page.problems.append(_no_room(content.name, box.name_least, box.name_width))
        size = box.name_least
    name = line(box.name_font, size, content.name, tracking)
    suffix = line(box.font, box.firm_size, content.suffix)
    gap = box.gaps[1] if len(content.suffix) > 1 else 0.0  # a colon alone stands at the name
    room = (box.right - box.x - gap) * MM - name.width - suffix.width
    page.shrunk = page.shrunk or size < box.name_size
    if room < 0:
        page.problems.append(_no_room(content.name + content.suffix, size, box.right - box.x))
    x = box.x
    if content.organisation:
        x = _set_firm(page, box, content.organisation, room - box.gaps[0] * MM)
    page.texts.append(SetText(name, x, box.y))
    page.texts.append(SetText(suffix, x + name.width / MM + gap, box.y))


def _set_firm(page: Page, box: AddressBox, organisation: str, room: float) -> float:
    """Set the firm before the name where both fit, else on its own line above; where the name begins."""
    size = fitting_size(box.font, organisation, box.firm_size, box.firm_least, min(room, box.firm_width * MM))
    if size is not None:
        firm = line(box.font, size, organisation)
        page.texts.append(SetText(firm, box.x, box.y))
        page.shrunk = page.shrunk or size < box.firm_size
        return box.x + firm.width / MM + box.gaps[0]
    width = box.right - box.x
    size = fitting_size(box.font, organisation, box.own_line_size, box.own_line_least, width * MM)
    if size is None:
        page.problems.append(_no_room(organisation, box.own_line_least, width))
        size = box.own_line_least
    page.texts.append(SetText(line(box.font, size, organisation), box.x, box.y - box.own_line_above))
    return box.x


def _set_code(page: Page, box: QrBox, content: CertificateContent) -> None:
    text = fonts.shown(content.scanned)
    page.codes.append((text, box.x, box.y, box.side))


def _issuer_lines(box: IssuersBox, name: str, size: float) -> tuple[Line, ...]:
    """A name in one line, or in two that break before 和, 暨, 与 or about the middle."""
    if box.split_over is None or len(name) <= box.split_over:
        return (line(box.font, size, name, box.tracking),)
    half = len(name) // 2
    near = [i for i in range(2, len(name) - 1) if name[i] in "和暨与及" and abs(i - half) <= 2]
    cut = near[0] if near else half
    return tuple(line(box.font, size, part, box.tracking) for part in (name[:cut], name[cut:]))


def _set_issuers(page: Page, box: IssuersBox, content: CertificateContent) -> None:
    if not content.issuers:
        return
    day = chinese_date(content.issued_on)
    size = box.size
    while True:
        columns = [_issuer_lines(box, name, size) for name in content.issuers]
        date = line(box.font, size, day, box.tracking)
        widths = [max(box.least_column, max(one.width for one in lines) / MM + 6) for lines in columns]
        widths[-1] = max(widths[-1], date.width / MM + 2)
        if sum(widths) <= box.right - box.left or size <= box.least:
            break
        size -= 0.5
    if sum(widths) > box.right - box.left:
        page.problems.append(_no_room("、".join(content.issuers), box.least, box.right - box.left))
    rows = max(len(lines) for lines in columns)
    bottom = box.y + (rows - 1) * box.leading
    page.shrunk = page.shrunk or size < box.size
    left = box.right - sum(widths)
    for lines, width in zip(columns, widths, strict=True):
        middle = left + width / 2
        for number, one in enumerate(reversed(lines)):
            page.texts.append(SetText(one, middle - one.width / MM / 2, bottom - number * box.leading))
        page.seals.append((middle, (box.y + bottom) / 2 + box.seal_below, box.seal))
        left += width
    page.texts.append(SetText(date, middle - date.width / MM / 2, bottom + box.date_below))


def _no_room(text: str, size: float, width: float, lines: int = 1) -> Problem:
    return Problem(
        "does_not_fit",
        Said(
            "“{text}” does not fit {width} mm even at {size} pt. Shorten it or choose another layout.",
            {"text": fonts.shown(text), "size": f"{size:g}", "width": f"{width * lines:g}"},
        ),
    )


def _missing(content: CertificateContent) -> list[Problem]:
    """A problem for each character no font has."""
    texts = (
        content.name, content.note, content.organisation, content.serial, content.theme, content.contest,
        content.event, content.stage, content.award, content.closing, content.title, *content.issuers,
    )  # fmt: skip
    return fonts.missing_problems("K", content.name, texts)


def _named(problem: Problem, content: CertificateContent) -> Problem:
    return Problem(
        problem.code, problem.said, {"serial": content.serial, "name": content.name, **problem.more}
    )
