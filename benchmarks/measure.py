"""What every benchmark shares: timing, quantiles, and a ratio to a baseline of the same run."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "benchmarks"


@dataclass(frozen=True)
class Ratio:
    """One measurement: our cost and the baseline's in the same unit (less is better), and the goal for their ratio.

    `growth` is by how much our cost grew from a smaller amount of work, as a share of how much the work grew: at most 1
    is no worse than linear; 0 where only one size was measured.
    """

    work: str
    ours: float
    base: float
    unit: str
    goal: float
    against: str
    growth: float = 0.0

    @property
    def value(self) -> float:
        """Return our cost as a multiple of the baseline's."""
        return self.ours / self.base

    def line(self) -> str:
        """Return the row of the printed table."""
        figures = f"{_figure(self.ours):>9} {_figure(self.base):>9} {self.unit:<3} {self.value:>8.3f} {self.goal:>7.3g}"
        return f"{self.work:<58} {figures}  {self.verdict:<8} {self.grown:>6}  {self.against}"

    @property
    def verdict(self) -> str:
        """Say whether the goal is reached and growth is no worse than linear."""
        return "reached" if self.value <= self.goal and self.growth <= 1 else "MISSED"

    @property
    def grown(self) -> str:
        """Return the growth as the table shows it."""
        return f"{self.growth:.2f}" if self.growth else ""

    def cells(self) -> tuple[str, ...]:
        """Return the cells of the written table."""
        figures = _figure(self.ours), _figure(self.base), self.unit, f"{self.value:.3f}", f"{self.goal:.3g}"
        return self.work, *figures, self.verdict, self.grown, self.against


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number >= 1000 else f"{number:.4g}"


def table(ratios: Iterable[Ratio]) -> str:
    """Return the table of ratios with its head."""
    head = (
        f"{'work':<58} {'ours':>9} {'baseline':>9}     {'ratio':>8} {'goal ≤':>7}  {'':<8} {'growth':>6}  baseline is"
    )
    return "\n".join([head, "-" * len(head), *(ratio.line() for ratio in ratios)])


HEAD = ("work", "ours", "baseline", "unit", "ratio", "goal ≤", "", "growth", "baseline is")


def written(ratios: Iterable[Ratio]) -> str:
    """Return the table as Markdown."""
    rows = [HEAD, ("---", *("---:",) * 2, "---", *("---:",) * 2, "---", "---:", "---"), *(r.cells() for r in ratios)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def grown(small: Ratio, large: Ratio, times: float) -> Ratio:
    """Return the larger measurement with its growth from the smaller one, whose work was `times` less."""
    return replace(large, growth=large.ours / small.ours / times)


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
