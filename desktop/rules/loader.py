"""Reading one regulation file, strictly: whatever is not understood is refused with one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.rules.check_reader import Names, read_check
from desktop.rules.facts import Dictionary, dictionary, read_fact
from desktop.rules.references import check_references
from desktop.rules.regulation import (
    MARKS,
    NOUNS,
    OFFICE_LEVELS,
    POLARITIES,
    STRENGTHS,
    WHERE,
    Criterion,
    Grant,
    Guard,
    HomeAuthority,
    LedgerEntry,
    Option,
    Paper,
    Regulation,
    RewardRole,
    Rule,
    Transition,
    Workflow,
)
from desktop.rules.table_reader import Source, Table, each, parse, read_text
from desktop.rules.words import RANKS

SECTIONS = ("grant", "reward_role", "ledger_entry", "fact", "rule", "workflow", "paper", "criterion")


def load(path: Path, known: Dictionary | None = None) -> Regulation:
    """Read a regulation file; raises BadRegulation naming the file, the line where possible, and the key."""
    return load_text(read_text(path), path.name, known)


def load_text(text: str, name: str = "regulation.toml", known: Dictionary | None = None) -> Regulation:
    """Read a regulation from TOML text; `name` stands in the messages. Raises BadRegulation."""
    data, source = parse(name, text)
    whole = Table(source, data, "")
    head = whole.table("regulation")
    known = known or dictionary()
    own = each(_sections(whole, source, "fact"), read_fact)
    for fact in own:
        if fact.name in known.facts:
            source.refuse("事实词典里已经有这个事实，不能另定义。", fact.name, "name")
    names = Names(known.with_facts(own).facts, RANKS)
    regulation = Regulation(
        **_head(head),
        levels=_levels(whole),
        actors=whole.mapping("actors"),
        acts=_acts(whole),
        home=_home(whole),
        own_facts=own,
        grants=each(_sections(whole, source, "grant"), _grant),
        reward_roles=each(_sections(whole, source, "reward_role"), lambda table: _role(table, names)),
        ledger_entries=each(_sections(whole, source, "ledger_entry"), _ledger_entry),
        rules=each(_sections(whole, source, "rule", required=True), lambda table: _rule(table, names)),
        workflows=each(_sections(whole, source, "workflow"), _workflow),
        papers=each(_sections(whole, source, "paper"), _paper),
        criteria=each(_sections(whole, source, "criterion"), _criterion),
    )
    whole.done()
    check_references(regulation, source)
    return regulation


def _sections(whole: Table, source: Source, key: str, required: bool = False) -> list[Table]:
    """Return the entries of an array of tables, each owned by its id, name or track for the messages."""
    found = []
    for table in whole.tables(key, required):
        owner = next((str(table.take(word)) for word in ("id", "name", "track", "who") if table.has(word)), "")
        found.append(Table(source, {word: table.take(word) for word in table.names()}, owner or table.prefix))
    return found


def _head(table: Table) -> dict[str, Any]:
    head: dict[str, Any] = {key: table.word(key) for key in ("id", "title", "doc_no", "issuer", "region")}
    head |= {"effective_by": table.word("effective_by"), "interpreter": table.word("interpreter", "")}
    if not table.has("interpreter"):
        table.take("interpreter")
    head |= {"issued_on": table.day("issued_on", empty=True), "effective_on": table.day("effective_on", empty=True)}
    head |= {"objects": table.words("objects"), "criteria_note": table.word("criteria")}
    for key in ("applies_with", "supersedes", "based_on"):
        head[key] = table.words(key, empty=True)
    head |= {"issued_text": table.word("issued_text"), "note": table.word("note", "")}
    table.done()
    return head


def _levels(whole: Table) -> dict[str, str]:
    if not whole.has("levels"):
        return {}
    table = whole.table("levels")
    return {word: table.choice(word, tuple(RANKS)) for word in table.names()}


def _acts(whole: Table) -> dict[str, tuple[str, ...]]:
    if not whole.has("acts"):
        return {}
    table = whole.table("acts")
    for actor in table.names():
        if not set(table.words(actor)) <= set(OFFICE_LEVELS):
            table.refuse(f"工会层级应为：{'、'.join(OFFICE_LEVELS)}。", actor)
    return {actor: table.words(actor) for actor in table.names()}


def _home(whole: Table) -> HomeAuthority:
    if not whole.has("home"):
        return HomeAuthority()
    table = whole.table("home")
    home = HomeAuthority(table.words("contains", ()), table.words("begins", ()))
    table.done()
    return home


def _grant(table: Table) -> Grant:
    amounts = {key: table.fen(f"{key}_yuan") for key in AMOUNTS if table.has(f"{key}_yuan")}
    if not amounts or ("amount" in amounts and len(amounts) > 1):
        table.refuse("要写 amount_yuan，或者写 amount_min_yuan／amount_max_yuan。", "amount_yuan")
    grant = Grant(
        track=table.word("track"),
        cite=table.word("cite"),
        times=table.word("times", ""),
        amount_fen=amounts.get("amount"),
        amount_min_fen=amounts.get("amount_min"),
        amount_max_fen=amounts.get("amount_max"),
    )
    table.done()
    return grant


AMOUNTS = ("amount", "amount_min", "amount_max")


def _role(table: Table, names: Names) -> RewardRole:
    count_fact = table.word("count_fact", "")
    if count_fact and (count_fact not in names.facts or names.facts[count_fact].type != "count"):
        table.refuse(f"事实词典里没有名为“{count_fact}”的人数。", "count_fact")
    role = RewardRole(table.word("name"), table.fen("cap_yuan"), table.flag("soft"), table.word("cite"), count_fact)
    table.done()
    return role


def _ledger_entry(table: Table) -> LedgerEntry:
    entry = LedgerEntry(table.word("who"), table.word("when"), table.word("account"), table.word("cite"))
    table.done()
    return entry


def _rule(table: Table, names: Names) -> Rule:
    rule = Rule(
        **{key: table.word(key) for key in ("id", "article", "title", "text", "kind", "meaning", "boundary")},
        strength=table.choice("strength", STRENGTHS),
        stage=table.words("stage"),
        pinpoint=table.word("pinpoint", ""),
        polarity=table.choice("polarity", POLARITIES, "require"),
        derived=table.flag("derived", False),
        tool_setting=table.words("tool_setting", ()),
        options=each(table.tables("options"), _option),
        hint_at=table.words("hint_at", ()),
        note=table.word("note", ""),
        when=each(table.tables("when"), lambda guard: _guard(guard, names)),
        unless=each(table.tables("unless"), lambda guard: _guard(guard, names)),
        check=read_check(table.table("check"), names),
    )
    table.done()
    return rule


def _option(table: Table) -> Option:
    option = Option(table.word("text"), table.word("key", ""))
    table.done()
    return option


def _guard(table: Table, names: Names) -> Guard:
    note = table.word("note", "")
    if table.has("check"):
        guard = Guard(check=read_check(table.table("check"), names), note=note)
    else:
        guard = _fact_guard(table, names, note)
    table.done()
    return guard


def _fact_guard(table: Table, names: Names, note: str) -> Guard:
    fact = table.word("fact")
    if fact not in names.facts:
        table.refuse(f"事实词典里没有“{fact}”。", "fact")
    tests = [key for key in ("is", "in", "not_in", "after", "before") if table.has(key)]
    if len(tests) != 1:
        table.refuse("应写明且只写明 is、in、not_in、after、before 之一。")
    kind = names.facts[fact].type
    if tests[0] in ("after", "before") and kind != "date":
        table.refuse(f"“{fact}”不是日期，不能用 {tests[0]}。", tests[0])
    match tests[0]:
        case "is":
            value = table.take("is")
            if not isinstance(value, bool if kind == "bool" else str):
                table.refuse(f"这里的值与“{fact}”的类型 {kind} 不符。", "is")
            return Guard(fact=fact, is_=value, note=note)
        case "in":
            return Guard(fact=fact, in_=table.words("in"), note=note)
        case "not_in":
            return Guard(fact=fact, not_in=table.words("not_in"), note=note)
        case "after":
            return Guard(fact=fact, after=table.day("after"), note=note)
        case _:
            return Guard(fact=fact, before=table.day("before"), note=note)


def _workflow(table: Table) -> Workflow:
    workflow = Workflow(
        id=table.word("id"),
        title=table.word("title"),
        initial=table.word("initial"),
        states=table.words("states"),
        transition=each(table.tables("transition", required=True), _transition),
        noun=table.choice("noun", ("", *NOUNS), ""),
        where=_lists(table, "where", WHERE, "字段"),
        marks=_lists(table, "marks", MARKS, "标记"),
        names=_names(table),
    )
    table.done()
    return workflow


def _lists(table: Table, key: str, allowed: tuple[str, ...], what: str) -> dict[str, tuple[str, ...]]:
    if not table.has(key):
        return {}
    inner = table.table(key)
    for name in inner.names():
        if name not in allowed:
            inner.refuse(f"没有{what}“{name}”，应为：{'、'.join(allowed)}。", name)
    return {name: inner.words(name) for name in inner.names()}


def _names(table: Table) -> dict[str, str]:
    if not table.has("names"):
        return {}
    inner = table.table("names")
    return {state: inner.choice(state, tuple(RANKS)) for state in inner.names()}


def _transition(table: Table) -> Transition:
    step = Transition(
        from_=table.word("from"),
        to=table.word("to"),
        actor=table.word("actor"),
        paper=table.word("paper", "") if table.has("paper") else table.word("paper"),
        limit=table.word("limit", "") if table.has("limit") else table.word("limit"),
        cite=table.word("cite", ""),
        source=table.choice("source", ("text", "convention"), "text"),
        requires=table.words("requires", (), empty=True),
        ensures=table.words("ensures", (), empty=True),
        opened_by=table.words("opened_by", (), empty=True),
        after=table.words("after", (), empty=True),
    )
    table.done()
    if step.source == "convention" and step.cite:
        table.refuse("约定的步骤不得引用条文，请删去 cite 的内容。", "cite")
    if step.source == "text" and not step.cite:
        table.refuse('有条文依据的步骤要写明 cite；没有依据的请写 source = "convention"。', "cite")
    return step


def _paper(table: Table) -> Paper:
    paper = Paper(
        name=table.word("name"),
        issuer=table.word("issuer"),
        addressee=table.word("addressee", "") if table.has("addressee") else table.word("addressee"),
        cite=table.word("cite", "") if table.has("cite") else table.word("cite"),
        source=table.choice("source", ("text", "implied", "convention")),
        fields=table.words("fields", empty=True),
    )
    table.done()
    return paper


def _criterion(table: Table) -> Criterion:
    page = Criterion(
        id=table.word("id"),
        stage=table.word("stage"),
        title=table.word("title"),
        article=table.word("article"),
        rules=table.words("rules"),
        tracks=table.words("tracks", ()),
    )
    table.done()
    return page
