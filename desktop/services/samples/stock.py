"""What the sample county is drawn from: the words of its data file, and a drawer that always draws the same."""

import tomllib
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, Final, TypeVar

from stdnum import luhn
from stdnum.cn import uscc

from desktop.paths import resource_folder
from desktop.rules.identity_numbers import id_check_character
from desktop.services.record.fields import fields

SPACE: Final = uuid.UUID("6f1b0c5e-6f0e-5c6b-9a37-0d3c2b6a7e11")
Item = TypeVar("Item")
Row = dict[str, Any]


@cache
def stock() -> dict[str, Any]:
    """Return the words the sample is made of."""
    return tomllib.loads((resource_folder() / "samples" / "county.toml").read_text("utf-8"))


def reference_on() -> date:
    """Return the day on which the sample county stands; all its dates are relative to it."""
    found: date = stock()["reference_on"]
    return found


@cache
def _defaults(noun: str) -> tuple[tuple[str, Any], ...]:
    return tuple((spec.attribute, spec.default) for spec in fields(noun))


@dataclass
class Drawer:
    """Draws from the stock for one seed, and gathers the rows it makes by noun.

    What is drawn depends on seed and place alone; ids also on `owner`, the name of the office that keeps it: two
    counties that try the sample may meet in their city's database.
    """

    seed: int
    owner: str = ""
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    random: Random = field(default_factory=Random)

    def turn_to(self, place: str) -> None:
        """Begin a part of the county: what is drawn there does not depend on other parts."""
        self.random.seed(f"{self.seed}/{place}")

    def id(self, place: str) -> str:
        """Return the id of the record at a place of the county."""
        return str(uuid.uuid5(SPACE, f"{self.owner}/{self.seed}/{place}"))

    def add(self, noun: str, place: str, **given: Any) -> Row:
        """Gather a row of a noun, every field not given at its default."""
        row: Row = {"id": self.id(f"{noun}/{place}")}
        row.update(
            (name, given[name] if name in given else list(default) if isinstance(default, list) else default)
            for name, default in _defaults(noun)
        )
        unknown = given.keys() - row.keys()
        assert not unknown, f"{noun}: {unknown}"
        self.rows[noun].append(row)
        return row

    def one(self, items: Sequence[Item]) -> Item:
        """Draw one of the items."""
        return items[int(self.random.random() * len(items))]

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """Draw several different items, in their own order."""
        chosen = sorted(self.random.sample(range(len(items)), min(count, len(items))))
        return [items[index] for index in chosen]

    def number(self, least: int, most: int) -> int:
        """Draw a whole number, both ends included."""
        return least + int(self.random.random() * (most - least + 1))

    def chance(self, probability: float) -> bool:
        """Draw whether something is so."""
        return self.random.random() < probability

    def day(self, first: date, last: date) -> date:
        """Draw a day, both ends included."""
        return first + timedelta(self.number(0, (last - first).days))


def id_number(draw: Drawer, born: date, gender: str) -> str:
    """Return an identity number with a right check character and an area that is nobody's."""
    sequence = draw.number(0, 499) * 2 + (1 if gender == "男" else 0)
    body = f"{stock()['area_code']}{born:%Y%m%d}{sequence:03d}"
    return body + id_check_character(body)


def credit_code(number: int, kind: str = "91") -> str:
    """Return a credit code with a right check character for the numbered unit."""
    body = f"{kind}{stock()['area_code']}MA0{number:06d}"
    return body + str(uscc.calc_check_digit(body))


def bank_account(number: int) -> str:
    """Return a card number with a right check digit that no bank issues."""
    body = f"{stock()['bank_prefix']}{number:08d}"
    return body + str(luhn.calc_check_digit(body))
