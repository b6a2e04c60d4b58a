"""The journal of a dossier in plain words, for one side or the other. Pure: rows and names are given.

An act that the procedure calls internal is told to the applicant as the step it led to, without its words, and not at
all where the step has the same name for them (a decision checked, then signed, is still being prepared); an expert is
never named. What the administration does for
itself (a refused attempt, a reading, a recusal) stays on its side. Each side reads all of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from projects.content.answers import said
from projects.depositing.particulars import particular
from projects.engine.received import CORRECTS, LATE, REASON, RECEIVED, SENDER
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import BY_WAY, PARTY_LABELS, Party

OF_THE_APPLICANT = frozenset({Party.CARRIER, Party.DEPOSITOR, Party.EDITOR, Party.READER})
NAMED = (
    OF_THE_APPLICANT
    | {Party.OFFICER, Party.HEAD, Party.DIRECTOR, Party.LEGAL, Party.ENTERER, Party.ASSOCIATE}
    | {Party.DELEGATE}
)
"""Whom the applicant reads by name: their own side, and the agency's staff (a civil servant is not anonymous)."""

FILES = {
    "attached": ("Un fichier est joint", "{} fichiers sont joints"),
    "detached": ("Un fichier est retiré", "{} fichiers sont retirés"),
    "scanned": ("L'antivirus a examiné un fichier", "L'antivirus a examiné {} fichiers"),
}
"""What is told of acts on files, alone and together: to the applicant, one line for those that follow one another."""

FOR_BOTH = {
    **{kind: alone for kind, (alone, _) in FILES.items()},
    "message": "Un message est envoyé",
    "shared": "L'accès de quelqu'un au projet change",
    "transferred": "Le dossier est transmis à une autre personne",
    "outside": "Un dépôt fait ailleurs est noté",
    "section": "Une partie du dossier est modifiée",
    "held": "La conservation du dossier change",
    "purged": "Des données personnelles sont effacées",
    "commented": "Le cahier des charges est commenté",
    "scheduled": "L'échéancier change",
    "indicated": "Un indicateur, une valeur ou une évaluation est noté",
    "consented": "Le consentement à une publication change",
    "published": "Le registre public change",
}
"""What is told of an act that is not a move, by the kind of its entry."""

CORRECTED = "Une faute de saisie de l'agence est corrigée"

FOR_ITS_SIDE = {
    "refused": "Une tentative est refusée",
    "downloaded": "Une pièce est ouverte",
    "recused": "Quelqu'un se déporte",
    "maintenance": "Une opération de maintenance est faite",
    "assigned": "Le dossier est confié à quelqu'un",
    "associated": "Quelqu'un est associé au dossier, ou ne l'est plus",
    "consulted": "Une demande d'avis change",
    "opined": "Un avis est rendu",
    "marked": "Une grille est remplie, ou un jury fait un pas",
    "letter": "Un courrier ou une décision est préparé",
    "archived": "L'archive de preuve est emportée",
}

