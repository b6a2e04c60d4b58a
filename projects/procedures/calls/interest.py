"""A call for interest (AMI): outlines first, then the specification is sharpened together. Pure.

The problem is known, neither the need in detail nor the solution: those retained help to write what a later call for
projects will ask (``000``, line 317). No money follows from it by itself.
"""

from projects.procedures import grids, legal
from projects.procedures.asked import Question, Section
from projects.procedures.calls.base import BEFORE, CANDIDATE, SOURCES, selection
from projects.procedures.project_sections import CONTEXT, IDEA, IMPACT, MEANS
from projects.procedures.shared_sections import BODY, DIGITAL
from projects.procedures.shared_stages import CLOSED, ENDS, READING
from projects.procedures.types import Move, Procedure, Stage
from projects.procedures.vocabulary import AGENCY_STAFF, DEPOSITORS, Channel, Kind, Macro, Turn

OUTLINE = Section(
    "outline",
    "Votre avant-projet",
    "On ne vous demande pas encore un projet fini : montrez ce que vous savez du problème et ce que vous essaieriez.",
    (
        Question("problem_known", "Que savez-vous du problème posé par l'appel ?", Kind.LONG),
        Question("idea_to_try", "Qu'essaieriez-vous ?", Kind.LONG, may_be_secret=True),
        Question(
            "time_to_give",
            "Quel temps pouvez-vous donner aux travaux communs ?",
            Kind.TEXT,
            "Les porteurs retenus aident à écrire le cahier des charges.",
            "Une journée par mois pendant six mois",
        ),
    ),
)

STAGES = (
    Stage(
        "granted",
        "Retenu : cahier des charges à écrire ensemble",
        "Retenu, travaux à ouvrir",
        Macro.GRANTED,
        Turn.AGENCY,
        "L'agence réunit les porteurs retenus pour préciser le besoin.",
        due=READING,
    ),
    Stage(
        "sharpening",
        "Cahier des charges en commun",
        "Cahier des charges en commun",
        Macro.RUNNING,
        Turn.APPLICANT,
        "Donnez vos remarques ; à la fin, un appel à projets peut suivre, ouvert aussi à d'autres.",
    ),
    CLOSED,
)

MOVES = (
    Move(
        "open-work",
        "Ouvrir les travaux communs",
        ("granted",),
        "sharpening",
        AGENCY_STAFF,
        fields=(
            Question("work_ends_on", "Fin prévue des travaux", Kind.DATE),
            Question("work_rules", "Comment on travaille, et qui lit quoi", Kind.LONG),
        ),
        letter="work-opened",
        after_decision=True,
        due_from="work_ends_on",
    ),
    Move(
        "contribute",
        "Verser une contribution",
        ("sharpening",),
        "sharpening",
        DEPOSITORS,
        fields=(
            Question(
                "contribution", "Vos remarques sur le besoin et le cahier des charges", Kind.LONG, may_be_secret=True
            ),
        ),
        due_from="work_ends_on",
    ),
    Move(
        "conclude-work",
        "Conclure les travaux",
        ("sharpening",),
        "closed",
        AGENCY_STAFF,
        fields=(
            Question("specification", "Ce qui a été retenu", Kind.LONG),
            Question("next_call", "Appel qui suit", Kind.TEXT, "Son titre, s'il est connu.", required=False),
        ),
        letter="work-concluded",
        after_decision=True,
    ),
)

CALL_AMI = Procedure(
    key="call-ami",
    version=1,
    title="Appel à manifestation d'intérêt (AMI)",
    summary="Le problème est posé ; les porteurs retenus aident à préciser ce qui sera demandé ensuite.",
    stages=(*BEFORE, *STAGES, *ENDS),
    moves=(*selection((), legal.SILENCE_NO_TEXT), *MOVES),
    sections=(IDEA, IMPACT, CONTEXT, MEANS, BODY, OUTLINE, DIGITAL),
    pieces=tuple(piece for piece in CANDIDATE if piece.key not in ("bank-details", "accounts", "body-budget")),
    mentions=legal.NO_TEXT,
    call_kinds=("ami",),
    channel=Channel.EXTERNAL,
    sources=SOURCES,
    grid=grids.CALL,
    needs_call=True,
)
