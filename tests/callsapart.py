"""Functions that tests have called in other processes."""

import os


def helped(parent, submit):
    """Whether this is another process than a parent, and what a further one says of itself."""
    return os.getpid() != parent, submit and submit(os.getpid).result() not in (parent, os.getpid())


def ended_apart(parent, submit):
    """End the process, as the system does where memory is short; in the parent itself, what it is given."""
    if os.getpid() != parent:
        os._exit(9)
    return "here", submit


_calls = []


def counted(value, _submit):
    """A value, and how many calls its process has had."""
    _calls.append(value)
    return value, len(_calls)
