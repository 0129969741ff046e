"""密钥卡: who an office is and the fingerprint of its key, on paper and as a QR code, to hand over and compare."""

from desktop.documents.forms.blocks import Entries, Notes, Signatures
from desktop.documents.forms.quick_code import QuickCode
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "identity-card",
    "数据交换密钥卡",
    (
        Entries(
            (
                Entry("name", "工会名称", wide=True, needed=True, height=12),
                Entry("level", "层级"),
                Entry("region", "地区"),
                Entry("office_id", "编号", wide=True),
                Entry("fingerprint", "密钥指纹", wide=True, needed=True, height=18),
            )
        ),
        QuickCode("code", "二维码内容", ("扫码所见的指纹，应与上面印的、与对方屏幕上显示的完全一致。",)),
        Signatures(("交出人", "核对人")),
        Notes(
            (
                "1. 本卡连同“身份文件”交给对方，当面或打电话逐组核对指纹，一致后对方才在程序中“认可”本工会。",
                "2. 指纹不是秘密，可以公开；密钥本身不在本卡上，也不离开本机。",
                "3. 双方各留一份，与印鉴一并存放。更换密钥后应重新印发，旧卡作废。",
            )
        ),
    ),
)
