"""The benchmarks' table: what counts as reached, how growth is told, and the page that holds the last one."""

import re

from benchmarks.__main__ import NAMES, main, page
from benchmarks.machine import described
from benchmarks.measure import HEAD, Ratio, grown, table, written


def a_ratio(ours=1.0, base=2.0, goal=0.5, growth=0.0):
    """Return a measurement."""
    return Ratio("some work", ours, base, "ms", goal, "a peer", growth)


def test_a_goal_is_reached_by_ratio_and_by_growth():
    assert a_ratio().verdict == "reached"
    assert a_ratio(goal=0.49).verdict == "MISSED"
    assert a_ratio(growth=1.0).verdict == "reached"
    assert a_ratio(growth=1.01).verdict == "MISSED"


def test_growth_is_the_share_of_how_the_work_grew():
    assert grown(a_ratio(ours=2.0), a_ratio(ours=60.0), 30).growth == 1.0
    assert a_ratio(growth=0.256).grown == "0.26"
    assert a_ratio().grown == ""


def test_both_tables_have_one_line_for_each_measurement():
    ratios = [a_ratio(), a_ratio(ours=1234.5, goal=0.1)]
    assert len(table(ratios).splitlines()) == len(written(ratios).splitlines()) == 4
    assert {line.count("|") for line in written(ratios).splitlines()} == {len(HEAD) + 1}
    assert "1,234" in written(ratios)


def test_the_page_names_the_machine_and_counts_what_is_reached():
    text = page(described(), [a_ratio(), a_ratio(goal=0.1)])
    assert "1 of 2 goals are reached." in text
    for name in ("Processor", "Memory", "System", "Python", "Measured"):
        assert re.search(rf"^- {name}: \S", text, re.MULTILINE)


def test_an_unknown_benchmark_is_refused_with_those_there_are(capsys):
    assert main(["none"]) == 2
    told = capsys.readouterr().err
    assert {"startup", "registry", "gaps", "rules", "saving", "papers", "spreadsheets", "exchange"} <= set(NAMES)
    assert all(name in told for name in NAMES)
