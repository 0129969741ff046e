"""What a regulation's file calls things, as papers write them: its object, the makers of its papers, their articles."""

import re

from desktop.rules.regulation import Paper, Regulation

GENERAL_WORD = "创新工作室"
ABOVE_UNITS = ("总工会", "盟市工会", "产业工会", "旗县（市区）工会", "局（公司）")
"""Words for the unions above a unit's own in the regulations' entries."""
OF_UNITS = ("单位", "基层", "工作室", "职工个人")
SMALL_PARTS = re.compile(r"（.*?）")
POINTS = re.compile(r"(?:考核内容包括|重点考核)(?:创新工作室|工作室)?(.+?)等(?:情况|内容|方面)")


def issuer_of(paper: Paper, name: str) -> str:
    """Return who makes a paper; of several in one entry (盟市工会（通知）；所在单位（报告）) the fitting one."""
    parts = paper.issuer.split("；")
    return next((part for part in parts if any(word in name for word in re.findall("（(.*?)）", part))), paper.issuer)


NEXT_ARTICLE = re.compile(r"、(?=第[一二三四五六七八九十百]+条|[一二三四五六七八九十]+、)")


def cited(law: Regulation, name: str, paper: Paper, noun: str) -> str:
    """Return the articles of a paper's entry that are about records of a noun.

    One entry may serve several courses of business (命名的会议纪要, 考核的会议纪要): what only the others rest on
    is left out. What several nouns are reached by (workrooms) keeps the whole.
    """
    steps = [(flow.noun, step.cite) for flow in law.workflows for step in flow.transition if name in step.paper]
    own = [cite for of, cite in steps if of == noun and cite]
    others = [cite for of, cite in steps if of != noun and cite]
    if noun == "workrooms" or not own:
        return paper.cite
    parts = NEXT_ARTICLE.split(paper.cite)
    mine = [part for part in parts if any(part in cite for cite in own) or not any(part in cite for cite in others)]
    return "、".join(mine)


def kept(match: re.Match[str]) -> str:
    """Keep an item's or paragraph's number behind an article, drop remarks (表式由年度通知定)."""
    return (
        match.group()
        if re.fullmatch(r"（(?:[一二三四五六七八九十]+|第[一二三四五六七八九十]+段)）", match.group())
        else ""
    )


def object_of(law: Regulation) -> str:
    """Return what a regulation calls the workrooms it is about."""
    return law.objects[0] if law.objects else GENERAL_WORD


def object_in_region(law: Regulation) -> str:
    """Return what a regulation calls the workrooms, with the smallest place of its region where the word lacks one."""
    place, name = SMALL_PARTS.sub("", law.region), object_of(law)
    short = place.rsplit("省", 1)[-1].rsplit("自治区", 1)[-1] or place
    return name if name.startswith((place, short)) else short + name


def by_unit(issuer: str) -> bool:
    """Tell whether a maker of papers is a unit or workroom, not a union office above it."""
    return not any(word in issuer for word in ABOVE_UNITS) and any(word in issuer for word in OF_UNITS)


def receivers_of(law: Regulation, name: str, office: str) -> list[str]:
    """Return whom the text has an office send a paper to: all of its offices (各县（市、区）总工会 …), else nobody.

    An entry that names the applicant's own union says nothing that the records do not say.
    """
    for paper in law.papers:
        if name in paper.name and paper.addressee.startswith("各") and paper.issuer in office:
            return [paper.addressee]
    return []


def names_itself(law: Regulation, level: str) -> bool:
    """Tell whether an office of a level is the one that names under a regulation, not one that recommends."""
    steps = (step for flow in law.workflows for step in flow.transition if step.to in flow.names)
    return any(level in law.acts.get(step.actor, ()) for step in steps)


def points_of(sentence: str) -> list[str]:
    """Return the points that a sentence of law lists for an assessment (考核内容包括A、B、C等情况)."""
    found = POINTS.search(sentence)
    return [part.removesuffix("情况") for part in found.group(1).split("、")] if found else []
