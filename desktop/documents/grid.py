"""Meeting the grid: the slack of the gaps above the body, chosen so that the body stands on the page's 22 lines."""

import math
from dataclasses import dataclass

from desktop.documents.styles import HEADLINE, PITCH, TITLE_PITCH, TOP

MOST_SLACK = 4.6
"""mm; a blank line may be up to 7/8 of a character taller than a line (reference value 4.87) less a margin."""
TITLE_PITCHES = [TITLE_PITCH + step * 0.1 for step in range(-14, 15)]


@dataclass(frozen=True)
class Meeting:
    """How a title meets the grid: slack of each gap and pitch of the title's lines in mm, and the body's first row."""

    slack: float
    title_pitch: float
    row: int


def meet_grid(title_top: float, title_lines: int, gaps: int, top: float = TOP) -> Meeting:
    """Solve for a title whose em-box top without slack is `title_top` mm; `gaps` gaps share the slack.

    The last of them is the blank line between title and body. The title's pitch gives way a little where it must.
    """
    best: tuple[float, Meeting] | None = None
    for pitch in TITLE_PITCHES:
        bottom = title_top + (title_lines - 1) * pitch + HEADLINE.em
        row = math.ceil((bottom + PITCH - top) / PITCH - 1e-6) + 1
        slack = (top + (row - 1) * PITCH - bottom - PITCH) / gaps
        cost = abs(pitch - TITLE_PITCH) * (title_lines > 1) + max(slack - MOST_SLACK, 0.0) * 100 + row
        if best is None or cost < best[0] - 1e-9:
            best = (cost, Meeting(slack, pitch, row))
    assert best is not None
    return best[1]
