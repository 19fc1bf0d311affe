"""A disk that can lose its power: SQLite's file system, watched, so that only synced bytes can be kept."""

import ctypes
import ctypes.util
import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_POINTER = ctypes.c_void_p
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int)
# the name goes through as the pointer it is: SQLite keeps it for as long as the file is open
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, _POINTER, _POINTER, _POINTER, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
)
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_char_p, ctypes.c_int)
_SECTOR = 512


class _Methods(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int), ("close", _POINTER), ("read", _POINTER), ("write", _POINTER),
        ("truncate", _POINTER), ("sync", _POINTER), ("others", _POINTER * 13),
    ]  # fmt: skip


class _System(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int), ("file_size", ctypes.c_int), ("longest_name", ctypes.c_int),
        ("next", _POINTER), ("name", ctypes.c_char_p), ("data", _POINTER), ("open", _POINTER),
        ("delete", _POINTER), ("others", _POINTER * 16),
    ]  # fmt: skip


class File:
    """One file: what was written, what of it is on the disk for certain, and the writes in between."""

    def __init__(self, content: bytes) -> None:
        self.durable = bytes(content)
        self.pending: list[tuple[int, bytes | None]] = []  # (place, bytes), or (length, None) to cut

    def sync(self) -> None:
        """All that was written is on the disk for certain."""
        self.durable = self.with_pending(None)
        self.pending = []

    def with_pending(self, chance: random.Random | None) -> bytes:
        """The file with what is not synced: all of it, or, by chance, any of its sectors."""
        content = bytearray(self.durable)
        for place, written in self.pending:
            if written is None:
                if chance is None or chance.random() < 0.5:
                    del content[place:]
                continue
            for start in range(0, len(written), _SECTOR):
                if chance is None or chance.random() < 0.5:
                    piece = written[start : start + _SECTOR]
                    content.extend(bytes(max(0, place + start - len(content))))
                    content[place + start : place + start + len(piece)] = piece
        return bytes(content)


class Disk:
    """All files SQLite opened through the watched file system."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self._names: dict[int, str] = {}
        self._tables: dict[int, _Methods] = {}
        self._kept: list[Any] = []

    def cut(self, folder: Path, chance: random.Random | None) -> None:
        """Puts into a folder what the disk would hold if the power went now; without chance, synced bytes."""
        folder.mkdir()
        for name, file in self.files.items():
            content = file.durable if chance is None else file.with_pending(chance)
            (folder / Path(name).name).write_bytes(content)

    def opened(self, handle: int, name: str) -> None:
        if name not in self.files:
            path = Path(name)
            self.files[name] = File(path.read_bytes() if path.exists() else b"")
        self._names[handle] = name
        table = ctypes.cast(handle, ctypes.POINTER(_POINTER))
        address = table[0]
        if address is not None:
            table[0] = ctypes.addressof(self._watched(address))

    def _watched(self, address: int) -> _Methods:
        if address in self._tables:
            return self._tables[address]
        methods = _Methods()
        ctypes.memmove(ctypes.byref(methods), address, ctypes.sizeof(_Methods))
        write, truncate, sync = _WRITE(methods.write), _TRUNCATE(methods.truncate), _SYNC(methods.sync)

        def on_write(handle: int, data: int, size: int, place: int) -> int:
            self.files[self._names[handle]].pending.append((place, ctypes.string_at(data, size)))
            return int(write(handle, data, size, place))

        def on_truncate(handle: int, size: int) -> int:
            self.files[self._names[handle]].pending.append((size, None))
            return int(truncate(handle, size))

        def on_sync(handle: int, flags: int) -> int:
            self.files[self._names[handle]].sync()
            return int(sync(handle, flags))

        callbacks = (_WRITE(on_write), _TRUNCATE(on_truncate), _SYNC(on_sync))
        self._kept.append((callbacks, write, truncate, sync))
        methods.write, methods.truncate, methods.sync = (ctypes.cast(c, _POINTER).value for c in callbacks)
        self._tables[address] = self._tables[ctypes.addressof(methods)] = methods
        return methods


@contextmanager
def watched() -> Iterator[Disk | None]:
    """Watches every file that SQLite opens meanwhile; None where Python's SQLite cannot be reached."""
    found = ctypes.util.find_library("sqlite3")
    library = ctypes.CDLL(found) if found else None
    if library is None:
        yield None
        return
    library.sqlite3_vfs_find.restype = _POINTER
    library.sqlite3_vfs_register.argtypes = (_POINTER, ctypes.c_int)
    library.sqlite3_vfs_unregister.argtypes = (_POINTER,)
    original = library.sqlite3_vfs_find(None)
    system = _System()
    ctypes.memmove(ctypes.byref(system), original, ctypes.sizeof(_System))
    open_, delete = _OPEN(system.open), _DELETE(system.delete)
    disk = Disk()

    def on_open(vfs: int, name: int | None, handle: int, flags: int, out: Any) -> int:
        code = int(open_(vfs, name, handle, flags, out))
        if code == 0 and name is not None:
            disk.opened(handle, ctypes.string_at(name).decode())
        return code

    def on_delete(vfs: int, name: bytes, sync: int) -> int:
        disk.files.pop(name.decode(), None)
        return int(delete(vfs, name, sync))

    callbacks = (_OPEN(on_open), _DELETE(on_delete))
    system.open, system.delete = (ctypes.cast(c, _POINTER).value for c in callbacks)
    system.name = b"watched"
    library.sqlite3_vfs_register(ctypes.byref(system), 1)
    try:
        probe = sqlite3.connect("")
        same = probe.execute("SELECT sqlite_version()").fetchone()[0] == _version(library)
        probe.close()
        yield disk if same else None
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(system))
        library.sqlite3_vfs_register(original, 1)


def _version(library: ctypes.CDLL) -> str:
    library.sqlite3_libversion.restype = ctypes.c_char_p
    version: bytes = library.sqlite3_libversion()
    return version.decode()
