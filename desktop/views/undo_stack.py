"""What can be undone and redone: steps of the user, each with the sealed commits that reversing it must take back."""

from collections import deque
from dataclasses import dataclass, replace
from typing import Final

DEPTH: Final = 200


@dataclass(frozen=True)
class Step:
    """One change in words, and the commits to revert together.

    Beside the step's own commits these are the commits of later steps and of their reversals: what was done and
    undone since stands in the change log, and reverting all of it as one leads back to before this step.
    """

    words: str
    commits: tuple[str, ...]
    size: int = 0
    """How many records it touched."""


class UndoStack:
    """Two stacks of steps; reversing the top of one moves it to the other."""

    def __init__(self) -> None:
        self._done: deque[Step] = deque(maxlen=DEPTH)
        self._undone: deque[Step] = deque(maxlen=DEPTH)

    @property
    def undo_words(self) -> str:
        """What 撤销 would take back, or an empty string."""
        return self._done[-1].words if self._done else ""

    @property
    def redo_words(self) -> str:
        """What 重做 would do again, or an empty string."""
        return self._undone[-1].words if self._undone else ""

    def remember(self, words: str, commits: tuple[str, ...], size: int = 0) -> None:
        """Put a new change on top; what was undone before it cannot be redone any more."""
        self._done.append(Step(words, commits, size))
        self._undone.clear()

    def take(self, *, redo: bool = False) -> Step | None:
        """Take the step to reverse from the top; None when there is none."""
        source = self._undone if redo else self._done
        return source.pop() if source else None

    def put_back(self, step: Step, *, redo: bool = False) -> None:
        """Put a taken step on top again, when its reversal was given up."""
        (self._undone if redo else self._done).append(step)

    def reversed(self, step: Step, commits: tuple[str, ...], *, redo: bool = False) -> None:
        """Note that a taken step was reversed by these commits."""
        source, target = (self._undone, self._done) if redo else (self._done, self._undone)
        target.append(Step(step.words, commits, step.size))
        if source:
            below = source[-1]
            together = (*below.commits, *step.commits, *commits)
            source[-1] = replace(below, commits=together, size=below.size + 2 * step.size)
