"""证书 where nothing can be made at all: the page opens and says what is missing."""

from collections.abc import Callable
from typing import Any

import pytest

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from tests.desktop import packages

Opened = Callable[..., MainWindow]


@pytest.mark.parametrize(("missing", "said"), [("organisers", "没有主办单位"), ("days", "证书没有日期")])
def test_the_page_says_what_the_competition_lacks(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, missing: str, said: str
) -> None:
    whole = packages.package

    def lacking(**how: Any) -> dict[str, Any]:
        made = whole(**how)
        for name in ("organisers",) if missing == "organisers" else ("starts_on", "ends_on"):
            made["competition"].pop(name, None)
        return made

    monkeypatch.setattr(packages, "package", lacking)
    window = opened(page="certificates")
    pictures.settle(window)
    page = window.frame.page()
    assert page.winners == ()
    assert said in page.lacking.why.text()
    assert not page.make_button.isVisible()
