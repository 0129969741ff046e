"""Commands over workbooks."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.cli.data import reading, writing
from desktop.cli.parser import Commands, argument, condition
from desktop.services import records, spreadsheet
from desktop.services.search import keys as search_keys

KINDS = ("workrooms", "members", "outcomes", "allocations", "expenditures", "experts")


def register(commands: Commands) -> None:
    """Add sheet template, export, import."""
    sheets = commands.group("sheet", "Excel 表格：模板、导出、导入")
    kind = argument("kind", choices=KINDS, metavar="种类", help="、".join(KINDS))
    sheets.add("template", "写一个空模板", template, kind, argument("file", type=Path, metavar="文件"))
    sheets.add(
        "export",
        "导出",
        export,
        kind,
        argument("file", type=Path, metavar="文件"),
        argument("--where", action="append", type=condition, default=[], metavar="字段=值"),
    )
    sheets.add(
        "import",
        "导入，全部成功或全部不改",
        import_file,
        kind,
        argument("file", type=Path, metavar="文件"),
        argument("--preview", action="store_true", help="只看结果，不写入"),
        argument("--months", action="store_true", help="只写到月的日期，按当月1日"),
    )


def template(arguments: Namespace) -> Any:
    """Write an empty workbook with heads, choices and hints."""
    spreadsheet.template(arguments.kind, arguments.file)
    return {"file": str(arguments.file)}


def export(arguments: Namespace) -> Any:
    """Write records to a workbook."""
    with reading(arguments) as session:
        rows = spreadsheet.export(session, arguments.kind, arguments.file, records.conditions(arguments.where))
    return {"file": str(arguments.file), "rows": rows}


def import_file(arguments: Namespace) -> Any:
    """Read a workbook into the register."""
    with writing(arguments) as session:
        report = spreadsheet.import_rows(
            session, arguments.kind, arguments.file, arguments.preview, months=arguments.months
        )
    if not arguments.preview:
        with writing(arguments) as session:
            search_keys.refresh(session)
    return report.as_json()
