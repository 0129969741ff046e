from __future__ import annotations

import pytest

from tests.rules.all_laws import IDS, law_of, laws
from tests.rules.issued_texts import articles, bare, issued, named_articles, own_part


@pytest.mark.parametrize("law_id", sorted(IDS))
def test_every_quote_stands_verbatim_in_the_article_it_names(law_id: str) -> None:
    law = law_of(law_id)
    wording = {name: bare(text) for name, text in articles(own_part(law, laws())).items()}
    astray = []
    for rule in law.rules:
        place = "".join(wording[name] for name in named_articles(rule.article))
        quotes = [rule.text, *(option.text for option in rule.options)]
        astray += [(rule.id, quote) for quote in quotes if not quote or bare(quote) not in place]
    assert astray == []


@pytest.mark.parametrize("law_id", sorted(IDS))
def test_every_citation_names_an_article_of_the_text(law_id: str) -> None:
    law = law_of(law_id)
    known = set(articles(own_part(law, laws())))
    cites = [step.cite for workflow in law.workflows for step in workflow.transition if step.source == "text"]
    cites += [paper.cite for paper in law.papers if paper.source == "text"]
    cites += [part.cite for part in (*law.grants, *law.ledger_entries, *law.reward_roles)]
    cites += [page.article for page in law.criteria]
    assert [cite for cite in cites if not named_articles(cite) or not set(named_articles(cite)) <= known] == []


@pytest.mark.parametrize("law_id", sorted(IDS))
def test_number_title_and_dates_are_those_of_the_issued_text(law_id: str) -> None:
    law = law_of(law_id)
    text = bare(issued(law.issued_text))
    assert bare(law.doc_no) in text
    if law.issued_on is not None:
        day = law.issued_on
        assert f"{day.year}年{day.month}月{day.day}日" in text
    assert law.issuer in text


def _in_words(fen: int | None) -> str:
    yuan = (fen or 0) // 100
    return f"{yuan // 10_000}万元" if yuan % 10_000 == 0 else f"{yuan}元"


@pytest.mark.parametrize("law_id", sorted(IDS))
def test_grants_and_accounts_are_those_of_the_article_cited(law_id: str) -> None:
    law = law_of(law_id)
    wording = {name: bare(text) for name, text in articles(own_part(law, laws())).items()}
    for grant in law.grants:
        place = "".join(wording[name] for name in named_articles(grant.cite))
        low, high = _in_words(grant.amount_min_fen), _in_words(grant.amount_max_fen)
        said = f"{low.removesuffix('万元')}-{high}" if grant.amount_max_fen else low
        assert (said if grant.amount_fen is None else _in_words(grant.amount_fen)) in place, grant
    for entry in law.ledger_entries:
        assert entry.account in wording[entry.cite]
