"""The issued texts cut into regulations and articles, so that a quote can be looked for where it is said to stand."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from desktop.rules.regulation import Regulation

FOLDER = Path(__file__).parents[2] / "resources" / "regulations" / "issued"
ARTICLE = re.compile(r"^第[一二三四五六七八九十]+条", re.MULTILINE)
SECTION = re.compile(r"^[一二三四五六七八九十]+、", re.MULTILINE)
NAMED = re.compile(r"第[一二三四五六七八九十]+条|(?<!（)[一二三四五六七八九十]+、")


def bare(text: str) -> str:
    """Return the text without spaces and line breaks, which the scanned originals set at will."""
    return re.sub(r"\s", "", text)


def _named(text: str) -> str:
    return bare(text).replace("(", "（").replace(")", "）")


@cache
def issued(name: str) -> str:
    """Return the issued text of this file name."""
    return (FOLDER / name).read_text(encoding="utf-8")


def own_part(law: Regulation, all_laws: tuple[Regulation, ...]) -> str:
    """Return the part of the issued text that is this regulation: one paper may bring several."""
    text = issued(law.issued_text)
    starts = {other.id: _start(text, other.title) for other in all_laws if other.issued_text == law.issued_text}
    later = [start for start in starts.values() if start > starts[law.id]]
    return text[starts[law.id] : min(later, default=len(text))]


def _start(text: str, title: str) -> int:
    """Return where the regulation's own title stands, past its mentions in 《》."""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    squeezed, wanted = _named(text), _named(title)
    at = squeezed.find(wanted)
    while at > 0 and squeezed[at - 1] == "《":
        at = squeezed.find(wanted, at + 1)
    assert at >= 0, f"{title} 不在印发原文里"
    return places[at]


def articles(part: str) -> dict[str, str]:
    """Return the articles (第一条 …) or sections (一、 …) of one regulation with their wording."""
    heads = list(ARTICLE.finditer(part)) or list(SECTION.finditer(part))
    ends = [head.start() for head in heads[1:]] + [len(part)]
    return {head.group(): part[head.start() : end] for head, end in zip(heads, ends, strict=True)}


def named_articles(citation: str) -> list[str]:
    """Return the articles or sections that a citation names."""
    return NAMED.findall(citation)
