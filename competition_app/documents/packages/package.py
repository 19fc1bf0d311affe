"""Reading and writing a competition package, whole or not at all (package.md §1)."""

import json
import lzma
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from competition_app.documents.out_of_reach import name_of, why
from competition_app.documents.packages.package_checks import Known, is_label, package_errors
from competition_app.documents.packages.package_event_checks import EventChecks
from competition_app.documents.packages.package_types import FORMAT, Package
from competition_app.documents.reading.json_reading import read_json
from competition_app.documents.saving import save
from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan_checks import PathError, errors_of, path_of, refusal_of
from competition_app.domain.scoring.figures import plain

MOST_BYTES = 50 * 2**20
"""A file larger than this is not opened."""
MOST_UNPACKED = 190 * 2**20
"""A zip that unpacks to more than this, or to 100 times its size, is not opened."""
INSIDE = "package.json"
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, OSError,
    ValueError,
)  # fmt: skip
Steps = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A package as read, with the pictures that lay beside it in a zip, by file name."""

    package: Package
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def read_package(path: Path) -> PackageFile:
    """The package of a .json or .zip file. Raises a ``Refusal`` with the errors and their paths."""
    data = _bytes_of(path)
    if data.startswith(b"PK"):
        text, pictures = _unpacked(path)
        return PackageFile(package_of(read_json(text, path.name), path.name), pictures)
    return PackageFile(package_of(read_json(data, path.name), path.name))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refusal("{file} is larger than {limit} MB. Send the package as a .zip.",
                          file=path.name, limit=MOST_BYTES // 2**20)  # fmt: skip
        return path.read_bytes()
    except OSError as error:
        raise Refusal("{file} cannot be opened ({reason}). Check the name and try again.",
                      file=name_of(path), reason=why(error.errno)) from None  # fmt: skip


def _unpacked(path: Path) -> tuple[bytes, dict[str, bytes]]:
    """``package.json`` and the pictures of a zip, sizes checked before anything is unpacked."""
    damaged = Refusal("{file} is a damaged zip file. Ask the sender for it again.", file=path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
            _check_sizes(found, path)
            names = {info.filename: info for info in found if not info.is_dir()}
            if INSIDE not in names:
                raise Refusal("{file} has no {inside} in it. Choose a competition package.",
                              file=path.name, inside=INSIDE)  # fmt: skip
            pictures = {n: _picture(archive, info, path) for n, info in names.items() if _is_ours(n)}
            return _member(archive, names[INSIDE]), pictures
    except _DAMAGED:
        raise damaged from None


def _check_sizes(found: list[zipfile.ZipInfo], path: Path) -> None:
    whole = sum(info.file_size for info in found)
    packed = max(path.stat().st_size, 1)
    names = [info.filename for info in found]
    if whole > MOST_UNPACKED or whole > 100 * packed:
        raise Refusal("{file} unpacks to {size} MB, far more than its own size. Ask the sender for it again.",
                      file=path.name, size=-(-whole // 2**20))  # fmt: skip
    if any(info.flag_bits & 1 for info in found):
        raise Refusal("{file} is protected by a password. Save it again without one.", file=path.name)
    if len(names) != len(set(names)):
        raise Refusal("{file} holds two files of one name. Ask the sender for it again.", file=path.name)


def _is_ours(name: str) -> bool:
    """Whether a file of the zip is a picture; what macOS packs beside the files is not."""
    return name != INSIDE and not name.startswith("__MACOSX/")


def _picture(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bytes:
    if not is_label(info.filename):
        raise Refusal(
            "{file} holds {name}, which is not a plain file name. Ask the sender for it again.",
            file=path.name, name=info.filename,
        )  # fmt: skip
    return _member(archive, info)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One file of the zip; never more than its head declares."""
    with archive.open(info) as stream:
        data = stream.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise zipfile.BadZipFile
    return data


def package_of(values: object, name: str = "package") -> Package:
    """The package of JSON values, checked whole. Raises a ``Refusal`` with 20 errors and the count."""
    package, errors = check_package(values, name)
    if package is None or errors:
        raise refusal_of(errors)
    return package


