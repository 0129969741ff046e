"""Every table in one place, so that metadata is complete, and the nouns by which records are called."""

from desktop.models.allocation import Allocation, AllocationLine
from desktop.models.application import Application, Attestation, Override
from desktop.models.assessment import Assessment, Award, Expert, Plan
from desktop.models.award_payment import AwardPayment
from desktop.models.base import Base, Synced
from desktop.models.change import SyncCommit
from desktop.models.collective_decision import CollectiveDecision
from desktop.models.declaration import Declaration
from desktop.models.document import Attachment, Document
from desktop.models.expert_draw import ExpertDraw, ExpertScore
from desktop.models.grant import Expenditure, Grant
from desktop.models.number_range import NumberRange
from desktop.models.office import Office
from desktop.models.outcome import Activity, Outcome, Publication
from desktop.models.package import SyncIdentity
from desktop.models.person import Honour, Person
from desktop.models.plaque import Plaque
from desktop.models.publicity import CalendarDay, Objection, Publicity
from desktop.models.quota import Quota
from desktop.models.receipt import Receipt, ReceiptItem
from desktop.models.rectification import AssessmentRound, Rectification
from desktop.models.regulation_text import RegulationText, ToolSetting
from desktop.models.seal import Seal, SealUse
from desktop.models.search import WorkroomKey
from desktop.models.step import Hold, Step
from desktop.models.unit import Unit
from desktop.models.workroom import Alliance, AllianceMember, Member, Topic, Workroom

SYNCED: tuple[type[Base], ...] = (
    Office,
    Unit,
    Person,
    Honour,
    Workroom,
    Member,
    Topic,
    Alliance,
    AllianceMember,
    Outcome,
    Publication,
    Activity,
    Application,
    Attestation,
    Override,
    Grant,
    Expenditure,
    Allocation,
    AllocationLine,
    AssessmentRound,
    Assessment,
    Plan,
    Expert,
    Award,
    AwardPayment,
    Document,
    Attachment,
    Step,
    Hold,
    Publicity,
    Objection,
    CalendarDay,
    ExpertDraw,
    ExpertScore,
    CollectiveDecision,
    Plaque,
    Rectification,
    RegulationText,
    ToolSetting,
    Seal,
    SealUse,
    NumberRange,
    Quota,
    Receipt,
    ReceiptItem,
    Declaration,
)
NOUNS: dict[str, type[Base]] = {model.__tablename__: model for model in SYNCED}

__all__ = ["NOUNS", "SYNCED", "Base", "SyncCommit", "SyncIdentity", "Synced", "WorkroomKey"]
