"""The pages that are built, in the order of the day; each is loaded when it is first shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from competition_app.domain.errors import Said

if TYPE_CHECKING:
    from competition_app.desktop.frame.page import Context, Page

    Maker = Callable[[Context], Page]


@dataclass(frozen=True, slots=True)
class Badge:
    """What a person must do on a page: how many, and whether work is blocked by it (``bad``)."""

    count: int
    role: str = "wait"


@dataclass(frozen=True, slots=True)
class PageDeclared:
    """A page as the frame knows it: key, name, icon, group, and how its modules are loaded.

    ``load`` gives what makes the page; it takes up to 100 ms the first time.
    A ``roomy`` page has the navigation as a rail up to 1500.
    """

    key: str
    said: Said
    icon: str
    group: int
    load: "Callable[[], Maker]"
    roomy: bool = False


def _overview() -> "Maker":
    from competition_app.desktop.overview.overview_page import OverviewPage

    return OverviewPage


def _organisations() -> "Maker":
    from competition_app.desktop.organisations.organisations_page import OrganisationsPage

    return OrganisationsPage


def _events() -> "Maker":
    from competition_app.desktop.events.events_page import EventsPage

    return EventsPage


def _registration() -> "Maker":
    from competition_app.desktop.registration.registration_page import RegistrationPage

    return RegistrationPage


def _judges() -> "Maker":
    from competition_app.desktop.judges.judges_page import JudgesPage

    return JudgesPage


def _marking() -> "Maker":
    from competition_app.desktop.marking.marking_page import MarkingPage

    return MarkingPage


def _results() -> "Maker":
    from competition_app.desktop.results.results_page import ResultsPage

    return ResultsPage


def _certificates() -> "Maker":
    from competition_app.desktop.certificates.certificates_page import CertificatesPage

    return CertificatesPage


def _history() -> "Maker":
    from competition_app.desktop.history.history_page import HistoryPage

    return HistoryPage


def _settings() -> "Maker":
    from competition_app.desktop.settings.settings_page import SettingsPage

    return SettingsPage


PAGES: tuple[PageDeclared, ...] = (
    PageDeclared("overview", Said("Overview"), "layout-dashboard", 0, _overview),
    PageDeclared("events", Said("Events & rules"), "clipboard-list", 2, _events),
    PageDeclared("organisations", Said("Organisations"), "building-2", 2, _organisations),
    PageDeclared("registration", Said("Registration@page"), "id-card", 2, _registration),
    PageDeclared("judges", Said("Judges@page"), "gavel", 3, _judges),
    PageDeclared("marking", Said("Marking@page"), "pen-line", 3, _marking),
    PageDeclared("results", Said("Results"), "list-ordered", 3, _results),
    PageDeclared("certificates", Said("Certificates"), "scroll-text", 4, _certificates, roomy=True),
    PageDeclared("history", Said("History@page"), "history", 5, _history),
    PageDeclared("settings", Said("Settings"), "settings", 5, _settings),
)
"""A page not built yet is not shown."""
