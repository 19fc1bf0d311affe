"""Certificates against their floor: bare reportlab drawing the same words, ornament and QR code."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import segno
from reportlab.pdfgen import canvas

from bench import Measured, best
from competition_app.documents.certificates import certificates
from competition_app.documents.certificates.certificate_content import CertificateContent
from competition_app.documents.certificates.certificate_layout import layout
from competition_app.documents.certificates.certificate_page import PageSetter
from competition_app.documents.paper import fonts
from competition_app.documents.paper.typesetting import MM, Line

OFFICE = 3.9
"""Pages a second of the office's mail merge to PDF, batched, as measured once."""
FIRMS = (
    "沈东地铁运营集团有限公司",
    "沈东燃气集团股份有限公司",
    "沈东市公共交通集团有限责任公司",
    "沈东水务集团有限公司",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "明远雨桐靖宇伯钧佳音承泽文博立言清扬景行青禾心远在田砚秋若溪景山乐之"


def contents(count: int) -> list[CertificateContent]:
    first = CertificateContent(
        serial="",
        name="",
        award="一等奖",
        contest="2025年沈东市数智技术应用劳动竞赛",
        theme="智驱未来、助力决胜",
        event="无人机装调检修工",
        stage="决赛",
        issuers=("沈东市总工会", "沈东市城建交通农林工会"),
        issued_on=date(2025, 9, 2),
    )
    return [
        replace(
            first,
            serial=f"SZ2025-UAV-{1 + i % 3}-{i + 1:04d}",
            name=SURNAMES[i % len(SURNAMES)] + GIVEN[i % 31 : i % 31 + 1 + i % 2],
            organisation=FIRMS[i % len(FIRMS)],
            award=("一等奖", "二等奖", "三等奖")[i % 3],
        )
        for i in range(count)
    ]


def bare(papers: Sequence[CertificateContent], lines: Sequence[Sequence[tuple[Line, float, float]]]) -> None:
    """What anybody would write with reportlab: the ground once as a form, then strings and a QR path."""
    drawn = canvas.Canvas(BytesIO(), pagesize=(297 * MM, 210 * MM), pageCompression=1)
    drawn.beginForm("ground")
    for i in range(400):
        drawn.circle(148.5 * MM, 105 * MM, (20 + i / 10) * MM)
    drawn.endForm()
    for one, placed in zip(papers, lines, strict=True):
        drawn.doForm("ground")
        for line, x, y in placed:
            bare_line(drawn, line, x, y)
        bare_code(drawn, f"荣誉证书 {one.name} {one.award} 验真 {one.serial}")
        drawn.showPage()
    drawn.save()


def bare_line(drawn: canvas.Canvas, line: Line, x: float, y: float) -> None:
    for face, text in fonts.runs(line.role, line.text):
        drawn.setFont(f"Paper-{face}", line.size)
        drawn.drawString(x, y, text, charSpace=line.gap)


def bare_code(drawn: canvas.Canvas, text: str) -> None:
    made = segno.make_qr(text, error="m", encoding="utf-8", mask=0, boost_error=False)
    drawn.saveState()
    drawn.translate(46 * MM, 56 * MM)
    drawn.scale(1.5, 1.5)
    path = drawn.beginPath()
    for y, row in enumerate(made.matrix):
        for run in re.finditer(b"\x01+", row):
            path.rect(run.start(), -y - 1, run.end() - run.start(), 1)
    drawn.drawPath(path, stroke=0, fill=1)
    drawn.restoreState()


def measure(count: int = 1000) -> list[Measured]:
    """One file, a file each, and the floor: the lines are set beforehand, since setting is not its work."""
    papers = contents(count)
    setter = PageSetter(layout("honour"))
    lines = [[(t.line, t.x * MM, (210 - t.y) * MM) for t in setter.page(one).texts] for one in papers]
    with TemporaryDirectory() as folder:
        target = Path(folder) / "all.pdf"
        certificates.write_pdf(papers[:3], target)  # fonts and ornaments are loaded once a process
        whole = count / best(lambda: certificates.write_pdf(papers, target))
        apart = 100 / best(lambda: certificates.write_each(papers[:100], Path(folder) / "apart"), 1)
    floor = count / best(lambda: bare(papers, lines), 2)
    return [
        Measured("certificates, one file", whole, "pages/s", 700, at_most=False),
        Measured("certificates against bare reportlab", whole, "pages/s", 0.8, floor, at_most=False),
        Measured(
            "certificates against the office's mail merge", whole, "pages/s", 100, OFFICE, at_most=False
        ),
        Measured("certificates, a file each", apart, "files/s", 40, at_most=False),
    ]