def check_package(values: object, name: str = "package") -> tuple[Package | None, list[PathError]]:
    """The package and every error in it, with paths. Raises a ``Refusal`` for another kind of file."""
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise Refusal("{file} is not a competition package. Choose a file made by export-package.", file=name)
    try:
        package = Package.model_validate(values)
    except ValidationError as error:
        errors = errors_of(error)
        pruned = Pruned(values, error)
        try:
            rest = Package.model_validate(pruned.values)
        except ValidationError:
            return None, errors
        return None, [*errors, *_unseen(rest, values, pruned.original)]
    return package, _unseen(package, values, lambda path: path)


def _unseen(
    package: Package, values: Mapping[str, Any], original: Callable[[Steps], Steps]
) -> list[PathError]:
    """The errors the types cannot see; ``original`` tells where a row of ``package`` stands in the file."""
    known = Known(values)
    found = [PathError(path_of(original(path)), said) for path, said in package_errors(package, known)]
    for index, event in enumerate(package.events):
        place = original(("events", index))
        given = values["events"][place[1]]
        for path, said in EventChecks(event, given, known).errors():
            found.append(PathError(path_of(original(("events", index, *path))), said))
    return found


class Pruned:
    """A file's values without the rows the types refuse, so that the rest can still be checked."""

    def __init__(self, values: Mapping[str, Any], error: ValidationError) -> None:
        self._kept: dict[Steps, list[int]] = {}
        self._gone = {_row_of(detail["loc"], detail["type"]) for detail in error.errors()}
        self.values = {"version": 1, "competition": {"code": "?", "name": "?"}, **self._without(values, ())}

    def _without(self, value: Any, path: Steps) -> Any:
        if isinstance(value, dict):
            items = value.items()
            return {k: self._without(v, (*path, k)) for k, v in items if (*path, k) not in self._gone}
        if isinstance(value, list) and len(path) <= _ROWS_DEEP:
            kept = [index for index in range(len(value)) if (*path, index) not in self._gone]
            self._kept[path] = kept
            return [self._without(value[index], (*path, index)) for index in kept]
        return value

    def original(self, path: Steps) -> Steps:
        """Where a row of ``values`` stands in the file."""
        found: Steps = ()
        for step in path:
            kept = self._kept.get(found)
            found = (*found, kept[step] if kept is not None and isinstance(step, int) else step)
        return found


_ROWS_DEEP = 3


def _row_of(place: Steps, kind: str) -> Steps:
    """The smallest part of the file that can be left out for an error: a key too many, a row, an event."""
    if kind == "extra_forbidden" and "plan" not in place[2:3]:
        return place
    if place[0] != "events":
        return place[:2] if len(place) > 1 and isinstance(place[1], int) else place[:1]
    return place[:4] if len(place) > 3 and isinstance(place[3], int) else place[:2]


def canonical_json(value: object, indent: int = 0) -> str:
    """JSON in one fixed form: keys as they stand, numbers plain and exact, a row a line."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {canonical_json(v, indent + 1)}"
            for key, v in value.items()
        ]
        return _laid_out("{", parts, "}", indent)
    if isinstance(value, list | tuple):
        return _laid_out("[", [canonical_json(each, indent + 1) for each in value], "]", indent)
    return json.dumps(value, ensure_ascii=False)


def _laid_out(opening: str, parts: list[str], closing: str, indent: int) -> str:
    if not parts or indent > _ROWS_DEEP:
        return opening + ", ".join(parts) + closing
    pad = " " * (indent + 1)
    return opening + "\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + closing


def package_bytes(package: Package) -> bytes:
    """The package as UTF-8 JSON: equal packages give equal bytes. Only what was given is written."""
    return (canonical_json(package.model_dump(exclude_unset=True)) + "\n").encode("utf-8")


def write_package(package: Package, path: Path, pictures: Mapping[str, bytes] | None = None) -> None:
    """Write the package as .json, or as .zip with pictures beside it; equal packages give equal bytes."""
    data = package_bytes(package)
    if path.suffix.lower() == ".zip":
        data = _zipped(data, pictures or {})
    save(path, lambda file: file.write(data))


def _zipped(data: bytes, pictures: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(INSIDE, data), *sorted(pictures.items())]:
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
