"""Certificates are read back from their PDF: words, places, codes; what cannot be is refused by name."""

import errno
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import zxingcpp
from pdf_boxes import Char, chars, lines, picture, text
from PIL import Image, ImageDraw

from competition_app import paths
from competition_app.documents import saving
from competition_app.documents.certificates import certificates
from competition_app.documents.certificates.certificate_content import CertificateContent
from competition_app.documents.certificates.certificate_layout import (
    layout,
    layout_names,
    layout_schema,
    read_layout,
)
from competition_app.documents.certificates.certificate_page import PageSetter
from competition_app.documents.certificates.certificates import (
    Printing,
    check,
    file_name,
    pdf_bytes,
    write_each,
    write_pdf,
)
from competition_app.domain.errors import Refusal

ONE = CertificateContent(
    serial="SZ2025-UAV-1-0001",
    name="陆明远",
    award="一等奖",
    contest="2025年沈东市数智技术应用劳动竞赛",
    theme="智驱未来、助力决胜",
    event="无人机装调检修工",
    stage="决赛",
    organisation="沈东地铁运营集团有限公司",
    issuers=("沈东市总工会", "沈东市城建交通农林工会"),
    issued_on=date(2025, 9, 2),
)
NAMES = (
    "王芳", "陆明远", "欧阳靖宇", "欧阳䶮", "宋𬱖", "马骁", "蒋伯钧",
    "迪丽努尔·阿卜杜凯尤木江", "阿卜杜热依木·麦麦提图尔荪", "Jean-Luc O’Neill",
)  # fmt: skip
FIRMS = (
    "",
    "水务集团",
    "沈东地铁运营集团有限公司",
    "沈东市轨道交通建设运营集团有限公司通号分公司信号检修车间第三工班组",
)
EVENTS = ("焊接技术工", "无人机装调检修工", "信息通信网络运行管理员（5G移动通信网络优化方向）")
ISSUERS = ("沈东市人力资源和社会保障局", "沈东市总工会", "沈东市城建交通农林工会")
AWARDS = ("一等奖", "优秀组织奖", "最佳技术创新成果奖")


def cases() -> Iterator[CertificateContent]:
    for name, firm in product(NAMES, FIRMS):
        yield replace(ONE, name=name, organisation=firm)
    for event, count, award in product(EVENTS, (1, 2, 3), AWARDS):
        yield replace(ONE, event=event, issuers=ISSUERS[-count:], award=award)
    for day in (date(2025, 10, 31), date(2030, 12, 20)):
        yield replace(ONE, issued_on=day)
    yield replace(
        ONE, name=NAMES[8], organisation=FIRMS[3], event=EVENTS[2], issuers=ISSUERS, award=AWARDS[2]
    )


CASES = tuple(cases())


def words(content: CertificateContent) -> Iterator[str]:
    yield from (content.name, content.organisation, content.event, content.award, content.closing)
    yield from (content.serial_note, content.contest, content.theme)


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf_bytes(CASES, "honour", Printing(proof=True))


@pytest.mark.parametrize("number", range(len(CASES)))
def test_every_word_stands_on_the_page_and_nothing_near_the_frame(printed: bytes, number: int) -> None:
    content = CASES[number]
    read = "".join(text(printed, number).split())
    for word in words(content):
        assert "".join(word.split()) in read
    for issuer in content.issuers:
        assert set(issuer) <= set(read)
    for char in chars(printed, number):
        if char.text.strip():
            assert char.left >= 24
            assert char.right <= 297 - 24
            assert char.top >= 24
            assert char.bottom <= 210 - 24


def overlap(one: Char, other: Char) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0.2 and down > 0.2


@pytest.mark.parametrize("number", [0, 3, len(CASES) - 1, *range(40, 67, 5)])
def test_no_text_lies_over_another(printed: bytes, number: int) -> None:
    found = [char for char in chars(printed, number) if char.text.strip()]
    for i, one in enumerate(found):
        assert not any(overlap(one, other) for other in found[i + 1 :]), one


@pytest.mark.parametrize(("layout_name", "middle"), [("honour", 148.5), ("plain", 105.0)])
def test_what_is_centred_stands_on_the_axis(layout_name: str, middle: float) -> None:
    centred = {"honour": {"荣誉证书", "一等奖"}, "plain": {"获奖证书", "一等奖", "陆明远"}}[layout_name]
    page = PageSetter(layout(layout_name)).page(ONE)
    found = {placed.line.text: placed for placed in page.texts if placed.line.text in centred}
    assert set(found) == centred
    for words, placed in found.items():
        assert (placed.x + placed.right) / 2 == pytest.approx(middle, abs=0.001)
        (drawn,) = [
            row for row in lines(pdf_bytes([ONE], layout_name)) if "".join(c.text for c in row) == words
        ]
        ink = (min(c.left for c in drawn) + max(c.right for c in drawn)) / 2
        assert ink == pytest.approx(middle, abs=0.02 * drawn[0].size)


