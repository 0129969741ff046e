"""党政组织同意意见: the unit's Party and administrative organisations agree to an application."""

from desktop.documents.forms.blocks import SIGNED_AND_STAMPED, Box, Boxes, Notes
from desktop.documents.forms.shared import HONOURS, workroom
from desktop.documents.forms.sheet import form
from desktop.documents.forms.values import Entry

KIND = form(
    "consent-opinion",
    "党政组织同意意见",
    (
        workroom(
            HONOURS,
            Entry("applied_title", "申报称号", wide=True),
            Entry("summary", "申报情况", "paragraphs", height=30),
        ),
        Boxes(
            (
                Box("所在单位党组织意见", SIGNED_AND_STAMPED, 46),
                Box("所在单位行政意见", SIGNED_AND_STAMPED, 46),
            )
        ),
        Notes(),
    ),
)
