"""The nouns of ``projects``, importable from one place."""

from projects.models.decision import Decision, DecisionCounter, DecisionDraft, DecisionNotice
from projects.models.deposit import (
    Attachment,
    CompletionRequest,
    DigestLine,
    MailPreference,
    Message,
    OutsideDeposit,
    Snapshot,
)
from projects.models.dossier import Adoption, Dossier, Participation, Recusal
from projects.models.experiment import ROLES, Experiment, ExperimentPart
from projects.models.experiment_parts import Act, Discrepancy, Participant, Phase, Target, Twin
from projects.models.feedback import Feedback
from projects.models.journal import JournalEntry, JournalText, Maintenance
from projects.models.money import Envelope, MoneyLine
from projects.models.project import FinancingLine, OwnershipTransfer, Project, Section, SectionVersion, Share
from projects.models.publication import Publication, PublicWording
from projects.models.retention import RetentionRun
from projects.models.signature import LetterTemplate, SignatureDelegation

__all__ = [
    "ROLES",
    "Act",
    "Adoption",
    "Attachment",
    "CompletionRequest",
    "Decision",
    "DecisionCounter",
    "DecisionDraft",
    "DecisionNotice",
    "DigestLine",
    "Discrepancy",
    "Dossier",
    "Envelope",
    "Experiment",
    "ExperimentPart",
    "Feedback",
    "FinancingLine",
    "JournalEntry",
    "JournalText",
    "LetterTemplate",
    "MailPreference",
    "Maintenance",
    "Message",
    "MoneyLine",
    "OutsideDeposit",
    "OwnershipTransfer",
    "Participant",
    "Participation",
    "Phase",
    "Project",
    "PublicWording",
    "Publication",
    "Recusal",
    "RetentionRun",
    "Section",
    "SectionVersion",
    "Share",
    "SignatureDelegation",
    "Snapshot",
    "Target",
    "Twin",
]
