"""What several forms share: the workroom's lines, the conditions with their findings, the list of workrooms."""

from desktop.documents.forms.blocks import Entries
from desktop.documents.forms.lists import Rows, column
from desktop.documents.forms.values import Entry

NAME = Entry("workroom_name", "工作室名称", wide=True, needed=True)
UNIT = Entry("unit_name", "所在单位")
LEADER = Entry("leader_name", "领衔人")
HONOURS = Entry("leader_honours", "领衔人荣誉", wide=True)
ARTICLES = Entry("articles", "办法条文", "paragraphs", height=12, optional=True)
CONCLUSION = Entry("conclusion", "结论", "paragraphs", height=24)


def workroom(*more: Entry) -> Entries:
    """Return the lines that open a form about one workroom."""
    return Entries((NAME, UNIT, LEADER, *more))


def findings(least: int = 8, label: str = "逐项审查", name: str = "rows") -> Rows:
    """Return the list of conditions with article, what was found and the conclusion."""
    return Rows(
        name,
        label,
        (
            column("title", "条件", 52, wide=True, needed=True),
            column("article", "依据", 28),
            column("actual", "实际情况", 48, wide=True),
            column("status", "结论", 18),
        ),
        least,
        grouped=True,
    )


def workrooms(*more: tuple[str, str, float], least: int = 0) -> Rows:
    """Return a numbered list of workrooms or projects with further columns."""
    columns = (
        column("name", "名称", 46, wide=True, needed=True),
        column("unit_name", "所在单位", 38, wide=True),
        column("person", "领衔人（完成人）", 25),
        *(column(*one) for one in more),
    )
    return Rows("rows", "名单", columns, least)
