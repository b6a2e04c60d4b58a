"""The words that all procedures share: statuses, turns, parties, kinds of answers, clocks. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | int | bool | Decimal | date | tuple[str, ...] | None
"""What an answer, or a field of a move, may hold."""


class Macro(StrEnum):
    """The statuses that all procedures share: filters, figures and lists speak of these, never of a lever's stages."""

    DRAFT = "draft"
    DEPOSITED = "deposited"
    ADMISSIBILITY = "admissibility"
    TO_COMPLETE = "to-complete"
    REVIEW = "review"
    OPINION = "opinion"
    PROPOSED = "decision-proposed"
    GRANTED = "granted"
    RUNNING = "running"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    WITHDRAWN = "withdrawn"
    ELSEWHERE = "deposited-elsewhere"
    CLOSED = "closed"


MACRO_LABELS: Mapping[Macro, str] = {
    Macro.DRAFT: "Brouillon",
    Macro.DEPOSITED: "Déposé",
    Macro.ADMISSIBILITY: "Recevabilité",
    Macro.TO_COMPLETE: "À compléter",
    Macro.REVIEW: "En instruction",
    Macro.OPINION: "Avis attendu",
    Macro.PROPOSED: "Décision en préparation",
    Macro.GRANTED: "Accordé",
    Macro.RUNNING: "En cours de réalisation",
    Macro.REFUSED: "Refusé",
    Macro.REDIRECTED: "Réorienté",
    Macro.WITHDRAWN: "Retiré",
    Macro.ELSEWHERE: "Déposé ailleurs",
    Macro.CLOSED: "Clos",
}

FINAL = frozenset({Macro.REFUSED, Macro.REDIRECTED, Macro.WITHDRAWN, Macro.CLOSED})
"""Where a dossier may stay for ever."""


class Turn(StrEnum):
    """Who is expected to act next."""

    APPLICANT = "applicant"
    AGENCY = "agency"
    OPINION = "opinion"
    NATIONAL = "national"
    DEPARTMENT = "department"
    EVALUATOR = "evaluator"
    NOBODY = "nobody"


TURN_LABELS: Mapping[Turn, str] = {
    Turn.APPLICANT: "À vous d'agir",
    Turn.AGENCY: "À l'agence d'agir",
    Turn.OPINION: "Un avis est attendu",
    Turn.NATIONAL: "Au niveau national d'agir",
    Turn.DEPARTMENT: "Au département d'agir",
    Turn.EVALUATOR: "À l'évaluateur d'agir",
    Turn.NOBODY: "Personne n'a rien à faire",
}


class Party(StrEnum):
    """As what somebody acts on a dossier. ``projects/rights/table.py`` says who holds each, and what each may."""

    CARRIER = "carrier"
    DEPOSITOR = "depositor"
    EDITOR = "editor"
    READER = "reader"
    OFFICER = "officer"
    HEAD = "head"
    DIRECTOR = "director"
    LEGAL = "legal"
    ASSOCIATE = "associate"
    RAPPORTEUR = "rapporteur"
    DGOS = "dgos"
    CNSA = "cnsa"
    DEPARTMENT = "department"
    INSURANCE = "insurance"
    GRADES = "grades"
    EXPERT = "expert"
    EVALUATOR = "evaluator"
    JUROR = "juror"
    DELEGATE = "delegate"
    ENTERER = "enterer"
    SYSTEM = "system"


