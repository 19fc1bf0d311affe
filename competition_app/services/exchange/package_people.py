"""Units and people of a package in the store: found again where they are known, else made."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from competition_app.documents.packages.package_types import Contestant as GivenContestant
from competition_app.documents.packages.package_types import Organisation as GivenOrganisation
from competition_app.documents.packages.package_types import Package
from competition_app.domain.errors import Refusal
from competition_app.services.workspace import Act
from competition_app.store.models import Contestant, Organisation, Participation, Person

_USUAL_KIND = "enterprise"
_USUAL_ID = "resident"


def store_organisations(act: Act, competition_id: int, package: Package) -> dict[str, int]:
    """The keys of the package's organisations by code: matched by credit code, or by name and parent.

    Those not known are made. Refused where two of the package are one in the store.
    """
    finder = _Organisations(act, {each.code: each for each in package.organisations})
    keys = {each.code: finder.key(each.code) for each in package.organisations}
    rows = [(competition_id, key, code) for code, key in keys.items()]
    act.insert_many(Participation, ("competition_id", "organisation_id", "code"), rows)
    return keys


class _Organisations:
    def __init__(self, act: Act, given: Mapping[str, GivenOrganisation]) -> None:
        self.act, self.given = act, given
        self._keys: dict[str, int] = {}
        self._taken: dict[int, str] = {}
        known = act.session.scalars(select(Organisation)).all()
        self._by_credit = {each.credit_code: each for each in known if each.credit_code}
        self._by_name: dict[tuple[str, int | None], Organisation] = {}
        for each in known:
            self._by_name.setdefault((each.name, each.parent_id), each)

    def key(self, code: str) -> int:
        """The organisation's key; the ones above it come first."""
        if code in self._keys:
            return self._keys[code]
        given = self.given[code]
        parent = self.key(given.parent) if given.parent is not None else None
        found = self._found(given, parent) or self._made(given, parent)
        if found.id in self._taken:
            raise Refusal(
                "The units {one} and {other} of the package are one and the same: give them one code.",
                one=self._taken[found.id],
                other=code,
            )
        self._taken[found.id] = code
        self._keys[code] = found.id
        return found.id

    def _found(self, given: GivenOrganisation, parent: int | None) -> Organisation | None:
        if given.credit_code and given.credit_code in self._by_credit:
            return self._by_credit[given.credit_code]
        named = self._by_name.get((given.name, parent))
        if named is None or named.id in self._taken:
            return None
        return None if given.credit_code and named.credit_code else named

    def _made(self, given: GivenOrganisation, parent: int | None) -> Organisation:
        made = Organisation(
            name=given.name, short_name=given.short_name, kind=given.kind or _USUAL_KIND, parent_id=parent,
            credit_code=given.credit_code, contact=given.contact, contact_phone=given.contact_phone,
        )  # fmt: skip
        self.act.session.add(made)
        self.act.session.flush()
        if made.credit_code:
            self._by_credit[made.credit_code] = made
        return made


@dataclass(slots=True)
class _NewPeople:
    rows: list[tuple[object, ...]]
    next_id: int

    def add(self, given: GivenContestant) -> int:
        """A new person's key."""
        key, self.next_id = self.next_id, self.next_id + 1
        self.rows.append(
            (key, given.name, given.sex, given.id_kind or _USUAL_ID, given.id_number, given.birth_date,
             given.phone)
        )  # fmt: skip
        return key


_PERSON = ("id", "name", "sex", "id_kind", "id_number", "birth_date", "phone")
_CONTESTANT = (
    "id", "competition_id", "person_id", "code", "organisation_id", "employer_id", "employment", "fields",
    "titles", "photo",
)  # fmt: skip


def store_contestants(
    act: Act, competition_id: int, package: Package, units: Mapping[str, int]
) -> dict[str, int]:
    """The keys of the package's contestants by code. Who is known by an ID number is the same person.

    What the store does not know of a known person yet is filled in; another name is refused.
    """
    known = _known_persons(act)
    fresh = _NewPeople([], act.next_id(Person))
    made: dict[tuple[str, str], tuple[int, str]] = {}
    first = act.next_id(Contestant)
    keys: dict[str, int] = {}
    rows: list[tuple[object, ...]] = []
    for index, given in enumerate(package.contestants):
        person = _person(given, index, known, made, fresh)
        keys[given.code] = first + index
        rows.append(
            (first + index, competition_id, person, given.code, units.get(given.organisation or ""),
             units.get(given.employer or ""), given.employment, dict(given.fields), list(given.titles),
             given.photo)
        )  # fmt: skip
    act.insert_many(Person, _PERSON, fresh.rows)
    act.insert_many(Contestant, _CONTESTANT, rows)
    return keys


def _known_persons(act: Act) -> dict[tuple[str, str], Person]:
    query = select(Person).where(Person.id_number.is_not(None))
    return {(each.id_kind, each.id_number or ""): each for each in act.session.scalars(query)}


def _person(
    given: GivenContestant,
    index: int,
    known: Mapping[tuple[str, str], Person],
    made: dict[tuple[str, str], tuple[int, str]],
    fresh: _NewPeople,
) -> int:
    if not given.id_number:
        return fresh.add(given)
    identity = (given.id_kind or _USUAL_ID, given.id_number)
    person = known.get(identity)
    if person is None:
        if identity not in made:
            made[identity] = fresh.add(given), given.name
        key, name = made[identity]
    else:
        key, name = person.id, person.name
        for attribute in ("sex", "birth_date", "phone"):
            if getattr(person, attribute) is None:
                setattr(person, attribute, getattr(given, attribute))
    if name != given.name:
        raise Refusal(
            "{path}: the ID number of contestant {code} is known under another name. "
            "Compare name and number with the papers.",
            path=f"contestants[{index}].id_number",
            code=given.code,
        )
    return key
