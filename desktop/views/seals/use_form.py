"""The card that asks for the seals of one paper: each organ's, its keeper's passphrase, who approved it, what for."""

from collections.abc import Sequence
from typing import Any

from desktop.services.seal.setting import Choice, Use
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import TextEditor
from desktop.views.seals.editors import SecretEditor

WORDS = (
    "由保管人输入自己的口令。这次用印会记入用印登记，不能撤销。"
    "印章图像只是图片，不是法律意义上的电子印章，正式文件仍应加盖实物印章。"
)


class UseForm(AskForm):
    """Asks for the seals in the issuers' order; `use` reads the answers."""

    def __init__(self, paper: str, action: str, choices: Sequence[Choice]) -> None:
        super().__init__(f"用印：{paper}", action, WORDS)
        self._count = len(choices)
        for number, choice in enumerate(choices):
            seals = [(one["id"], f"{one['name']}（{one['keeper']}保管）") for one in choice.seals]
            self.add(f"seal{number}", choice.issuer, ChoiceEditor(seals), seals[0][0])
            self.add(f"secret{number}", "保管人口令", SecretEditor())
        self.add("purpose", "用途", TextEditor())
        self.add("approved_by", "批准人", TextEditor())

    def begin(self) -> None:
        """Put the cursor where the keeper types."""
        self.editors["secret0"].control.setFocus()

    def use(self, given: dict[str, Any]) -> Use:
        """Return what was given."""
        keys = [(given[f"seal{number}"], given[f"secret{number}"] or "") for number in range(self._count)]
        return Use(keys, given["purpose"] or "", given["approved_by"] or "")
