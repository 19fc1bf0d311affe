"""证书: winners, the real paper, making, the register, voiding, verifying."""

from collections.abc import Callable
from pathlib import Path

from competition_app.desktop import pictures
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.services.certificates import certificates
from competition_app.services.workspace import Workspace

Opened = Callable[..., MainWindow]


def make(window: MainWindow, target: Path, way: str = "合成一个 PDF") -> None:
    window.asking.answerer = lambda sheet: sheet.press(way)
    window.asking.choose_save = lambda *_: str(target)
    window.asking.choose_folder = lambda *_: str(target)
    window.frame.page().make_button.click()
    pictures.settle(window)


def states(window: MainWindow) -> list[str]:
    return [one.state for one in window.frame.page().winners]


def test_winners_stand_with_their_prizes_and_the_paper_is_shown(opened: Opened) -> None:
    window = opened(page="certificates")
    page = window.frame.page()
    assert [one.award for one in page.winners] == ["一等奖", "二等奖", "二等奖", "三等奖", "三等奖", "三等奖"]
    assert states(window) == ["waiting"] * 6
    assert page.preview.pdf is not None
    assert not page.panel.print_one.isEnabled()


def test_certificates_are_made_saved_and_registered(
    opened: Opened, tmp_path: Path, workspace: Workspace
) -> None:
    window = opened(page="certificates")
    make(window, tmp_path / "all.pdf")
    pdf = Pdf((tmp_path / "all.pdf").read_bytes())
    assert pdf.pages == 6
    pdf.close()
    register = workspace.ask(certificates.register, window.context.event_id)
    assert len({one.serial for one in register}) == 6
    assert states(window) == ["made"] * 6
    assert window.frame.page().panel.print_one.isEnabled()
    assert "6 张证书" in window.asking.record[-1].words


def test_a_file_each(opened: Opened, tmp_path: Path) -> None:
    window = opened(page="certificates")
    make(window, tmp_path / "each", "每人一个文件")
    assert len(list((tmp_path / "each").glob("*.pdf"))) == 6


def test_making_again_keeps_the_numbers(opened: Opened, tmp_path: Path, workspace: Workspace) -> None:
    window = opened(page="certificates")
    make(window, tmp_path / "one.pdf")
    first = [one.serial for one in window.frame.page().winners]
    make(window, tmp_path / "two.pdf")
    assert [one.serial for one in window.frame.page().winners] == first


def test_a_voided_paper_gets_a_new_number(opened: Opened, tmp_path: Path) -> None:
    window = opened(page="certificates")
    make(window, tmp_path / "one.pdf")
    page = window.frame.page()
    old = page.winners[0].serial

    def answer(sheet) -> None:
        sheet.press(f"作废 {old}")
        assert sheet.isVisible()
        field = next(w for w in sheet.findChildren(object) if type(w).__name__ == "Field")
        assert field.refused()
        field.set_text("打印污损")
        sheet.press(f"作废 {old}")

    window.asking.answerer = answer
    page.panel.void_one.click()
    pictures.settle(window)
    assert states(window)[0] == "waiting"
    make(window, tmp_path / "two.pdf")
    assert page.winners[0].serial not in (None, old)
    page.register_button.click()
    voided = [one for one in page.register.rows_model.rows if one.state == "voided"]
    assert [(one.serial, one.void_reason) for one in voided] == [(old, "打印污损")]


def test_leaving_the_question_makes_nothing(opened: Opened, tmp_path: Path) -> None:
    window = opened(page="certificates")
    make(window, tmp_path / "no.pdf", "暂不生成")
    assert states(window) == ["waiting"] * 6
    assert not list(tmp_path.glob("*.pdf"))


def test_a_certificate_dropped_on_the_page_is_verified(opened: Opened, tmp_path: Path) -> None:
    window = opened(page="certificates")
    make(window, tmp_path / "all.pdf")
    window.asking.answerer = lambda sheet: sheet.press("知道了")
    window.frame.page().take_files([tmp_path / "all.pdf"])
    pictures.settle(window)
    assert window.asking.record[-1].title == "核验一致"


def test_printing_what_is_not_made_is_refused(opened: Opened) -> None:
    window = opened(page="certificates")
    window.asking.answerer = lambda sheet: sheet.press("知道了")
    window.frame.page().print_page()
    assert window.asking.record[-1].kind == "refusal"


def test_before_the_lock_the_first_answer_leads_to_the_result(opened: Opened) -> None:
    window = opened(page="certificates")
    seen: list[str] = []

    def see(sheet: Sheet) -> None:
        seen.extend(sheet.said)
        sheet.default.click()

    window.asking.answerer = see
    window.frame.page().primary()
    assert any(text.startswith("成绩还没有锁定，名次可能再变，请先锁定。") for text in seen)
    assert window.frame.current == "results"
