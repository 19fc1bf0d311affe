"""The chain of the history: whatever is changed, taken away or moved is found at its row."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from competition_app.domain import chain
from competition_app.domain.chain import Break, Link, first_break


def make(length: int) -> list[Link]:
    links: list[Link] = []
    for seq in range(1, length + 1):
        previous = links[-1].digest if links else chain.START
        link = Link(seq, f"t{seq}", None, "甲", "organiser", "d", "1", "a.b", f'{{"n":{seq}}}', previous)
        links.append(replace(link, digest=link.expected()))
    return links


def test_an_empty_chain_and_a_sound_one_hold() -> None:
    assert first_break([]) == (None, None)
    links = make(5)
    assert first_break(links) == (None, links[-1])


@given(st.integers(1, 6), st.data())
def test_a_row_taken_away_is_named(length: int, data: st.DataObject) -> None:
    links = make(length + 1)
    gone = data.draw(st.integers(0, length - 1))
    del links[gone]
    assert first_break(links)[0] == Break(gone + 1, "missing")


@given(st.integers(1, 6), st.data())
def test_any_column_changed_is_named_at_its_row(length: int, data: st.DataObject) -> None:
    links = make(length)
    place = data.draw(st.integers(0, length - 1))
    column = data.draw(st.sampled_from([f.name for f in fields(Link) if f.name not in ("seq", "staff_id")]))
    links[place] = replace(links[place], **{column: getattr(links[place], column) + "x"})
    assert first_break(links)[0] == Break(place + 1, "changed")


@given(st.integers(2, 6), st.data())
def test_a_forged_row_with_its_own_digest_is_found_by_the_next(length: int, data: st.DataObject) -> None:
    links = make(length)
    place = data.draw(st.integers(0, length - 2))
    forged = replace(links[place], actor="乙")
    links[place] = replace(forged, digest=forged.expected())
    assert first_break(links)[0] == Break(place + 2, "unlinked")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_the_canonical_text_does_not_depend_on_order(value: object) -> None:
    assert chain.canonical(value) == chain.canonical(_turned(value))


def _turned(value: object) -> object:
    if isinstance(value, dict):
        return {key: _turned(value[key]) for key in reversed(list(value))}
    return [_turned(inner) for inner in value] if isinstance(value, list) else value


def test_the_same_value_has_two_digests_under_two_salts() -> None:
    assert chain.salted("a", "张三") != chain.salted("b", "张三")
