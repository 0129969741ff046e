"""Breaking titles: at word boundaries, symmetric, as a trapezium or a rhombus (clause 7.3.1)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise

from desktop.documents.words import WORDS

LONGEST_WORD = max(map(len, WORDS))
KINDS_OF_PAPER = (
    "通知", "通报", "决定", "公告", "公示", "通告", "意见", "报告", "请示", "批复",
    "函", "纪要", "议案", "命令", "决议", "公报", "方案", "办法", "细则",
)  # fmt: skip
WHOLE = re.compile(
    r"《[^》]{1,18}》|“[^”]{1,12}”|（[^）]{1,18}）|〔[^〕]*〕|\d+(?:[.:]\d+)*(?:[年月日号届次个名项万亿元%％]+)?度?"
    r"|[\u4e00-\u9fff]{2}[省市盟](?=总工会)"
    r"|[A-Za-z0-9.&/-]+|——|……|第[一二三四五六七八九十百\d]+(?:[届次期批号轮]|条(?:（[一二三四五六七八九十]+）)?)"
)
NEVER_FIRST = frozenset("的、，。：；）》”〕！？地得等")
NEVER_LAST = frozenset("（《“〔第")
BAD_FIRST = frozenset({"和", "与", "及", "以及", "暨"})
BAD_LAST = frozenset({"关于", "和", "与", "及", "对", "在", "将", "把", "为", "向", "以"})
MOST_LABEL_LINES = 4
"""A longer label runs on like text."""
SHORTEST_LINE = 4.0
"""Characters that the last line must have; of a narrow label a third of its width."""
LEVEL = 15.0
"""Cost of two lines of one length: a rectangle is neither trapezium nor rhombus."""
INSIDE = 60.0
"""Cost of a break inside brackets or quotation marks that would fit on a line of their own."""
BRACKETS = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）")


@lru_cache(maxsize=1024)
def segment(title: str) -> tuple[str, ...]:
    """Return a title's words: quoted names and numbers whole, known words by longest match, else characters."""
    return tuple(_segments(title))


def _segments(title: str) -> Iterator[str]:
    position = 0
    while position < len(title):
        whole = WHOLE.match(title, position)
        word = whole.group() if whole else _longest_word(title, position)
        yield word
        position += len(word)


def _longest_word(title: str, position: int, longest: int = LONGEST_WORD) -> str:
    for length in range(min(longest, len(title) - position), 1, -1):
        if title[position : position + length] in WORDS:
            return title[position : position + length]
    return title[position]