PARTY_LABELS: Mapping[Party, str] = {
    Party.CARRIER: "Porteur (membre de l'organisme)",
    Party.DEPOSITOR: "Personne habilitée à déposer",
    Party.EDITOR: "Co-rédacteur invité",
    Party.READER: "Lecteur invité",
    Party.OFFICER: "Instructeur de l'agence",
    Party.HEAD: "Responsable d'unité de l'agence",
    Party.DIRECTOR: "Direction de l'agence",
    Party.LEGAL: "Service juridique de l'agence",
    Party.ASSOCIATE: "Agence associée",
    Party.RAPPORTEUR: "Rapporteur général (article 51)",
    Party.DGOS: "Direction générale de l'offre de soins",
    Party.CNSA: "Caisse nationale de solidarité pour l'autonomie",
    Party.DEPARTMENT: "Département",
    Party.INSURANCE: "Assurance maladie",
    Party.GRADES: "Groupement régional e-santé (GRADeS)",
    Party.EXPERT: "Expert invité",
    Party.EVALUATOR: "Évaluateur",
    Party.JUROR: "Membre du jury",
    Party.DELEGATE: "Titulaire d'une délégation de signature",
    Party.ENTERER: "Agent qui saisit pour quelqu'un",
    Party.SYSTEM: "Le portail, à une échéance",
}

APPLICANTS = frozenset({Party.CARRIER, Party.DEPOSITOR, Party.EDITOR})
"""Those who write on the applicant's side; depositing asks for a :attr:`Party.DEPOSITOR`."""

DEPOSITORS = frozenset({Party.DEPOSITOR})
ENTERERS = frozenset({Party.ENTERER})
AGENCY_STAFF = frozenset({Party.OFFICER, Party.HEAD})
DECIDERS = frozenset({Party.DIRECTOR, Party.DELEGATE})
"""Who signs: the direction, or whoever holds a delegation that covers the act (``projects/rights/mandates.py``)."""

THE_CLOCK = frozenset({Party.SYSTEM})


class Kind(StrEnum):
    """What sort of answer a question or a field takes."""

    TEXT = "text"
    LONG = "long"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes-no"
    CHOICE = "choice"
    CHOICES = "choices"
    EMAIL = "email"
    URL = "url"


class Channel(StrEnum):
    """Where a dossier is deposited."""

    PORTAL = "portal"
    EXTERNAL = "external"


BY_WAY: Mapping[str, str] = {
    "letter": "par courrier",
    "email": "par courriel",
    "telephone": "par téléphone",
    "visit": "sur place",
}
"""How what an agent enters for somebody was received: ``Dossier.Origin``, the portal apart."""


class ClockEffect(StrEnum):
    """What a move does to the legal clock."""

    START = "start"
    SUSPEND = "suspend"
    RESUME = "resume"
    STOP = "stop"


class Unit(StrEnum):
    """In what a delay is counted."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Delay:
    """How long somebody has. ``source`` says where that is written; empty: a usage of the portal, said as such."""

    count: int
    unit: Unit
    on_expiry: str
    source: str = ""


UNOWNED = Delay(5, Unit.DAYS, "Les responsables de l'unité sont prévenus.")
"""For how long a dossier that was received may have nobody in charge: a usage of the portal."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value and its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class When:
    """Under which answer something is asked: the answer to ``question`` is one of ``values`` (or holds one of them)."""

    question: str
    values: tuple[Value, ...]

    def holds(self, answers: Mapping[str, Value]) -> bool:
        """Tell whether it is so; an absent answer is not."""
        answer = answers.get(self.question)
        if isinstance(answer, tuple):
            return bool(set(answer) & set(self.values))
        return answer in self.values and answer is not None


class Scope(StrEnum):
    """To what a section belongs: to the project, written once for all its dossiers, or to one dossier."""

    PROJECT = "project"
    DOSSIER = "dossier"


class MoneyKind(StrEnum):
    """What an amount is, from what is asked to what comes back."""

    ASKED = "asked"
    GRANTED = "granted"
    COMMITTED = "committed"
    PAID = "paid"
    RECOVERED = "recovered"


MONEY_LABELS: Mapping[MoneyKind, str] = {
    MoneyKind.ASKED: "Demandé",
    MoneyKind.GRANTED: "Accordé",
    MoneyKind.COMMITTED: "Engagé",
    MoneyKind.PAID: "Versé",
    MoneyKind.RECOVERED: "Rendu",
}
