"""Which views there are, those with a tab in the order of the tabs, and how each is built when it is first shown."""

from collections.abc import Callable
from typing import Final

from desktop.views.desk import Desk, View
from desktop.views.navigation import Tab

TABS: Final = (
    Tab("home", "首页", "home"),
    Tab("registry", "工作室台账", "registry"),
    Tab("wizard", "申报向导", "wizard"),
    Tab("allocation", "奖励分配", "allocation"),
    Tab("document", "公文生成", "document"),
    Tab("course", "办理", "handling"),
    Tab("statistics", "统计", "even"),
    Tab("exchange", "数据交换", "exchange"),
)
# Pages without a tab: gone to from other pages, the search and the menu.
PAGES: Final = (
    Tab("imports", "导入名册", "import"),
    Tab("duplicates", "查重与合并", "people"),
    Tab("seals", "用印管理", "stamp"),
    Tab("numbers", "发文字号登记", "document"),
    Tab("experts", "专家与评审", "people"),
    Tab("rounds", "考核", "pass"),
    Tab("plaques", "牌匾台账", "medal"),
    Tab("alliances", "创新工作室联盟", "alliance"),
    Tab("calendar", "节假日安排", "calendar"),
    Tab("scores", "评审打分", "edit"),
    Tab("people", "人员", "person"),
    Tab("units", "单位", "building"),
)
ALONE: Final = PAGES[:9]
"""Pages that need no record and can be gone to from the search."""
TAB_VIEWS: Final = frozenset(tab.view for tab in TABS)
LISTS: Final = (".xlsx", ".xlsm", ".xls", ".et", ".csv", ".ods")
"""Endings of the files that are taken for lists when they are dropped on the window."""
TITLES: Final = {tab.view: tab.title for tab in (*TABS, *PAGES)}


# Each builder imports its own view, so that the window's first paint waits for none but the one it shows.


def _home(desk: Desk) -> View:
    from desktop.views.home_view import HomeView

    return HomeView(desk)


def _registry(desk: Desk) -> View:
    from desktop.views.registry.registry_view import RegistryView

    return RegistryView(desk)


def _wizard(desk: Desk) -> View:
    from desktop.views.wizard.wizard_view import WizardView

    return WizardView(desk)


def _allocation(desk: Desk) -> View:
    from desktop.views.allocation.allocation_view import AllocationView

    return AllocationView(desk)


def _document(desk: Desk) -> View:
    from desktop.views.document.document_view import DocumentView

    return DocumentView(desk)


def _course(desk: Desk) -> View:
    from desktop.views.course.course_view import CourseView

    return CourseView(desk)


def _statistics(desk: Desk) -> View:
    from desktop.views.statistics.statistics_view import StatisticsView

    return StatisticsView(desk)


def _exchange(desk: Desk) -> View:
    from desktop.views.exchange.exchange_view import ExchangeView

    return ExchangeView(desk)


def _imports(desk: Desk) -> View:
    from desktop.views.imports.import_view import ImportView

    return ImportView(desk)


def _duplicates(desk: Desk) -> View:
    from desktop.views.duplicates.duplicate_view import DuplicateView

    return DuplicateView(desk)


def _seals(desk: Desk) -> View:
    from desktop.views.seals.seal_view import SealView

    return SealView(desk)


def _numbers(desk: Desk) -> View:
    from desktop.views.numbers.number_view import NumberView

    return NumberView(desk)


def _experts(desk: Desk) -> View:
    from desktop.views.experts.expert_view import ExpertView

    return ExpertView(desk)


def _scores(desk: Desk) -> View:
    from desktop.views.experts.score_view import ScoreView

    return ScoreView(desk)


def _rounds(desk: Desk) -> View:
    from desktop.views.rounds.round_view import RoundView

    return RoundView(desk)


def _plaques(desk: Desk) -> View:
    from desktop.views.ledgers.plaque_view import PlaqueView

    return PlaqueView(desk)


def _alliances(desk: Desk) -> View:
    from desktop.views.alliances.alliance_view import AllianceView

    return AllianceView(desk)


def _calendar(desk: Desk) -> View:
    from desktop.views.ledgers.calendar_view import CalendarView

    return CalendarView(desk)


def _people(desk: Desk) -> View:
    from desktop.views.people.across_view import PersonView

    return PersonView(desk)


def _units(desk: Desk) -> View:
    from desktop.views.people.across_view import UnitView

    return UnitView(desk)


BUILDERS: Final[dict[str, Callable[[Desk], View]]] = {
    "home": _home,
    "registry": _registry,
    "wizard": _wizard,
    "allocation": _allocation,
    "document": _document,
    "course": _course,
    "statistics": _statistics,
    "exchange": _exchange,
    "imports": _imports,
    "duplicates": _duplicates,
    "seals": _seals,
    "numbers": _numbers,
    "experts": _experts,
    "rounds": _rounds,
    "plaques": _plaques,
    "alliances": _alliances,
    "calendar": _calendar,
    "scores": _scores,
    "people": _people,
    "units": _units,
}


def build(view: str, desk: Desk) -> View:
    """Return a new view by its id."""
    return BUILDERS[view](desk)
