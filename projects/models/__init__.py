"""The nouns of ``projects``, importable from one place."""

from projects.models.adoption import Adoption
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
from projects.models.desk import Absence, Assignment, DossierLabel, Label, Note
from projects.models.dossier import Dossier, Participation, Recusal
from projects.models.envisaged import EnvisagedProject, ReadingRequest
from projects.models.experiment import ROLES, Experiment, ExperimentPart
from projects.models.experiment_parts import Act, Discrepancy, Participant, Phase, Target, Twin
from projects.models.feedback import Feedback
from projects.models.following import (
    EvaluationReport,
    FollowUpDay,
    Indicator,
    IndicatorValue,
    Instalment,
    PaymentSchedule,
)
from projects.models.journal import JournalEntry, JournalText, Maintenance
from projects.models.judging import Candidate, GridVersion, Interest, Judgement, Juror, Jury
from projects.models.listing import DossierFacet, SavedView
from projects.models.money import Envelope, MoneyLine
from projects.models.opinion import InterestDeclaration, OpinionRequest
from projects.models.paper import Paper
from projects.models.project import FinancingLine, OwnershipTransfer, Project, Section, SectionVersion, Share
from projects.models.publication import Publication, PublicWording
from projects.models.retention import RetentionRun
from projects.models.signature import LetterTemplate, SignatureDelegation
from projects.models.specification import FinancialModelLine, LeaderChange, SpecificationComment
from projects.models.steering import StageSpan, SteeringCell, SteeringRun

__all__ = [
    "ROLES",
    "Absence",
    "Act",
    "Adoption",
    "Assignment",
    "Attachment",
    "Candidate",
    "CompletionRequest",
    "Decision",
    "DecisionCounter",
    "DecisionDraft",
    "DecisionNotice",
    "DigestLine",
    "Discrepancy",
    "Dossier",
    "DossierFacet",
    "DossierLabel",
    "Envelope",
    "EnvisagedProject",
    "EvaluationReport",
    "Experiment",
    "ExperimentPart",
    "Feedback",
    "FinancialModelLine",
    "FinancingLine",
    "FollowUpDay",
    "GridVersion",
    "Indicator",
    "IndicatorValue",
    "Instalment",
    "Interest",
    "InterestDeclaration",
    "JournalEntry",
    "JournalText",
    "Judgement",
    "Juror",
    "Jury",
    "Label",
    "LeaderChange",
    "LetterTemplate",
    "MailPreference",
    "Maintenance",
    "Message",
    "MoneyLine",
    "Note",
    "OpinionRequest",
    "OutsideDeposit",
    "OwnershipTransfer",
    "Paper",
    "Participant",
    "Participation",
    "PaymentSchedule",
    "Phase",
    "Project",
    "PublicWording",
    "Publication",
    "ReadingRequest",
    "Recusal",
    "RetentionRun",
    "SavedView",
    "Section",
    "SectionVersion",
    "Share",
    "SignatureDelegation",
    "Snapshot",
    "SpecificationComment",
    "StageSpan",
    "SteeringCell",
    "SteeringRun",
    "Target",
    "Twin",
]
