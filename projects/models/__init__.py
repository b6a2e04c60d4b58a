"""The nouns of ``projects``, importable from one place."""

from projects.models.adoption import Adoption
from projects.models.deposit import (
    Attachment,
    CompletionRequest,
    DigestLine,
    MailPreference,
    Message,
    OutsideDeposit,
    Snapshot,
)
from projects.models.desk import Absence, Assignment, DossierLabel, Label, Note
from projects.models.dossier import Dossier, Participation, Recusal
from projects.models.experiment import ROLES, Experiment, ExperimentPart
from projects.models.experiment_parts import Act, Discrepancy, Participant, Phase, Target, Twin
from projects.models.feedback import Feedback
from projects.models.journal import JournalEntry, JournalText, Maintenance
from projects.models.listing import DossierFacet, SavedView
from projects.models.money import Envelope, MoneyLine
from projects.models.project import FinancingLine, OwnershipTransfer, Project, Section, SectionVersion, Share
from projects.models.publication import Publication, PublicWording
from projects.models.retention import RetentionRun

__all__ = [
    "ROLES",
    "Absence",
    "Act",
    "Adoption",
    "Assignment",
    "Attachment",
    "CompletionRequest",
    "DigestLine",
    "Discrepancy",
    "Dossier",
    "DossierFacet",
    "DossierLabel",
    "Envelope",
    "Experiment",
    "ExperimentPart",
    "Feedback",
    "FinancingLine",
    "JournalEntry",
    "JournalText",
    "Label",
    "MailPreference",
    "Maintenance",
    "Message",
    "MoneyLine",
    "Note",
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
    "SavedView",
    "Section",
    "SectionVersion",
    "Share",
    "Snapshot",
    "Target",
    "Twin",
]
