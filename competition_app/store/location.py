"""Where a store may lie: on a local fixed disk, in no folder that a program synchronises."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from competition_app import paths
from competition_app.domain.errors import Refusal, Said

NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "afs", "ncpfs", "ceph", "glusterfs",
    "lustre", "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.glusterfs",
})  # fmt: skip
"""Kinds of file systems that lie on another machine: SQLite's locks and its log are not safe there."""

SYNCHRONISED = (
    "OneDrive", "坚果云", "我的坚果云", "Nutstore", "Nutstore Files", "BaiduSyncdisk", "BaiduNetdisk",
    "BaiduNetdiskWorkspace", "百度网盘", "百度云同步盘", "百度网盘同步空间", "Dropbox", "iCloud Drive",
    "iCloudDrive", "com~apple~CloudDocs", "Google Drive", "GoogleDrive", "My Drive", "我的云端硬盘",
    "WPS云盘", "WPSDrive", "WPS Cloud Files", "腾讯微云", "微云同步助手", "Weiyun", "阿里云盘",
    "CloudStorage", "SynologyDrive", "Nextcloud", "ownCloud",
)  # fmt: skip
"""Names of folders that programs synchronise; also with a tail, as in ``OneDrive - 某公司``."""

_SYNCHRONISED = tuple(name.casefold() for name in SYNCHRONISED)
_TAILS = (" ", "-", "_", "(", "（")
_MARKERS = (".dropbox.cache", ".stfolder")


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted file system: where, of what kind, and whether it lies on a removable medium."""

    point: str
    kind: str
    removable: bool = False


def default_store() -> Path:
    """The store used when none is named."""
    return paths.user_data() / "competitions.db"


def refuse_unsafe(store: Path, mounts: Sequence[Mount] | None = None) -> None:
    """Refuses a store on a share, a stick or in a synchronised folder, with the place to move it to."""
    said = unsafe(store, mounts)
    if said is not None:
        raise Refusal(
            "The store {path} lies {where}: it could be damaged there. Move it to {better}.",
            path=str(store), where=said, better=str(default_store().parent),
        )  # fmt: skip


def unsafe(store: Path, mounts: Sequence[Mount] | None = None) -> Said | None:
    """Why a store must not lie here, or None. ``mounts`` are this machine's unless given."""
    place = _resolved(store)
    folder = synchronised(place)
    if folder is not None:
        return Said("in the synchronised folder {folder}", {"folder": folder})
    mount = _of(str(place), _mounts() if mounts is None else mounts)
    if mount is None:
        return None
    if mount.kind in NETWORK:
        return Said("on the network share {folder}", {"folder": mount.point})
    if mount.removable:
        return Said("on the removable disk {folder}", {"folder": mount.point})
    return None


def synchronised(place: Path) -> str | None:
    """The folder above this place that some program synchronises, or None."""
    for folder in place.parents:
        name = folder.name.casefold()
        if any(name == known or name.startswith(tuple(known + t for t in _TAILS)) for known in _SYNCHRONISED):
            return str(folder)
        if any((folder / marker).exists() for marker in _MARKERS):
            return str(folder)
    return None


def _resolved(store: Path) -> Path:
    try:
        return store.resolve()
    except OSError:
        return store.absolute()


def _of(place: str, mounts: Sequence[Mount]) -> Mount | None:
    found: Mount | None = None
    for mount in mounts:
        point = mount.point.rstrip("/\\")
        inside = place == point or place.startswith((point + "/", point + "\\"))
        if inside and (found is None or len(point) >= len(found.point.rstrip("/\\"))):
            found = mount
    return found


def _mounts() -> tuple[Mount, ...]:
    if sys.platform == "win32":
        return _windows_mounts()
    if sys.platform == "darwin":
        return apple_mounts(_run_mount())
    try:
        return linux_mounts(
            Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        )
    except OSError:
        return ()


def linux_mounts(mountinfo: str, blocks: Path = Path("/sys/dev/block")) -> tuple[Mount, ...]:
    """The mounts of a ``mountinfo`` text; removable where the kernel says so of the disk."""
    found = []
    for line in mountinfo.splitlines():
        left, _, right = line.partition(" - ")
        fields, kinds = left.split(" "), right.split(" ")
        if len(fields) >= 5 and kinds[0]:
            point = os.fsencode(fields[4]).decode("unicode_escape").encode("latin-1")
            found.append(Mount(os.fsdecode(point), kinds[0], _removable(blocks / fields[2])))
    return tuple(found)


def _removable(device: Path) -> bool:
    disk = device.resolve()
    for folder in (disk, disk.parent) if disk.exists() else ():
        try:
            return (folder / "removable").read_text(encoding="ascii").strip() == "1"
        except OSError:
            continue
    return False


def _run_mount() -> str:
    try:
        done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def apple_mounts(table: str) -> tuple[Mount, ...]:
    """The mounts of macOS's ``mount``: ``//me@host/share on /Volumes/share (smbfs, …)``."""
    found = []
    for line in table.splitlines():
        _, _, rest = line.partition(" on ")
        point, _, options = rest.rpartition(" (")
        if point:
            found.append(Mount(point, options.partition(",")[0].rstrip(")")))
    return tuple(found)


def _windows_mounts() -> tuple[Mount, ...]:
    import ctypes

    kinds = {2: ("removable", True), 4: ("cifs", False), 5: ("removable", True)}
    ask = ctypes.windll.kernel32.GetDriveTypeW  # type: ignore[attr-defined,unused-ignore]
    drives = [f"{letter}:\\" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    found = [Mount(drive, *kinds[kind]) for drive in drives if (kind := ask(drive)) in kinds]
    return (*found, Mount("\\\\", "cifs"))
