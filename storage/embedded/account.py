"""Who PostgreSQL runs as: ourselves, or `nobody` when we are root, since PostgreSQL refuses root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from storage.embedded.errors import EmbeddedError


@dataclass(frozen=True, slots=True)
class Account:
    """A user and group; `other` when it is not who this process runs as."""

    uid: int
    gid: int
    other: bool

    @classmethod
    def of_server(cls, data: Path) -> Self:
        """Ourselves; for root, who owns `data`, or `nobody` when it does not exist or is root's."""
        if os.geteuid() != 0:
            _require_name(os.geteuid())
            return cls(os.geteuid(), os.getegid(), other=False)
        owner = data.stat() if data.exists() else None
        if owner and owner.st_uid != 0:
            return cls(owner.st_uid, owner.st_gid, other=True)
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid, other=True)

    def reaches(self, path: Path) -> bool:
        """Whether this account may walk down to `path`, as far as that exists already."""
        if not self.other:
            return True
        steps = [path.resolve(), *path.resolve().parents]
        return all(self._enters(step.stat()) for step in steps if step.is_dir())

    def make(self, folder: Path) -> None:
        """Make `folder` and its missing parents so that this account can walk down to it."""
        for step in [*reversed(folder.parents), folder]:
            if not step.exists():
                step.mkdir(exist_ok=True)
                step.chmod(0o755)

    def own(self, path: Path) -> None:
        """Hand `path` to this account."""
        if self.other:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def _enters(self, entry: os.stat_result) -> bool:
        if entry.st_uid == self.uid:
            return bool(entry.st_mode & stat.S_IXUSR)
        if entry.st_gid == self.gid:
            return bool(entry.st_mode & stat.S_IXGRP)
        return bool(entry.st_mode & stat.S_IXOTH)


def _require_name(uid: int) -> None:
    try:
        pwd.getpwuid(uid)
    except KeyError as error:
        raise EmbeddedError(
            f"PostgreSQL does not run for user id {uid}, which /etc/passwd gives no name. "
            "Run as a named user, or set GHAR_DATABASE_URL (compose.yaml starts a server)."
        ) from error