def test_the_places_of_the_usual_certificate() -> None:
    found = {"".join(c.text for c in line): line for line in lines(pdf_bytes([ONE], "honour", Printing()))}
    baselines = {words: round(line[0].baseline, 1) for words, line in found.items()}
    assert baselines == {
        "荣誉证书": 57.0,
        "沈东地铁运营集团有限公司陆明远同志：": 81.0,
        "在“智驱未来、助力决胜”2025年沈东市数智技术应用劳动竞赛": 96.4,
        "无人机装调检修工赛项决赛中，成绩优异，荣获": 108.8,
        "一等奖": 129.3,
        "特发此证，以资鼓励。": 144.3,
        "沈东市总工会沈东市城建交通农林工会": 160.5,
        "扫码可核验": 167.8,
        "二〇二五年九月二日": 169.9,
        "编号 SZ2025-UAV-1-0001": 173.8,
    }
    assert [found["荣誉证书"][0].size, found["一等奖"][0].size] == [56, 42]
    assert "\u3007" in text(pdf_bytes([ONE]))


def test_three_lines_or_three_issuers_take_the_dense_setting() -> None:
    for dense in (replace(ONE, issuers=ISSUERS), CASES[-1]):
        first = lines(pdf_bytes([dense]))[0]
        assert ("".join(c.text for c in first), round(first[0].baseline, 1), first[0].size) == (
            "荣誉证书",
            52.0,
            52,
        )


def test_the_date_stands_under_the_last_issuer() -> None:
    found = lines(pdf_bytes([ONE], "honour", Printing()))
    day = next(line for line in found if "〇" in line[0].text + line[1].text)
    issuers = next(line for line in found if round(line[0].baseline, 1) == 160.5)
    last = issuers[-len("沈东市城建交通农林工会") :]
    assert (day[0].x + day[-1].x) / 2 == pytest.approx((last[0].x + last[-1].x) / 2, abs=0.05)


@pytest.mark.parametrize("layout_name", layout_names())
@pytest.mark.parametrize("content", [ONE, CASES[-1], replace(ONE, name="宋𬱖")], ids=lambda c: c.name)
def test_the_code_is_read_from_a_grey_picture(layout_name: str, content: CertificateContent) -> None:
    content = replace(content, issuers=ISSUERS[:1])
    (read,) = zxingcpp.read_barcodes(picture(pdf_bytes([content], layout_name), dpi=200))
    title = layout(layout_name).title
    assert read.text == f"{title} {content.name} {content.award} 验真 {content.serial}"


def test_names_with_markup_are_only_text() -> None:
    nasty = '<b>R&D</b> <img src="x.png">=cmd|%s\\(n)'
    content = replace(ONE, name=nasty, organisation="=HYPERLINK(1)", event="<para>&amp;")
    read = "".join(text(pdf_bytes([content])).split())
    assert "".join(nasty.split()) in read
    assert "<para>&amp;" in read
    (code,) = zxingcpp.read_barcodes(picture(pdf_bytes([content])))
    assert nasty in code.text


def test_a_control_character_is_refused_by_name_and_shows_nothing(tmp_path: Path) -> None:
    content = replace(ONE, name="陆\x07明远")
    (checked,) = check([content])
    assert [problem.code for problem in checked.problems] == ["missing_glyph"]
    assert checked.problems[0].more["name"] == content.name
    with pytest.raises(Refusal, match=r"U\+0007"):
        write_pdf([ONE, content], tmp_path / "all.pdf")
    assert not list(tmp_path.iterdir())
    assert "陆明远" in text(pdf_bytes([content]))


def test_what_no_font_has_is_refused_by_name() -> None:
    (checked,) = check([replace(ONE, name="张\ue123")])
    assert checked.problems[0].more == {"serial": ONE.serial, "name": "张\ue123", "character": "\ue123"}


@pytest.mark.parametrize(
    "content",
    [
        replace(ONE, name="阿" * 30),
        replace(ONE, event="超长的赛项名称" * 12),
        replace(ONE, award="特别贡献创新先锋示范引领标兵单位称号荣誉奖项名称" * 2),
        replace(ONE, organisation="很长的单位名称" * 12),
        replace(ONE, issuers=("沈东市总工会",) * 5),
        replace(ONE, issuers=("沈东市人力资源和社会保障局职业能力建设与技能人才评价处",) * 3),
    ],
)
def test_what_does_not_fit_is_refused_and_never_cut(content: CertificateContent) -> None:
    (checked,) = check([content])
    assert {problem.code for problem in checked.problems} <= {"does_not_fit", "too_many_issuers"}
    assert checked.problems
    assert all(problem.more["serial"] == ONE.serial for problem in checked.problems)


def test_shrunk_texts_are_reported_and_still_fit() -> None:
    usual, long = check([ONE, replace(ONE, name=NAMES[8])])
    assert (usual.shrunk, long.shrunk) == (False, True)
    assert not long.problems


