"""On what kind of file system a path lies: SQLite's locks hold on a local disk, on a network they may not.

Linux tells it in /proc/self/mountinfo (proc(5)); elsewhere nobody knows, and nothing is refused.
"""

from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ocfs2", "gfs2"}
)
NETWORK_FUSE = ("fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.davfs", "fuse.rclone", "fuse.s3fs", "fuse.juicefs")


def network_kind(path: Path) -> str:
    """The name of the network file system that `path` lies on; empty for a local one, or where it cannot be told."""
    kind = _kind(path.resolve())
    return kind if kind in NETWORK or kind.startswith(NETWORK_FUSE) else ""


def _kind(path: Path) -> str:
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        where = before.split()[4].replace("\\040", " ")
        if len(where) >= best and path.is_relative_to(where):
            best, kind = len(where), after.split()[0]
    return kind
