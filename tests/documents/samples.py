"""Papers for the tests: one plain sample of every kind, and random ones from a seed."""

import io
import random
from typing import Any

from PIL import Image, ImageDraw

PLAIN = (
    "为深入贯彻落实关于工人阶级和工会工作的重要论述，根据《劳模和工匠人才创新工作室管理办法》（某工办发〔2026〕12号）要求，"
    "经单位申报、旗县工会初审、专家评审、集体研究和社会公示，决定命名“李喆劳模创新工作室”等37个工作室，补助资金共计185.50万元。"
)
WORDS = [
    "工作室",
    "创新",
    "劳模",
    "工匠",
    "管理",
    "经费",
    "支出",
    "考核",
    "各单位",
    "要",
    "认真",
    "组织",
    "落实",
    "责任",
    "，、",
    "。",
    "，，",
    "2026年9月3日",
    "37个",
    "5.34亿元",
    "《管理办法》",
    "（试行）",
    "“传帮带”",
    "ABC",
    "QC小组",
    "100%",
    "〔2026〕3号",
    "——",
    "技术攻关",
    "职工",
    "发明专利",
    "12项",
    "节约成本",
    "1,234.50元",
    "张珺",
    "赟",
    "䶮",
    "𠮷",
    "喆",
    "昇",
    "；",
    "：",
]
TITLE_WORDS = [
    "劳模和工匠人才",
    "创新工作室",
    "补助资金",
    "使用情况",
    "专项检查",
    "2026年度",
    "第一批",
    "考核结果",
    "命名",
    "推荐",
    "管理办法",
    "技能竞赛",
    "五一劳动奖章",
    "先进集体",
]
ORGANS = [
    "左河旗总工会",
    "左河旗财政局",
    "左河旗人力资源和社会保障局",
    "左河旗教育局",
    "左河旗科学技术局",
    "左河旗工业和信息化局",
]
KINDS = ("notice", "letter", "publicity", "decision", "reply", "report", "request", "minutes")
NAMES = {
    "notice": "通知", "letter": "函", "publicity": "公示", "decision": "决定", "reply": "批复", "report": "报告",
    "request": "请示", "minutes": "纪要",
}  # fmt: skip


def sample(kind: str, **changes: Any) -> dict[str, Any]:
    """A full paper of a kind; `changes` replace fields, None removes one."""
    data: dict[str, Any] = {
        "issuer": "左河旗总工会",
        "number": {"code": "左河工发", "year": 2026, "serial": 18},
        "title": f"关于2026年度劳模和工匠人才创新工作室工作的{NAMES[kind]}",
        "to": ["各苏木乡镇总工会", "各基层工会"],
        "body": [
            PLAIN,
            "一、基本要求",
            "（一）加强领导。各单位要把创新工作室建设摆上重要位置。",
            "1.落实场地。",
            "（1）面积适当。",
            PLAIN,
        ],
        "date": "2026-09-03",
        "attachments": [
            {"title": "创新工作室名单", "table": table(12)},
            {"title": "有关要求", "body": [PLAIN, "一、要求"]},
        ],
        "note": "（联系人：王珺，电话：0475-3212345）",
        "copy_to": ["市总工会", "旗委办公室"],
        "printed_by": "左河旗总工会办公室",
        "printed_on": "2026-09-04",
    }
    if kind in ("report", "request"):
        data["signer"] = ["王珺", "欧阳娜仁花", "李喆"]
    data.update(changes)
    return {name: value for name, value in data.items() if value is not None}


def table(rows: int, columns: int = 5) -> dict[str, Any]:
    """A table of workrooms."""
    heads = ["序号", "工作室", "所在单位", "领衔人", "补助（元）", "备注", "联系电话", "旗县", "级别", "成立时间"][
        :columns
    ]
    cells = [
        "1",
        "李喆劳模创新工作室",
        "某某有限责任公司",
        "李喆",
        "50,000.00",
        "",
        "13800000000",
        "左河旗",
        "旗级",
        "2020年5月",
    ]
    return {"columns": heads, "rows": [[str(index + 1), *cells[1:columns]] for index in range(rows)]}


def sentence(source: random.Random, words: int) -> str:
    """A sentence of random words of the trade."""
    return "各单位" + "".join(source.choice(WORDS) for _ in range(words)).lstrip("，、。；：") + "。"


def random_paper(seed: int) -> tuple[str, dict[str, Any]]:
    """A random paper: any kind, 1 to 60 paragraphs, long titles, tables, joint organs, rare names."""
    source = random.Random(seed)
    kind = source.choice(KINDS)
    many = source.choice([1, 2, 3, 5, 8, 13, 60 if seed % 10 == 0 else 20])
    title = "关于" + "".join(source.choice(TITLE_WORDS) for _ in range(source.randint(1, 6))) + f"的{NAMES[kind]}"
    data = sample(
        kind,
        title=title,
        body=[sentence(source, source.randint(2, 40)) for _ in range(many)],
        to=[organ + "及所属单位" for organ in ORGANS[: source.randint(1, 6)]],
        note=source.choice([None, "（此件公开发布）"]),
        copy_to=source.choice([None, ORGANS[:3]]),
        serial_copy=source.choice([None, "000123"]),
        secrecy=source.choice([None, "秘密★1年"]),
        urgency=source.choice([None, "特急"]),
    )
    data["attachments"] = [
        {"title": "名单", "table": table(source.randint(1, 70), source.randint(2, 10))},
        {"title": "说明" * source.randint(1, 20), "body": [sentence(source, 30)]},
    ][: source.randint(0, 2)]
    if kind in ("notice", "decision", "report") and source.random() < 0.4:
        data["issuers"] = ORGANS[: source.randint(2, 4)]
        del data["issuer"]
    return kind, data


def seal_image(size: int = 600) -> bytes:
    """A round red seal without text, as PNG."""
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, size - 1, size - 1), outline=(220, 0, 0, 255), width=size // 30)
    draw.ellipse((size * 0.4, size * 0.4, size * 0.6, size * 0.6), fill=(220, 0, 0, 255))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
