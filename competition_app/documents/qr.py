"""QR codes drawn as one path: level M, one fixed mask, dark modules only.

Small codes are put together from prepared parts, since most of a certificate's time would go into its code; a
test holds them equal to the library's. Larger ones come from the library itself.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter

import segno

QUIET = 2  # modules left free inside the box on each side
LEAST_MODULE = 0.38  # mm
_MASK = 0  # trying all eight costs five times as much
_BLOCKS = (  # of level M, version 1 …: error words a block, then the data words of each block
    (10, (16,)),
    (16, (28,)),
    (26, (44,)),
    (18, (32, 32)),
    (24, (43, 43)),
    (16, (27, 27, 27, 27)),
    (18, (31, 31, 31, 31)),
    (22, (38, 38, 39, 39)),
    (22, (36, 36, 36, 37, 37)),
)
_HEAD_BITS = 4 + 8  # mode and length of a text in bytes, up to version 9
_RUN = re.compile("1+")


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code of ``size`` × ``size`` modules, row by row as 0 and 1, each row ended by a blank."""

    size: int
    modules: str

    @property
    def path(self) -> str:
        """Rectangles filling the dark modules, one unit a module, from the top left downwards to −size."""
        starts, widths = _rectangles(self.size)
        runs = [run.span() for run in _RUN.finditer(self.modules)]
        return "".join([starts[start] + widths[end - start] for start, end in runs]) + "f"


@lru_cache(maxsize=64)
def code(text: str) -> QrCode:
    """The QR code of a text: UTF-8, level M, mask 0."""
    data = text.encode()
    for version, (_, blocks) in enumerate(_BLOCKS, 1):
        if _HEAD_BITS + 8 * len(data) <= 8 * sum(blocks):
            return _small(version, data)
    return _of_library(text)


def module(text: str, box: float) -> float:
    """The size of one module in mm when the text's code stands in a box of this size with its quiet zone."""
    return box / (code(text).size + 2 * QUIET)


def _of_library(text: str, version: int | None = None) -> QrCode:
    made = segno.make_qr(text, error="m", encoding="utf-8", mask=_MASK, boost_error=False, version=version)
    rows = ["".join(map(str, row)) for row in made.matrix]
    return QrCode(len(rows), "".join(row + " " for row in rows))


@cache
def _rectangles(size: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    starts = tuple(f"{at % (size + 1)} {-(at // (size + 1)) - 1} " for at in range(size * (size + 1)))
    return starts, tuple(f"{width} 1 re\n" for width in range(size + 1))


# the parts of a small code


def _small(version: int, data: bytes) -> QrCode:
    errors, blocks = _BLOCKS[version - 1]
    words = _padded(data, sum(blocks))
    parts, at = [], 0
    for length in blocks:
        parts.append(words[at : at + length])
        at += length
    checks = [_check_words(part, errors) for part in parts]
    stream = bytes([*_interleaved(parts), *_interleaved(checks)])
    size, pick, mask, bits = _template(version)
    value = (int.from_bytes(stream) << (bits - 8 * len(stream))) ^ mask
    return QrCode(size, "".join(pick(f"{value:0{bits}b}01 ")))


def _padded(data: bytes, capacity: int) -> bytes:
    """Byte mode, length, the text, the end, and padding to the capacity."""
    value = (0b0100 << 8 | len(data)) << (8 * len(data)) | int.from_bytes(data)
    head = (value << 4).to_bytes(len(data) + 2)
    return head + (b"\xec\x11" * capacity)[: capacity - len(head)]


def _interleaved(parts: list[bytes]) -> Iterator[int]:
    for at in range(max(map(len, parts))):
        for part in parts:
            if at < len(part):
                yield part[at]


def _check_words(data: bytes, count: int) -> bytes:
    """The Reed-Solomon check words: the remainder of the data by the generator polynomial."""
    table, top, whole = _remainders(count), 8 * (count - 1), (1 << 8 * count) - 1
    rest = 0
    for word in data:
        rest = (rest << 8 & whole) ^ table[rest >> top ^ word]
    return rest.to_bytes(count)


@cache
def _remainders(count: int) -> tuple[int, ...]:
    """For each leading word, the generator polynomial times it, as one whole number."""
    powers = [1]
    for _ in range(254):
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0x11D if doubled & 0x100 else doubled)
    logs = {power: i for i, power in enumerate(powers)}

    def times(a: int, b: int) -> int:
        return powers[(logs[a] + logs[b]) % 255] if a and b else 0

    generator = [1]
    for i in range(count):
        shifted = [*generator, 0]
        generator = [a ^ times(b, powers[i]) for a, b in zip(shifted, [0, *generator], strict=True)]
    return tuple(int.from_bytes(bytes(times(word, g) for g in generator[1:])) for word in range(256))


@cache
def _template(version: int) -> tuple[int, Callable[[str], tuple[str, ...]], int, int]:
    """Size, what picks each module from the data's bits (then 0, 1, blank), the mask, the number of bits."""
    fixed = _of_library("", version)
    size = fixed.size
    free = [place for place in _zigzag(size) if not _is_fixed(version, size, *place)]
    where = {place: i for i, place in enumerate(free)}
    picks = [
        where.get((row, column), len(free) + int(fixed.modules[row * (size + 1) + column]))
        if column < size
        else len(free) + 2
        for row in range(size)
        for column in range(size + 1)
    ]
    mask = int("".join("1" if (row + column) % 2 == 0 else "0" for row, column in free), 2)
    pick: Callable[[str], tuple[str, ...]] = itemgetter(*picks)
    return size, pick, mask, len(free)


def _zigzag(size: int) -> Iterator[tuple[int, int]]:
    """The places in the order data takes them: pairs of columns from the right, up and down in turn."""
    upwards = True
    right = size - 1
    while right > 0:
        if right == 6:  # the timing column is left out
            right -= 1
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield row, right
            yield row, right - 1
        upwards = not upwards
        right -= 2


def _is_fixed(version: int, size: int, row: int, column: int) -> bool:
    """Whether a place belongs to a finder, timing or alignment pattern or to the format and version words."""
    finder = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    words = version >= 7 and ((row < 6 and column >= size - 11) or (column < 6 and row >= size - 11))
    if finder or words or row == 6 or column == 6:
        return True
    centres = _centres(version, size)
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    return any(
        abs(row - y) <= 2 and abs(column - x) <= 2 and (y, x) not in corners for y in centres for x in centres
    )


def _centres(version: int, size: int) -> tuple[int, ...]:
    """Rows and columns of the alignment patterns."""
    if version == 1:
        return ()
    return (6, size - 7) if version < 7 else (6, (size - 1) // 2, size - 7)
