"""What every benchmark shares: timing, quantiles, and a ratio to a baseline of the same run."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "benchmarks"


@dataclass(frozen=True)
class Ratio:
    """One measurement: our cost and the baseline's in the same unit (less is better), and the goal for their ratio."""

    work: str
    ours: float
    base: float
    unit: str
    goal: float
    against: str

    @property
    def value(self) -> float:
        """Return our cost as a multiple of the baseline's."""
        return self.ours / self.base

    def line(self) -> str:
        """Return the row of the printed table."""
        verdict = "reached" if self.value <= self.goal else "MISSED"
        figures = f"{_figure(self.ours):>9} {_figure(self.base):>9} {self.unit:<3} {self.value:>8.3f} {self.goal:>7.3g}"
        return f"{self.work:<52} {figures}  {verdict:<8} {self.against}"


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number >= 1000 else f"{number:.4g}"


def table(ratios: Iterable[Ratio]) -> str:
    """Return the table of ratios with its head."""
    head = f"{'work':<52} {'ours':>9} {'baseline':>9}     {'ratio':>8} {'goal ≤':>7}  {'':<8} baseline is"
    return "\n".join([head, "-" * len(head), *(ratio.line() for ratio in ratios)])


def milliseconds(run: Callable[[], object]) -> float:
    """Return how long one call takes, in ms, with the garbage collector kept out of it."""
    gc.collect()
    gc.disable()
    try:
        begun = time.perf_counter()
        run()
        return (time.perf_counter() - begun) * 1000
    finally:
        gc.enable()


def alternating(rounds: int, *runs: Callable[[], float]) -> list[list[float]]:
    """Measure several things by turns, so that what else the machine does falls on all alike."""
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for results, run in zip(taken, runs, strict=True):
            results.append(run())
    return taken


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
