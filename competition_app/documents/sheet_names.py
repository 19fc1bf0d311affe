"""What a workbook takes: how long a sheet's name and a cell may be, and a name that no other sheet has."""

import re

MOST = 31
"""Characters of a sheet's name: a workbook counts in UTF-16, a rare character or an emoji twice."""

LONGEST = 32_767
"""Characters a cell holds."""

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def cut(text: str, most: int = MOST) -> str:
    """As much of the text as a sheet's name holds, no character halved."""
    while len(text.encode("utf-16-le", "surrogatepass")) > 2 * most:
        text = text[:-1]
    return text


def free_name(wanted: str, taken: set[str]) -> str:
    """A name a sheet may have that is not among those ``taken`` (in one case), which it joins."""
    clean = cut(_NOT_IN_NAMES.sub("", wanted).strip("' ")) or "1"
    name, number = clean, 1
    while name.casefold() in taken:
        number += 1
        tail = f" {number}"
        name = cut(clean, MOST - len(tail)) + tail
    taken.add(name.casefold())
    return name