GONE = "Compte effacé"
PLACES = {"lead": "Responsable du dossier", "expert": "Expert métier"}
"""As what somebody is entrusted with a dossier."""
FILED = {
    "joined": "Un document est joint à l'instruction",
    "removed": "Un document de l'instruction est retiré",
    "scanned": "L'antivirus a examiné un document de l'instruction",
}
"""What is told of a document of the instruction, by what was done; to the applicant, of one that they are shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """An act in words: when, who, what, and what was given with it."""

    at: datetime
    who: str
    what: str
    details: tuple[tuple[str, str], ...] = ()
    is_move: bool = False


def who_did(entry, people: Mapping[UUID, str], *, for_applicant: bool) -> str:
    """Return who acted, as one side may read it."""
    party = Party(entry.party)
    label = PARTY_LABELS[party]
    if entry.actor is None:  # a link opened to somebody without an account leaves no pseudonym
        return "Le portail" if party is Party.SYSTEM else label
    if for_applicant and party not in NAMED:
        return label
    name = people.get(entry.actor, GONE)
    return name if party in OF_THE_APPLICANT else f"{name} ({label[:1].lower()}{label[1:]})"


def what_was_done(procedure: Procedure, entry, *, for_applicant: bool) -> str:
    """Return what was done in a few words; empty where this side is not told."""
    if entry.kind == "move":
        return _move(procedure, entry, for_applicant)
    if entry.kind == "filed":
        return "" if for_applicant and not entry.data.get("shown") else FILED[entry.data["step"]]
    own = Party(entry.party) in OF_THE_APPLICANT
    if entry.kind == "section" and CORRECTS in entry.data:
        return CORRECTED
    if entry.kind in FOR_ITS_SIDE:
        words = particular(entry.kind, entry.data) or FOR_ITS_SIDE[entry.kind]
        return words if own or not for_applicant else ""
    return particular(entry.kind, entry.data) or FOR_BOTH.get(entry.kind, "")


def _move(procedure: Procedure, entry, for_applicant: bool) -> str:
    stage = procedure.stage(entry.to_stage)
    label = stage.label if for_applicant else stage.agency_label
    if not is_new_stage(procedure, entry, for_applicant=for_applicant):
        return ""
    if not entry.move:
        return f"Le dossier est ouvert : « {label} »"
    if is_told(procedure, entry, for_applicant=for_applicant):
        return f"{procedure.move(entry.move).label} : « {label} »"
    return f"Nouvelle étape : « {label} »"


def is_new_stage(procedure: Procedure, entry, *, for_applicant: bool) -> bool:
    """Tell whether a move is news to a side: an internal one, between stages that the applicant reads alike, is not."""
    if is_told(procedure, entry, for_applicant=for_applicant):
        return True
    return procedure.stage(entry.from_stage).label != procedure.stage(entry.to_stage).label


def _is_nothing_new(procedure: Procedure, entry) -> bool:
    """Tell whether an act that the applicant is not told led to a stage of the same name for them."""
    if entry.kind != "move" or not entry.from_stage or is_told(procedure, entry, for_applicant=True):
        return False
    return procedure.stage(entry.from_stage).label == procedure.stage(entry.to_stage).label


def is_told(procedure: Procedure, entry, *, for_applicant: bool) -> bool:
    """Tell whether this side reads the words and the fields of a move."""
    own = Party(entry.party) in OF_THE_APPLICANT or entry.party == Party.ENTERER
    return own or not for_applicant or not entry.move or not procedure.move(entry.move).internal


def until_told(procedure: Procedure, entries: Iterable) -> list:
    """Return the acts up to the last move whose words the applicant reads.

    What is done after it (a signature not yet notified) is not theirs to know, not even by what it stops.
    """
    entries = list(entries)
    last = max((rank for rank, one in enumerate(entries) if one.move and _is_read(procedure, one)), default=-1)
    return entries[: last + 1]


def _is_read(procedure: Procedure, entry) -> bool:
    return entry.kind == "move" and is_told(procedure, entry, for_applicant=True)


def details_of(procedure: Procedure, entry, texts: Mapping[str, str], *, for_applicant: bool):
    """Return the fields given with a move, as label and words; to the applicant, the name of their file."""
    if entry.kind in ("attached", "detached", "filed"):
        return (("Fichier", texts["name"]),) if for_applicant and "name" in texts else ()
    if entry.kind == "section" and CORRECTS in entry.data:
        section = next((one.title for one in procedure.sections if one.key == entry.data["section"]), "")
        told = (("Partie", section), ("Pourquoi", texts.get(REASON, "")))
        return tuple((label, text) for label, text in told if text)
    if entry.kind == "consented":
        return _received(entry.data, texts)
    if entry.kind != "move" or not entry.move or not is_told(procedure, entry, for_applicant=for_applicant):
        return ()
    given = {**entry.data.get("fields", {}), **texts}
    fields = procedure.move(entry.move).fields
    words = tuple((one.label, said(one, given[one.key])) for one in fields if given.get(one.key) not in (None, "", []))
    return _received(entry.data, texts) + _late(texts) + words + _signature(entry.data)


def _received(data: Mapping, texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return how what an agent entered for somebody came, and whose name it bears."""
    if RECEIVED not in data:
        return ()
    found = data[RECEIVED]
    came = ("Saisi par l'agence", f"reçu {BY_WAY.get(found['way'], '')} le {date.fromisoformat(found['on']):%d/%m/%Y}")
    return (came, ("Envoi au nom de", texts[SENDER])) if SENDER in texts else (came,)


