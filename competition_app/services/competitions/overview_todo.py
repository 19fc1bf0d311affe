"""总览: the stepper of the day and what a person must do now, out of the figures of the day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from competition_app.domain.errors import Said
from competition_app.services.competitions.overview import Day, EventOverview, Finding, JudgeOwes

StepState = Literal["done", "current", "open", "later"]


@dataclass(frozen=True, slots=True)
class DayStep:
    """A step of the day. ``open``: work of it is left although a later step has begun."""

    key: str
    name: Said
    state: StepState
    detail: Said


@dataclass(frozen=True, slots=True)
class ToDo:
    """What a person must do: its kind, the page that does it, the event, what and where.

    ``entry`` is the first entry concerned: its stage, module and number; ``seat`` the first judge who owes
    a sheet: stage, module and the seat's code.
    """

    kind: str
    page: str
    event_id: int | None
    said: Said
    detail: Said | str
    entry: tuple[str, str, str] | None = None
    seat: tuple[str, str, str] | None = None


Findings = Mapping[int, Finding]
"""By event; empty while they are being reckoned."""


def steps(day: Day, findings: Findings) -> tuple[DayStep, ...]:
    """Set up → register → mark → result → certificates, from what is in the store."""
    made = [
        ("set_up", Said("Set up@step"), _set_up(day), bool(day.events), _set_up_detail(day)),
        ("register", Said("Register@step"), _registered(day), bool(day.sum("entries")),
         _register_detail(day)),
        ("mark", Said("Mark@step"), _marked(day, findings), any(e.marking_began for e in day.events),
         _mark_detail(day, findings)),
        ("result", Said("Result@step"), _ranked(day), any(e.settled for e in day.events)
         or _marked(day, findings), _result_detail(day, findings)),
        ("certificates", Said("Certificates@step"), _printed(day, findings),
         bool(day.sum("made") + day.sum("printed")), _certificate_detail(day)),
    ]  # fmt: skip
    begun = max((i for i, step in enumerate(made) if step[3]), default=0)
    now = next((i for i, step in enumerate(made) if i >= begun and not step[2]), len(made))
    return tuple(
        DayStep(key, name, _state(i, now, done=done), detail)
        for i, (key, name, done, _begun, detail) in enumerate(made)
    )


def _state(place: int, now: int, *, done: bool) -> StepState:
    if done and place < now:
        return "done"
    if place == now:
        return "current"
    return "open" if place < now else "later"


def _set_up(day: Day) -> bool:
    return bool(day.events) and all(e.planned and not _undermanned(e) for e in day.events)


def _registered(day: Day) -> bool:
    return bool(day.sum("entries")) and not day.sum("waiting") + day.sum("problems") + day.sum("returned")


def _taking_part(day: Day) -> list[EventOverview]:
    return [event for event in day.events if event.entries]


def _marked(day: Day, findings: Findings) -> bool:
    events = _taking_part(day)
    return bool(events) and all(e.settled or (e.id in findings and findings[e.id].complete) for e in events)


def _ranked(day: Day) -> bool:
    """Whether every event's result is locked, or further."""
    events = _taking_part(day)
    return bool(events) and all(event.settled for event in events)


def _printed(day: Day, findings: Findings) -> bool:
    printed = day.sum("printed")
    return bool(printed) and not day.sum("made") and printed >= sum(one.winners for one in findings.values())


def _undermanned(event: EventOverview) -> bool:
    """Whether a module still lacks judges, with nothing marked yet."""
    return bool(event.unmanned) and not event.marking_began and not event.settled


def _set_up_detail(day: Day) -> Said:
    unruled = sum(not e.planned for e in day.events)
    if unruled:
        return Said("{n} event without rules|{n} events without rules", {"n": unruled})
    missing = sum(_undermanned(e) for e in day.events)
    if day.events and missing:
        return Said("{n} event without enough judges|{n} events without enough judges", {"n": missing})
    return Said("{n} event|{n} events", {"n": len(day.events)})


def _register_detail(day: Day) -> Said:
    left = day.sum("waiting") + day.sum("problems") + day.sum("returned")
    if left:
        return Said("{n} not settled yet", {"n": f"{left:,}"})
    people = day.sum("registered") or day.sum("entries")
    if not people:
        return Said("nobody yet")
    values = {"units": day.units, "n": f"{people:,}"}
    return Said("{units} units, {n} people", values) if day.units else Said("{n} people", values)


def _mark_detail(day: Day, findings: Findings) -> Said:
    events = _taking_part(day)
    if not events:
        return Said("not begun@step")
    running = sum(e.marking_began and not _done(e, findings) for e in events)
    if running:
        return Said("{n} of {total} events under way", {"n": running, "total": len(events)})
    done = sum(_done(e, findings) for e in events)
    return Said("{n} of {total} events complete", {"n": done, "total": len(events)})


