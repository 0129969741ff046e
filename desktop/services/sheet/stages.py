"""How far an import is, as one measure over its stages, so that what remains can be told from the beginning."""

from collections.abc import Callable
from typing import Final

Report = Callable[[int, int, str], None]
Part = Callable[[int, int], None]
WHOLE: Final = 1000
SHARES: Final = {
    True: {"读取表格": 350, "核对": 650},
    False: {"读取表格": 150, "核对": 300, "写入": 250, "记入历程": 300},
}
"""What each stage takes of the whole, in thousandths, for a preview and for an import."""


def no_report(_done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


class Stages:
    """Tells `report` (done, total, words) of each stage of `work`; what `report` raises stops the work."""

    def __init__(self, work: str, report: Report, preview: bool) -> None:
        self._work, self._report, self._shares = work, report, SHARES[preview]

    def begin(self, stage: str) -> Part:
        """Begin a stage and return what is told (done, total) in it."""
        names = list(self._shares)
        before = sum(self._shares[name] for name in names[: names.index(stage)])
        share, words = self._shares[stage], f"{self._work}：{stage}"

        def tell(done: int, total: int) -> None:
            self._report(before + (share * done // total if total else 0), WHOLE, words)

        tell(0, 0)
        return tell