def width_of(text: str) -> float:
    """Return a text's width in characters: half-width ones count a half."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


@lru_cache(maxsize=1024)
def break_title(title: str, widest: float = 20.0) -> tuple[str, ...]:
    """Return a title's lines, each at most `widest` characters: as few lines as can be, in the best shape."""
    if width_of(title) <= widest:
        return (title,)
    words = _fine(segment(title), widest)
    fewest = int(-(-width_of(title) // widest))
    for count in range(fewest, len(words) + 1):
        best = _best_shape(words, count, widest, _inside(title, words, widest))
        if best:
            return best
    return _greedy(words, widest)


@lru_cache(maxsize=1024)
def break_label(text: str, widest: float) -> tuple[str, ...]:
    """Return a label's lines between words, each at most `widest` characters: as few as can be, as even as can be.

    A label is read in one glance, not as a title: its lines may be of one length, and 意见 may stand alone.
    """
    if width_of(text) <= widest:
        return (text,)
    words = _fine(segment(text), widest)
    inside = _inside(text, words, widest)
    for count in range(2, min(len(words), MOST_LABEL_LINES) + 1):
        ideal = width_of(text) / count
        ways = ((0, *breaks) for breaks in combinations(range(1, len(words)), count - 1))
        scored = [
            (sum((width_of(line) - ideal) ** 2 for line in lines) + _torn(words, breaks, inside), lines)
            for breaks in ways
            if max(map(width_of, lines := _lines(words, breaks))) <= widest
        ]
        if scored:
            return min(scored)[1]
    return _greedy(words, widest)


def _torn(words: list[str], breaks: tuple[int, ...], inside: list[bool]) -> float:
    return sum(_break_cost(words, at) + INSIDE * inside[at] for at in breaks[1:])


def _inside(title: str, words: list[str], widest: float) -> list[bool]:
    """Tell for each word whether a break before it would tear brackets whose content fits on one line."""
    whole = [found.span() for found in BRACKETS.finditer(title) if width_of(found.group()) <= widest]
    starts = [sum(map(len, words[:index])) for index in range(len(words))]
    return [any(first < start < end for first, end in whole) for start in starts]


def _fine(words: tuple[str, ...], widest: float) -> list[str]:
    """Split words that are wider than a line into the words that they are made of, else into characters."""
    return [part for word in words for part in ([word] if width_of(word) <= widest else _parts(word, widest))]


def _parts(word: str, widest: float) -> Iterator[str]:
    longest = min(int(widest), len(word) - 1)
    position = 0
    while position < len(word):
        part = _longest_word(word, position, longest)
        yield part
        position += len(part)


def _greedy(words: list[str], widest: float) -> tuple[str, ...]:
    lines = [""]
    for word in words:
        if width_of(lines[-1] + word) > widest:
            lines.append("")
        lines[-1] += word
    return tuple(line.strip() for line in lines)


def _best_shape(words: list[str], count: int, widest: float, inside: list[bool]) -> tuple[str, ...] | None:
    """Return the best way to set `words` in `count` lines, or None where none fits; a beam of the 60 best starts."""
    total = sum(map(width_of, words))
    ideal = total / count
    beam: list[tuple[float, tuple[int, ...]]] = [(0.0, (0,))]
    for line in range(1, count):
        grown = []
        for cost, breaks in beam:
            for end in range(breaks[-1] + 1, len(words) - (count - line) + 1):
                width = width_of("".join(words[breaks[-1] : end]))
                if width > widest:
                    break
                torn = INSIDE * inside[end]
                grown.append((cost + torn + _break_cost(words, end) + (width - ideal) ** 2 / 8, (*breaks, end)))
        beam = sorted(grown)[:60]
    finished = [(cost, _lines(words, breaks)) for cost, breaks in beam]
    scored = [
        (cost + shape_cost(tuple(map(width_of, lines))) + _last_cost(lines[-1], widest), lines)
        for cost, lines in finished
        if width_of(lines[-1]) <= widest
    ]
    best = min(scored, default=None)
    return best[1] if best and best[0] < 500 else None


def _lines(words: list[str], breaks: tuple[int, ...]) -> tuple[str, ...]:
    ends = (*breaks[1:], len(words))
    # A blank at a break would push its line off the centre.
    return tuple("".join(words[start:end]).strip() for start, end in zip(breaks, ends, strict=True))


def _break_cost(words: list[str], position: int) -> float:
    before, after = words[position - 1], words[position]
    if after[0] in NEVER_FIRST or before[-1] in NEVER_LAST:
        return 1000.0
    cost = 25.0 * (after in BAD_FIRST) + 40.0 * (before in BAD_LAST)
    # Two unknown characters side by side are probably one word, a name say.
    return cost + 12.0 * (len(before) == 1 and len(after) == 1)


def _last_cost(line: str, widest: float) -> float:
    """Never strand the kind of paper, with or without its 的, on the last line."""
    stranded = any(line in (kind, f"的{kind}") for kind in KINDS_OF_PAPER)
    return 1000.0 if stranded or width_of(line) < min(SHORTEST_LINE, widest / 3) else 0.0


def shape_cost(widths: tuple[float, ...]) -> float:
    """Return how far widths are from a trapezium or rhombus: rising, falling, or widest in the middle."""
    rises = [after - before for before, after in pairwise(widths)]
    valley = any(first < 0 < second for index, first in enumerate(rises) for second in rises[index + 1 :])
    cost = 400.0 if valley else 0.0
    cost += sum(LEVEL for rise in rises if abs(rise) < 1)
    cost += sum(3.0 * (abs(rise) - 6) for rise in rises if abs(rise) > 6)
    return cost
