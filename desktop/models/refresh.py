"""Functions that bring derived local data up to date inside the transaction that changed records."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

Changed = Sequence[tuple[str, str]]
Refresh = Callable[[Connection, Changed], None]
_functions: list[Refresh] = []


def register(function: Refresh) -> Refresh:
    """Have `function(connection, changed)` called for every own edit and every import; usable as a decorator.

    It must write no exchanged record: what it derives is local.
    """
    if function not in _functions:
        _functions.append(function)
    return function


def run(connection: Connection, changed: Changed) -> None:
    """Call all registered functions with the (noun, id) pairs that changed."""
    for function in _functions:
        function(connection, changed)
