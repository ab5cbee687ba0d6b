"""Why the system refused: the usual reasons, as sentences that can be translated."""

import errno
from collections.abc import Mapping

from keben.core.saying import Wording, wording

_REASONS: Mapping[int, str] = {
    errno.ENOENT: wording("No such file or directory"),
    errno.EACCES: wording("Permission denied"),
    errno.EPERM: wording("Operation not permitted"),
    errno.EEXIST: wording("File exists"),
    errno.EISDIR: wording("Is a directory"),
    errno.ENOTDIR: wording("Not a directory"),
    errno.ENOTEMPTY: wording("Directory not empty"),
    errno.ENOSPC: wording("No space left on device"),
    errno.EROFS: wording("Read-only file system"),
    errno.EFBIG: wording("File too large"),
    errno.EIO: wording("Input/output error"),
    errno.EBUSY: wording("Device or resource busy"),
    errno.EMFILE: wording("Too many open files"),
    errno.ENFILE: wording("Too many open files in system"),
    errno.ENAMETOOLONG: wording("File name too long"),
    errno.ELOOP: wording("Too many levels of symbolic links"),
    errno.ENOEXEC: wording("Exec format error"),
    errno.EINVAL: wording("Invalid argument"),
    errno.ENOMEM: wording("Cannot allocate memory"),
    errno.EPIPE: wording("Broken pipe"),
    errno.EADDRINUSE: wording("Address already in use"),
    errno.EADDRNOTAVAIL: wording("Cannot assign requested address"),
    errno.ECONNREFUSED: wording("Connection refused"),
    errno.ECONNRESET: wording("Connection reset by peer"),
    errno.EDQUOT if hasattr(errno, "EDQUOT") else -1: wording("Disk quota exceeded"),
}


def reason_of(error: OSError) -> str:
    """Why the system refused, without a full stop: one of the common reasons, else what the system says of it."""
    if isinstance(error.strerror, Wording):
        # Keben says itself what is wrong.
        return error.strerror
    known = _REASONS.get(error.errno) if error.errno is not None else None
    return known or error.strerror or str(error)
