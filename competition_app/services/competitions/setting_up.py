"""Setting a competition up in one step: from a preset, from last year's, or blank."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from competition_app import paths
from competition_app.documents.packages.package import canonical_json, package_of
from competition_app.documents.packages.package_types import Competition, Event, Package
from competition_app.documents.reading.json_reading import read_json
from competition_app.domain.errors import Refusal
from competition_app.services.competitions.presets import PresetRow, presets
from competition_app.services.exchange import exchange
from competition_app.services.workspace import Act

__all__ = ["Beginning", "PresetEvent", "PresetRow", "preset_events", "preset_plan", "presets", "set_up"]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new competition is called, where and when it is, and who organises it. Days are ISO dates."""

    code: str
    name: str
    place: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    organisers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PresetEvent:
    """An event a preset brings; ``entry`` is what competes: individual, team, organisation."""

    code: str
    name: str
    entry: str
    team_min: int
    team_max: int


def preset_events(key: str, language: str = "zh") -> tuple[PresetEvent, ...]:
    """The events of a preset in their order, named in a language (``zh``, ``en``); most have one."""
    return tuple(
        PresetEvent(event.code, event.name, event.rules.entry, event.team_min or 1, event.team_max or 1)
        for event in _preset(key, language).events
    )


def preset_plan(key: str, event: str | None = None, language: str = "zh") -> str:
    """The plan (JSON text, scoring.md §2) of a preset's event, of its first one if none is named."""
    return canonical_json(_event(_preset(key, language), event).rules.model_dump(exclude_unset=True))


def in_language(text: str, language: str) -> str:
    """A ready plan (JSON text) with its names in a language (``zh``, ``en``)."""
    named = paths.resources() / "presets" / "words" / f"{language}.json"
    if not named.exists():
        return text
    values = _named(json.loads(text), read_json(named.read_bytes(), language))
    return json.dumps(values, ensure_ascii=False, indent=1)


def set_up(
    act: Act,
    told: Beginning,
    *,
    preset: str | None = None,
    previous: str | None = None,
    events: Sequence[str] = (),
    sample: bool = False,
    language: str = "zh",
) -> str:
    """A new competition from a preset, from an earlier one (its code), or blank; returns its code.

    Of a preset come the rules: its events take the names of ``events`` in their order, further names are
    further events under the first one's plan, no names at all means its own. With ``sample`` the preset's
    invented units, people and marks come along; its rules are named in ``language``. Of an earlier one come
    rules, units and judges. Place and organisers that ``told`` leaves out are the sample's or the earlier
    competition's, days only the sample's.
    """
    if preset is not None:
        package = _preset(preset, language)
        package = package if sample else _rules_only(package, events)
    elif previous is not None:
        package = _without_people(exchange.package_of(act.session, previous, act.now))
    else:
        package = Package.model_validate({**_HEAD, "competition": {"code": told.code}})
    competition = _competition(package, told)
    exchange.take_in(act, package.model_copy(update={"competition": competition}))
    return competition.code


_HEAD = {"format": "competition-package", "version": 1}
_OF_PEOPLE = (
    "entries", "marks", "scores", "times", "penalties", "absences", "submitted", "lots", "advanced",
    "accepted", "decisions",
)  # fmt: skip


def _preset(key: str, language: str) -> Package:
    if key not in {row.key for row in presets()}:
        raise Refusal("There is no preset {key}: choose one of those on the start page.", key=key)
    folder = paths.resources() / "presets"
    values = read_json((folder / f"{key}.json").read_bytes(), key)
    named = folder / "words" / f"{language}.json"
    return package_of(
        _named(values, read_json(named.read_bytes(), language)) if named.exists() else values, key
    )


def _named(value: Any, words: Any) -> Any:
    """The same with every name that stands in ``words`` put in its place."""
    if isinstance(value, dict):
        return {words.get(key, key): _named(each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [_named(each, words) for each in value]
    return words.get(value, value) if isinstance(value, str) else value


def _event(package: Package, code: str | None) -> Event:
    for event in package.events:
        if code is None or event.code == code:
            return event
    raise Refusal("The preset has no event {code}: choose one of its own.", code=code or "")


def _competition(package: Package, told: Beginning) -> Competition:
    if not told.name.strip():
        raise Refusal("The name is missing: write it as it shall stand on the certificates.")
    for day in (told.starts_on, told.ends_on):
        if day is not None and not _is_day(day):
            raise Refusal("This is no day. Write it as 2026-09-18.")
    given = {
        "code": told.code, "name": told.name.strip(), "short_name": None, "place": told.place,
        "starts_on": told.starts_on, "ends_on": told.ends_on, "organisers": told.organisers,
    }  # fmt: skip
    kept = {name: value for name, value in given.items() if value or name == "short_name"}
    return package.competition.model_copy(update=kept)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _without_people(package: Package) -> Package:
    events = tuple(_without(event, _OF_PEOPLE) for event in package.events)
    undated = package.competition.model_copy(update={"starts_on": None, "ends_on": None, "schedule": ()})
    return package.model_copy(update={"competition": undated, "events": events, "contestants": ()})


def _rules_only(package: Package, names: Sequence[str]) -> Package:
    own = [_without(event, (*_OF_PEOPLE, "judges")) for event in package.events]
    if names:
        more = [own[0].model_copy(update={"code": f"E{n}"}) for n in range(len(own) + 1, len(names) + 1)]
        own = [
            event.model_copy(update={"name": name}) for event, name in zip((*own, *more), names, strict=False)
        ]
    bare = Competition(code=package.competition.code)
    return package.model_copy(
        update={"competition": bare, "events": tuple(own), "contestants": (), "organisations": ()}
    )


def _without(event: Event, fields: Sequence[str]) -> Event:
    empty = {name: Event.model_fields[name].get_default(call_default_factory=True) for name in fields}
    return event.model_copy(update=empty)