@pytest.mark.parametrize("count", [1, 2, 83, 500])
def test_as_many_pages_as_certificates(tmp_path: Path, count: int) -> None:
    contents = [replace(ONE, serial=f"SZ2025-UAV-1-{n:04d}") for n in range(1, count + 1)]
    seen: list[tuple[int, int]] = []
    done = write_pdf(contents, tmp_path / "all.pdf", progress=lambda a, b: seen.append((a, b)))
    data = (tmp_path / "all.pdf").read_bytes()
    assert done == count
    assert seen[-1] == (count, count)
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    assert len(document) == count
    assert contents[-1].serial in text(data, count - 1)
    assert document.get_metadata_dict()["Title"].startswith("荣誉证书 无人机装调检修工 SZ2025-UAV-1-0001")
    assert b"Helvetica" not in data


def test_no_certificate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no certificate"):
        write_pdf([], tmp_path / "all.pdf")


def test_a_file_each_named_by_number_and_name(tmp_path: Path) -> None:
    contents = [replace(ONE, serial="A-1"), replace(ONE, serial="A-2", name="a/b:c")]
    written = write_each(contents, tmp_path / "apart")
    assert [path.name for path in written] == ["A-1 陆明远.pdf", "A-2 a_b_c.pdf"]
    assert "A-2" in text(written[1].read_bytes())
    assert file_name(replace(ONE, name="x" * 200)).endswith(".pdf")


def test_stopping_leaves_nothing_and_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "all.pdf"
    target.write_bytes(b"old")

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_pdf([ONE], target, progress=stop)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("all.pdf", b"old")]


@pytest.mark.parametrize(
    ("code", "said"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "read-only")],
)
def test_a_full_or_closed_disk_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(saving.os, "fsync", fail)
    with pytest.raises(Refusal, match=said):
        write_pdf([ONE], tmp_path / "all.pdf")
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="does not exist"):
        write_pdf([ONE], tmp_path / "nowhere" / "all.pdf")


def red_part(pdf: bytes, box: tuple[int, int, int, int]) -> float:
    import pypdfium2

    shown = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("RGB").crop(box)
    found = shown.get_flattened_data() if hasattr(shown, "get_flattened_data") else shown.getdata()
    points: list[Any] = list(found)
    return sum(r > 150 and g < 120 and b < 120 for r, g, b in points) / len(points)


def test_a_seal_takes_the_place_of_the_dashed_circle(tmp_path: Path) -> None:
    stamp = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(stamp).ellipse((5, 5, 195, 195), outline=(200, 30, 30, 255), width=30)
    stamp.save(tmp_path / "seal.png")
    sealed = pdf_bytes([ONE, ONE], "honour", Printing(seals=((str(tmp_path / "seal.png"), 40, 40), None)))
    plain = pdf_bytes([ONE], "honour", Printing())
    around = tuple(int(mm / 25.4 * 144) for mm in (138, 142, 182, 184))
    assert red_part(sealed, around) > 0.1 > red_part(plain, around)
    assert "沈东市总工会" in text(sealed)
    assert "盖章处" in text(pdf_bytes([ONE], "honour", Printing(proof=True)))
    assert "盖章处" not in text(sealed)


def test_a_team_is_addressed_without_a_title_and_the_colon_stands_at_its_name() -> None:
    page = PageSetter(layout("honour")).page(replace(ONE, name="智驱未来联队", honorific="", organisation=""))
    name, colon = (next(t for t in page.texts if t.line.text == text) for text in ("智驱未来联队", "："))
    assert colon.x == pytest.approx(name.right)


@pytest.mark.parametrize("kind", ["none", "text", "opaque", "jpeg"])
def test_what_is_no_seal_is_refused(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "seal.png"
    if kind == "text":
        file.write_text("no picture", encoding="utf-8")
    elif kind != "none":
        Image.new("RGB", (20, 20), "white").save(file, "JPEG" if kind == "jpeg" else "PNG")
    with pytest.raises(Refusal, match=r"seal\.png is no seal"):
        write_pdf([ONE], tmp_path / "all.pdf", printing=Printing(seals=((str(file), 40, 40),)))
    assert not (tmp_path / "all.pdf").exists()


def test_the_layouts_keep_to_their_schema() -> None:
    shipped = paths.resources() / "schema" / "certificate-layout.schema.json"
    assert shipped.read_text(encoding="utf-8") == layout_schema()
    for name in layout_names():
        file = paths.resources() / "layouts" / f"{name}.json"
        jsonschema.validate(json.loads(file.read_text(encoding="utf-8")), json.loads(layout_schema()))


def test_pre_printed_paper_gets_the_words_alone_and_moved() -> None:
    whole, bare = (
        pdf_bytes([ONE], "honour", p) for p in (Printing(), Printing(only_text=True, offset=(0.5, -1.2)))
    )
    for one, other in zip(chars(whole), chars(bare), strict=True):
        assert other.left - one.left == pytest.approx(0.5, abs=0.01)
        assert other.baseline - one.baseline == pytest.approx(-1.2, abs=0.01)
    assert len(bare) < len(whole) / 2


def test_a_wrong_layout_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"format": "certificate-layout", "version": 1, "name": "x"}', encoding="utf-8")
    with pytest.raises(Refusal, match="labels"):
        read_layout(file)
    assert certificates.layout("honour").page == (297, 210)