def _done(event: EventOverview, findings: Findings) -> bool:
    return event.settled or (event.id in findings and findings[event.id].complete)


def _result_detail(day: Day, findings: Findings) -> Said:
    events = _taking_part(day)
    if not events:
        return Said("not begun@step")
    asked = sum(len(findings[e.id].questions) for e in events if not e.settled and e.id in findings)
    if asked and _marked(day, findings):
        return Said("{n} question open|{n} questions open", {"n": asked})
    told = sum(e.state in ("published", "final") for e in events)
    settled = sum(e.settled for e in events)
    if not told:
        return Said("{n} of {total} events locked", {"n": settled, "total": len(events)})
    return Said("{told} published, {settled} locked", {"told": told, "settled": settled - told})


def _certificate_detail(day: Day) -> Said:
    made, printed = day.sum("made"), day.sum("printed")
    if not made + printed:
        return Said("none made yet")
    return Said("{n} of {total} printed", {"n": printed, "total": made + printed})


def to_do(day: Day, findings: Findings) -> tuple[ToDo, ...]:
    """What a person must do now, what blocks first; each names the page that does it."""
    return (
        *_questions(day, findings), *_prizes_lost(day, findings), *_registrations(day),
        *_without_rules(day), *_without_judges(day), *_owing(day, findings), *_second(day),
        *_incomplete(day, findings), *_hindered(day, findings), *_to_lock(day, findings),
        *_certificates(day, findings),
    )  # fmt: skip


def _questions(day: Day, findings: Findings) -> Iterator[ToDo]:
    for event in day.events:
        asked = findings[event.id].questions if event.id in findings else ()
        if asked and findings[event.id].complete:
            said = Said("{n} question to decide: {event}|{n} questions to decide: {event}",
                        {"event": event.name, "n": len(asked)})  # fmt: skip
            yield ToDo(
                "question", "results", event.id, said, Said("the results page says which and what settles it")
            )


def _registrations(day: Day) -> Iterator[ToDo]:
    problem = Said("{n} registration with problems|{n} registrations with problems")
    review = Said("{n} registration to review|{n} registrations to review")
    returned = Said(
        "{n} registration handed back, not mended yet|{n} registrations handed back, not mended yet"
    )
    kinds = (
        ("problem", "problems", problem),
        ("review", "waiting", review),
        ("returned", "returned", returned),
    )
    for kind, field, said in kinds:
        n = day.sum(field)
        if n:
            there = [event for event in day.events if getattr(event, field)]
            first = there[0].id if len(there) == 1 else None
            yield ToDo(kind, "registration", first, Said(said.text, {"n": n}), _names(there))


def _without_rules(day: Day) -> Iterator[ToDo]:
    there = [event for event in day.events if not event.planned]
    if there:
        said = Said("{n} event without rules|{n} events without rules", {"n": len(there)})
        yield ToDo("rules", "events", there[0].id, said, _names(there))


def _without_judges(day: Day) -> Iterator[ToDo]:
    there = [event for event in day.events if event.planned and _undermanned(event)]
    if not there:
        return
    first = there[0]
    if len(there) > 1:
        said = Said("{n} event without enough judges|{n} events without enough judges", {"n": len(there)})
        yield ToDo("judges", "judges", first.id, said, _names(there))
        return
    said = Said("{event}: {module} lacks judges", {"event": first.name, "module": first.unmanned[0]})
    more = len(first.unmanned) - 1
    detail = (
        Said("{n} more module too|{n} more modules too", {"n": more}) if more else Said("none can mark yet")
    )
    yield ToDo("judges", "judges", first.id, said, detail)


def _owing(day: Day, findings: Findings) -> Iterator[ToDo]:
    for event in day.events:
        if event.settled or not event.begun or event.id not in findings:
            continue
        owing = [one for one in findings[event.id].judges if one.done < one.owed]
        if owing:
            said = Said("{n} judge owes sheets: {event}|{n} judges owe sheets: {event}",
                        {"event": event.name, "n": len({one.code for one in owing})})  # fmt: skip
            seat = (*owing[0].place, owing[0].code)
            yield ToDo("owing", "marking", event.id, said, _owed(owing), seat=seat)


def _owed(owing: Sequence[JudgeOwes]) -> Said:
    """The first seats that owe, each with how many."""
    parts = [Said("{judge} owes {n}", {"judge": one.code, "n": one.owed - one.done}) for one in owing[:4]]
    said = parts[0]
    for part in parts[1:]:
        said = Said("{list}, {next}", {"list": said, "next": part})
    return said


