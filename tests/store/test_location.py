"""Where a store may lie, on made-up mount tables."""

from pathlib import Path

import pytest

from competition_app.i18n import words
from competition_app.store import location
from competition_app.store.location import Mount

ROOT = Mount("/", "ext4")
TABLE = (
    ROOT,
    Mount("/mnt/share", "cifs"),
    Mount("/data/u/远程", "fuse.sshfs"),
    Mount("/media/u/KINGSTON", "vfat", removable=True),
    Mount("/media/u", "tmpfs"),
    Mount("/mnt/share/local", "xfs"),
)


@pytest.mark.parametrize(
    ("store", "said"),
    [
        ("/mnt/share/a/store.db", "网络共享 /mnt/share 上"),
        ("/data/u/远程/store.db", "网络共享 /data/u/远程 上"),
        ("/media/u/KINGSTON/store.db", "可移动磁盘 /media/u/KINGSTON 上"),
        ("/data/u/OneDrive/store.db", "同步文件夹 /data/u/OneDrive 中"),
        ("/data/u/OneDrive - 某公司/竞赛/store.db", "同步文件夹 /data/u/OneDrive - 某公司 中"),
        ("/data/u/onedrive/store.db", "同步文件夹 /data/u/onedrive 中"),
        ("/d/坚果云/x/store.db", "同步文件夹 /d/坚果云 中"),
        ("/d/BaiduSyncdisk/store.db", "同步文件夹 /d/BaiduSyncdisk 中"),
        ("/d/Nutstore/1/store.db", "同步文件夹 /d/Nutstore 中"),
        ("/d/WPS云盘/store.db", "同步文件夹 /d/WPS云盘 中"),
        ("/data/u/Library/Mobile Documents/com~apple~CloudDocs/x.db", "com~apple~CloudDocs 中"),
    ],
)
def test_a_share_a_stick_and_a_synchronised_folder_are_named(store: str, said: str) -> None:
    found = location.unsafe(Path(store), TABLE)
    assert found is not None
    assert words("zh").say(found).endswith(said)


@pytest.mark.parametrize(
    "store",
    ["/data/u/store.db", "/mnt/share/local/store.db", "/mnt/shared/store.db", "/media/u/x.db",
     "/data/u/Dropboxes/store.db", "/data/u/云盘/store.db"],
)  # fmt: skip
def test_a_local_disk_is_taken(store: str) -> None:
    assert location.unsafe(Path(store), TABLE) is None


@pytest.mark.parametrize(
    "kind", ["ext4", "xfs", "btrfs", "overlay", "tmpfs", "apfs", "NTFS", "9p", "zfs", "f2fs"]
)
def test_local_kinds_are_never_refused(kind: str) -> None:
    assert location.unsafe(Path("/x/store.db"), (Mount("/", kind),)) is None


def test_without_a_mount_table_nothing_is_refused() -> None:
    assert location.unsafe(Path("/x/store.db"), ()) is None


def test_a_marked_synchronised_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert location.synchronised(tmp_path / "a" / "store.db") == str(tmp_path)


def test_this_machines_own_table_can_be_read(tmp_path: Path) -> None:
    assert location.unsafe(tmp_path / "store.db") is None


def test_linux_tells_removable_disks_and_odd_names(tmp_path: Path) -> None:
    for name, removable in (("sda", "0"), ("sdb", "1")):
        (tmp_path / "disks" / name / f"{name}1").mkdir(parents=True)
        (tmp_path / "disks" / name / "removable").write_text(f"{removable}\n")
    blocks = tmp_path / "block"
    blocks.mkdir()
    (blocks / "8:1").symlink_to(tmp_path / "disks" / "sda" / "sda1")
    (blocks / "8:17").symlink_to(tmp_path / "disks" / "sdb" / "sdb1")
    table = (
        "25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        "40 25 8:17 / /media/u/我的\\040U盘 rw,nosuid shared:9 - vfat /dev/sdb1 rw\n"
        "41 25 0:50 / /mnt/share rw - cifs //nas/share rw\n"
        "a broken line\n"
    )
    assert location.linux_mounts(table, blocks) == (
        Mount("/", "ext4"),
        Mount("/media/u/我的 U盘", "vfat", removable=True),
        Mount("/mnt/share", "cifs"),
    )


def test_macos_and_windows_names_are_understood() -> None:
    table = "/dev/disk1s1 on / (apfs, local)\n//u@nas/竞赛 on /Volumes/竞赛 (smbfs, nodev)\n"
    assert location.apple_mounts(table) == (Mount("/", "apfs"), Mount("/Volumes/竞赛", "smbfs"))
