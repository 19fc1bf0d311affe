"""The pages that are built, in the order of the day; each is loaded when it is first shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from competition_app.domain.errors import Said

if TYPE_CHECKING:
    from competition_app.desktop.frame.page import Context, Page


@dataclass(frozen=True, slots=True)
class Badge:
    """What a person must do on a page: how many, and whether work is blocked by it (``bad``)."""

    count: int
    role: str = "wait"


@dataclass(frozen=True, slots=True)
class PageDeclared:
    """A page as the frame knows it: key, name, icon, group, how it is made.

    A ``roomy`` page has the navigation as a rail up to 1500.
    """

    key: str
    said: Said
    icon: str
    group: int
    make: "Callable[[Context], Page]"
    roomy: bool = False


def _overview(context: "Context") -> "Page":
    from competition_app.desktop.overview.overview_page import OverviewPage

    return OverviewPage(context)


def _organisations(context: "Context") -> "Page":
    from competition_app.desktop.organisations.organisations_page import OrganisationsPage

    return OrganisationsPage(context)


def _events(context: "Context") -> "Page":
    from competition_app.desktop.events.events_page import EventsPage

    return EventsPage(context)


def _registration(context: "Context") -> "Page":
    from competition_app.desktop.registration.registration_page import RegistrationPage

    return RegistrationPage(context)


def _judges(context: "Context") -> "Page":
    from competition_app.desktop.judges.judges_page import JudgesPage

    return JudgesPage(context)


def _marking(context: "Context") -> "Page":
    from competition_app.desktop.marking.marking_page import MarkingPage

    return MarkingPage(context)


def _results(context: "Context") -> "Page":
    from competition_app.desktop.results.results_page import ResultsPage

    return ResultsPage(context)


def _certificates(context: "Context") -> "Page":
    from competition_app.desktop.certificates.certificates_page import CertificatesPage

    return CertificatesPage(context)


def _history(context: "Context") -> "Page":
    from competition_app.desktop.history.history_page import HistoryPage

    return HistoryPage(context)


def _settings(context: "Context") -> "Page":
    from competition_app.desktop.settings.settings_page import SettingsPage

    return SettingsPage(context)


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