def _names(events: Sequence[EventOverview]) -> Said | str:
    if len(events) == 1:
        return events[0].name
    return Said("{event} and {n} more event|{event} and {n} more events",
                {"event": events[0].name, "n": len(events) - 1})  # fmt: skip


def _second(day: Day) -> Iterator[ToDo]:
    there = [event for event in day.events if event.second_due and not event.settled]
    if there:
        n = sum(event.second_due for event in there)
        said = Said("{n} sheet to be typed a second time|{n} sheets to be typed a second time", {"n": n})
        yield ToDo("second", "marking", there[0].id, said, _names(there))


def _incomplete(day: Day, findings: Findings) -> Iterator[ToDo]:
    """Entries that miss something although no judge owes a sheet: scores, recorded absences."""
    for event in day.events:
        finding = findings.get(event.id)
        if finding is None or event.settled or not event.marking_began or not finding.incomplete:
            continue
        if not all(one.done >= one.owed for one in finding.judges):
            continue
        untimed = finding.untimed
        if untimed:
            said = Said("{n} entry without a time: {event}|{n} entries without a time: {event}",
                        {"event": event.name, "n": len(untimed)})  # fmt: skip
            yield ToDo("untimed", "marking", event.id, said, Said("the score depends on it"), untimed[0])
        if finding.incomplete > len(untimed):
            said = Said("{n} entry incomplete: {event}|{n} entries incomplete: {event}",
                        {"event": event.name, "n": finding.incomplete - len(untimed)})  # fmt: skip
            yield ToDo("incomplete", "results", event.id, said, Said("the results page says what is missing"))


def _prizes_lost(day: Day, findings: Findings) -> Iterator[ToDo]:
    """Certificates in force whose holder has no such prize any more."""
    there = [event for event in day.events if event.id in findings and findings[event.id].lost]
    serials = [serial for event in there for serial in findings[event.id].lost]
    if serials:
        said = Said("{n} certificate whose prize was lost|{n} certificates whose prize was lost",
                    {"n": len(serials)})  # fmt: skip
        yield ToDo(
            "lost", "certificates", there[0].id, said, serials[0] if len(serials) == 1 else _names(there)
        )


def _hindered(day: Day, findings: Findings) -> Iterator[ToDo]:
    """Events whose marks are all in and which cannot be locked for another reason than a tie."""
    for event in day.events:
        finding = findings.get(event.id)
        if finding is not None and not event.settled and finding.hindrances:
            said = Said("{event} cannot be locked yet: {n} thing|{event} cannot be locked yet: {n} things",
                        {"event": event.name, "n": len(finding.hindrances)})  # fmt: skip
            yield ToDo("hindered", "results", event.id, said, finding.hindrances[0])


def _to_lock(day: Day, findings: Findings) -> Iterator[ToDo]:
    there = [e for e in day.events if not e.settled and e.id in findings and findings[e.id].ready]
    if there:
        said = Said("{n} result ready to be locked|{n} results ready to be locked", {"n": len(there)})
        yield ToDo("lock", "results", there[0].id, said, _names(there))


def _certificates(day: Day, findings: Findings) -> Iterator[ToDo]:
    unprinted = [event for event in day.events if event.made]
    if unprinted:
        n = sum(event.made for event in unprinted)
        said = Said("{n} certificate to print|{n} certificates to print", {"n": n})
        yield ToDo("print", "certificates", unprinted[0].id, said, _names(unprinted))
    locked = [e for e in day.events if e.settled and e.id in findings and not e.made + e.printed]
    ready = [event for event in locked if findings[event.id].winners]
    if ready:
        n = sum(findings[event.id].winners for event in ready)
        said = Said("{n} prize winner without a certificate|{n} prize winners without certificates",
                    {"n": n})  # fmt: skip
        yield ToDo("make", "certificates", ready[0].id, said, _names(ready))


STEP_PAGES = {
    "set_up": "events", "register": "registration", "mark": "marking", "result": "results",
    "certificates": "certificates",
}  # fmt: skip


def coming(day: Day, findings: Findings) -> ToDo | None:
    """What comes next where nothing waits for a person: the step the day is at, at its end a copy to keep.

    None while there is no event.
    """
    if not day.events:
        return None
    now = next((step for step in steps(day, findings) if step.state == "current"), None)
    if now is None:
        said = Said("All is done: keep a copy of it")
        return ToDo("keep", "settings", None, said, Said("results are locked, certificates printed"))
    there = [event for event in day.events if event.entries or now.key in ("set_up", "register")]
    one = there[0].id if len(there) == 1 else None
    return ToDo("coming", STEP_PAGES[now.key], one, Said("Next: {step}", {"step": now.name}), now.detail)
