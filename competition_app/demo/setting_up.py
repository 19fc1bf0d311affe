"""The weeks before: the competition, its unions and enterprises, three events with plans and panels."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from random import Random
from typing import Any

from competition_app.demo.people import judge_names, sample
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, panels, schedule
from competition_app.services.registration import organisations
from competition_app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """Where the day takes place: the open store, who acts, the competition and its events' keys by code."""

    workspace: Workspace
    actor: Actor
    competition: int
    events: Mapping[str, int]


def set_up(workspace: Workspace, actor: Actor, chance: Random) -> Place:
    """Make the sample competition in an empty store."""
    told = sample("competition")
    keys = ("short_name", "theme", "place", "organisers", "starts_on", "ends_on")
    known = {key: told[key] for key in keys}
    competition = workspace.do(actor, competitions.create_competition, told["code"], told["name"], **known)
    _organisations(workspace, actor, told, competition)
    events = {event["code"]: _event(workspace, actor, competition, event) for event in sample("events")}
    for event in sample("events"):
        _panel(workspace, actor, events[event["code"]], event, chance)
    _schedule(workspace, actor, competition, events)
    return Place(workspace, actor, competition, events)


def _organisations(workspace: Workspace, actor: Actor, told: Mapping[str, Any], competition: int) -> None:
    unions: dict[str | None, int | None] = {None: None}
    for union in told["unions"]:
        name, above = union["name"], unions[union["parent"]]
        unions[name] = workspace.do(
            actor, organisations.add_organisation, name, kind="union", parent_id=above
        )
    for enterprise in told["enterprises"]:
        workspace.do(
            actor, organisations.add_organisation, enterprise["name"], short_name=enterprise["short"],
            parent_id=unions[enterprise["union"]], competition_id=competition,
        )  # fmt: skip


def _event(workspace: Workspace, actor: Actor, competition: int, event: Mapping[str, Any]) -> int:
    least, most = event["teams"]
    return workspace.do(
        actor, competitions.create_event, competition, code=event["code"], name=event["name"],
        plan=json.dumps(event["plan"], ensure_ascii=False), aliases=event["aliases"],
        team_min=least, team_max=most,
    )  # fmt: skip


def _schedule(workspace: Workspace, actor: Actor, competition: int, events: Mapping[str, int]) -> None:
    slots = [
        schedule.Slot(
            item["name"], date.fromisoformat(item["day"]), time.fromisoformat(item["starts"]),
            time.fromisoformat(item["ends"]), item["place"], events.get(item.get("event")),
            item.get("kind", "contest"),
        )
        for item in sample("schedule")
    ]  # fmt: skip
    workspace.do(actor, schedule.add_items, competition, slots)


def _panel(workspace: Workspace, actor: Actor, key: int, event: Mapping[str, Any], chance: Random) -> None:
    """Seats J1 … J7; the first is the chief judge's. Small modules are marked by the first few."""
    seats = max(event["judges"].values())
    for number, name in enumerate(judge_names(chance, seats), 1):
        modules = [("final", code) for code, count in event["judges"].items() if number <= count]
        role = "chief_judge" if number == 1 else "judge"
        workspace.do(actor, panels.add_judge, key, f"J{number}", name=name, role=role, modules=modules)
