"""Lists of units and judges as tables: the cells of a workbook's first sheet, and templates to fill in."""

import io
from collections.abc import Sequence
from pathlib import Path

from competition_app.documents.reading.reading import read_workbook
from competition_app.documents.saving import save
from competition_app.domain.registration.writing import Cell

UNITS = ("单位名称", "上级单位", "类型", "简称", "统一社会信用代码", "联系人", "联系电话")
UNIT_KINDS = ("工会", "企业", "车间", "工作室", "其他")
JUDGES = ("姓名", "单位", "角色", "组别")
JUDGE_ROLES = ("裁判", "裁判长", "加密裁判", "监督员")
_ROWS = 500
_WIDE, _NARROW = 30, 16


def first_table(path: Path) -> tuple[tuple[Cell, ...], ...]:
    """The cells of the first visible sheet that holds any. Raises Refusal for a file that cannot be read."""
    for sheet in read_workbook(path).sheets:
        if sheet.visible and any(any(row) for row in sheet.rows):
            return tuple(map(tuple, sheet.rows))
    return ()


def write_list(target: Path, title: str, heads: Sequence[str], chosen: str, choices: Sequence[str]) -> None:
    """Saves an empty list with these heads; in the column ``chosen`` one chooses among ``choices``."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F1F0ED"})
        for place, word in enumerate(heads):
            sheet.set_column(place, place, _WIDE if "单位" in word or "代码" in word else _NARROW, text)
            sheet.write(0, place, word, head)
        place = list(heads).index(chosen)
        sheet.data_validation(1, place, _ROWS, place, {"validate": "list", "source": list(choices)})
        sheet.freeze_panes(1, 0)
    data = made.getvalue()
    save(target, lambda file: file.write(data))