def _late(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return that an act rights the portal's: what came in time was entered once its date had passed."""
    why = texts.get(LATE)
    return (("Arrivé à temps, saisi après l'échéance ; le passage automatique est corrigé", why),) if why else ()


def entrusted_to(data: Mapping, people: Mapping[UUID, str]) -> tuple[tuple[str, str], ...]:
    """Return to whom an act entrusts a dossier, as what, by the name that the person has today.

    The journal holds a pseudonym: of an account that is gone, nothing is left to name.
    """
    person = data.get("person")
    name = people.get(UUID(person), GONE) if person else "Personne"
    return ((PLACES.get(data.get("role"), "Confié à"), name),)


def bodies_in(data: Mapping, bodies: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the agencies that an act of association names, by the name that each has today; else by its code."""
    said = (("Agence", "body"), ("Pilote jusque-là", "from"), ("Agence sollicitée", "to"))
    return tuple((label, bodies.get(str(data[key]), str(data[key]))) for label, key in said if data.get(key))


def _signature(data: Mapping) -> tuple[tuple[str, str], ...]:
    """Return which document an act signed, and under which delegation."""
    found = []
    if "decision" in data:
        found.append(("Document", f"n° {data['decision']['number']}"))
    if "delegation" in data:
        found.append(("Par délégation de signature", data["delegation"]["reference"]))
    return tuple(found)


def told(
    procedure: Procedure,
    entries,
    people: Mapping[UUID, str],
    *,
    for_applicant: bool,
    bodies: Mapping[str, str] | None = None,
) -> list[Told]:
    """Return a journal in words, the last act first; what this side is not told is left out.

    ``bodies``: the names of the administrations that acts name, by code.

    Writing the same part several times in a row is said once, at its last time: an afternoon's work is one line. So
    are, to the applicant, acts on files that follow one another. A correction of what an agent typed is never folded.
    """
    found: list[Told] = []
    before, run = None, {}
    for entry in entries:
        what = what_was_done(procedure, entry, for_applicant=for_applicant)
        if not what or (for_applicant and _is_nothing_new(procedure, entry)):
            continue
        if _goes_on(before, entry):
            found.pop()
        if entry.kind not in FILES or not for_applicant:
            run = {}
        texts = {one.field: one.text for one in entry.texts.all()}
        details = details_of(procedure, entry, texts, for_applicant=for_applicant)
        if entry.kind == "assigned" and not for_applicant:
            details = entrusted_to(entry.data, people)
        if entry.kind == "associated" and not for_applicant:
            details = bodies_in(entry.data, bodies or {})
        who = who_did(entry, people, for_applicant=for_applicant)
        rank, count = run.get((entry.kind, entry.actor), (len(found), 0))
        if count:
            what, details = FILES[entry.kind][1].format(count + 1), found[rank].details + details
        found[rank : rank + 1] = [Told(entry.at, who, what, details, entry.kind == "move")]
        run[entry.kind, entry.actor] = (rank, count + 1)
        before = entry
    return found[::-1]


def _goes_on(before, entry) -> bool:
    """Tell whether an act is somebody who goes on writing: corrections apart."""
    acts = (before, entry)
    return (
        before is not None
        and before.actor == entry.actor
        and all(one.kind == "section" and CORRECTS not in one.data for one in acts)
    )
