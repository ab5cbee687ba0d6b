"""Functions that tests have called in other processes."""

import os

from keben.build.offers import offered


def helped(parent, submit):
    """Whether this is another process than a parent, and what a further one says of itself."""
    return os.getpid() != parent, submit and submit(os.getpid).result() not in (parent, os.getpid())


def ended_apart(parent, submit):
    """End the process, as the system does where memory is short; in the parent itself, what it is given."""
    if os.getpid() != parent:
        os._exit(9)
    return "here", submit


def offering(number):
    """The processes that made calls which this one offered, and this one."""
    submit = offered()
    futures = [submit(os.getpid) for _ in range(number)]
    return [future.result(timeout=60) for future in futures], os.getpid()


def offering_to_nobody():
    """Whether a call that was offered can be taken back."""
    future = offered()(os.getpid)
    return future.cancel(), future.cancelled()


def offering_what_fails():
    """What comes of calls that end the process which makes them, that fail, and that cannot be sent."""
    submit = offered()
    futures = [submit(os._exit, 9), submit(int, "x"), submit(lambda: None), submit(len, "一二")]
    return [type(future.exception(timeout=60)).__name__ for future in futures]


_calls = []


def counted(value, _submit):
    """A value, and how many calls its process has had."""
    _calls.append(value)
    return value, len(_calls)
