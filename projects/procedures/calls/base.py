"""A call, from the deposit of a file to the decision: what all calls share. Pure.

A call publishes its window, its criteria and sometimes its envelope; files are ranked against one another, and those
retained receive money or the right to take part.
"""

from dataclasses import replace

from projects.procedures import legal, money_chain, money_stages, shared_pieces
from projects.procedures.asked import Question, Section
from projects.procedures.conditions import done, recorded
from projects.procedures.decision_moves import AMOUNTS, GRANT, REFUSE, corrections, decision
from projects.procedures.project_sections import CONTEXT, IDEA, IMPACT, MEANS
from projects.procedures.public import MONEY_ENTRY
from projects.procedures.shared_moves import (
    ACKNOWLEDGE,
    ADMIT,
    CLARIFICATION,
    COMPLETION,
    REASON,
    REFUSE_ADMISSION,
    deposit,
    outside,
    redirect,
    withdraw,
)
from projects.procedures.shared_sections import BODY, DIGITAL, MONEY
from projects.procedures.shared_stages import (
    ADMISSIBILITY,
    DECISION,
    DRAFT,
    ENDS,
    INADMISSIBLE,
    RECEIVED,
    REVIEW,
    TO_CLARIFY,
    TO_COMPLETE,
)
from projects.procedures.types import Move, Procedure, Stage
from projects.procedures.vocabulary import AGENCY_STAFF, DECIDERS, Channel, Choice, Delay, Kind, Macro, Turn

SOURCES = ("000_d99033c1927da53e.txt, lignes 298 à 338", "Étude du domaine, §6")
RESERVE = "reserve"

ANSWER = Section(
    "call-answer",
    "Votre réponse à l'appel",
    "Relisez le cahier des charges : c'est lui qui dit ce qui sera noté.",
    (
        Question(
            "call_fit",
            "En quoi votre projet répond-il au cahier des charges ?",
            Kind.LONG,
            "Reprenez ses critères un par un, avec les mots de l'appel.",
        ),
        Question(
            "prs_objective",
            "Quel objectif du projet régional de santé servez-vous ?",
            Kind.LONG,
            "Citez l'objectif tel qu'il est écrit, ou le programme national.",
            "Réduire les hospitalisations évitables des personnes âgées",
        ),
        Question(
            "reproducible",
            "Qu'est-ce qui permettrait à d'autres de faire de même ?",
            Kind.LONG,
            "Documents, méthode, coûts : ce qu'une autre équipe pourrait reprendre.",
            required=False,
        ),
        Question(
            "own_initiative",
            "L'action vient-elle de vous ?",
            Kind.YES_NO,
            "Même dans un appel : une aide soutient une action que vous définissez ; un service commandé est un achat.",
            fact="own_initiative",
        ),
    ),
)

RESERVED = Stage(
    "reserve",
    "Sur liste complémentaire",
    "Liste complémentaire",
    Macro.REVIEW,
    Turn.AGENCY,
    "Votre projet est jugé bon, mais l'enveloppe est employée. Il peut être retenu si un autre renonce ; l'agence vous "
    "dira aussi quand la liste s'éteint.",
)

RANK = Move(
    "rank",
    "Noter et classer",
    ("review",),
    "review",
    AGENCY_STAFF,
    fields=(
        Question("score", "Note sur 100", Kind.INTEGER, low=0, high=100),
        Question("rank", "Rang", Kind.INTEGER, low=1),
        Question("within_envelope", "Tient dans l'enveloppe", Kind.YES_NO),
        Question("rank_reasons", "Forces et faiblesses", Kind.LONG),
    ),
    internal=True,
)

RANKED = done("rank", "Un appel compare les projets : notez et classez celui-ci avant de proposer.")

OUTCOMES = (Choice(GRANT, "Retenir"), Choice(RESERVE, "Placer sur liste complémentaire"), Choice(REFUSE, "Écarter"))

NOTIFY_RESERVE = Move(
    "notify-reserve",
    "Notifier la liste complémentaire",
    ("signed",),
    "reserve",
    AGENCY_STAFF,
    conditions=(recorded("outcome", (RESERVE,), "Ce qui a été signé n'est pas la liste complémentaire."),),
    letter="reserve",
    after_decision=True,
)

QUALIFIED = Question(
    "own_action",
    "L'action est celle du porteur, et ne remplace pas un achat de l'agence",
    Kind.YES_NO,
    "Un appel qui décrit trop précisément la solution se rapproche d'un marché.",
)

UNDECIDED = ("received", "admissibility", "to-complete", "review", "to-clarify", "proposed", "checked", "reserve")

BEFORE = (DRAFT, RECEIVED, ADMISSIBILITY, TO_COMPLETE, INADMISSIBLE, REVIEW, TO_CLARIFY, *DECISION, RESERVED)
CANDIDATE = (*shared_pieces.OF_THE_BODY, shared_pieces.DEVICE, shared_pieces.PARTNERS)
FUNDED = (shared_pieces.BUDGET, shared_pieces.PREVIOUS)


def from_reserve(extra: tuple[Question, ...]) -> tuple[Move, ...]:
    """Return how the waiting list ends for a project: retained after all, or not; either is a decision of its own."""
    return (
        Move(
            "call-up",
            "Retenir depuis la liste complémentaire",
            ("reserve",),
            "granted",
            DECIDERS,
            fields=tuple(replace(one, when=None) for one in extra),
            letter="granted",
            decides=True,
            after_decision=True,
        ),
        Move(
            "end-reserve",
            "Mettre fin à la liste complémentaire",
            ("reserve",),
            "refused",
            DECIDERS,
            fields=(REASON,),
            letter="refused",
            decides=True,
            after_decision=True,
        ),
    )


def selection(extra: tuple[Question, ...], silence: Delay = legal.SILENCE) -> tuple[Move, ...]:
    """Return the moves of a call up to the notification; ``extra``: what is given with a favourable proposal."""
    return (
        deposit(silence=silence),
        *outside(),
        ACKNOWLEDGE,
        ADMIT,
        REFUSE_ADMISSION,
        *COMPLETION,
        RANK,
        *CLARIFICATION,
        *decision(("review",), (QUALIFIED, *extra), (RANKED,), OUTCOMES),
        NOTIFY_RESERVE,
        *from_reserve(extra),
        redirect(("received", "admissibility", "review")),
        withdraw(UNDECIDED),
    )


def funded(key: str, title: str, summary: str, kinds: tuple[str, ...] = (), answer: Section = ANSWER) -> Procedure:
    """Return a call that gives money, by the same chain as a subsidy."""
    return Procedure(
        key=key,
        version=1,
        title=title,
        summary=summary,
        stages=(*BEFORE, *money_stages.STAGES, *ENDS),
        moves=(*selection(AMOUNTS), *money_chain.moves(), *corrections(("running",))),
        sections=(IDEA, IMPACT, CONTEXT, MEANS, BODY, answer, MONEY, DIGITAL),
        pieces=(*CANDIDATE, *FUNDED, *money_chain.PIECES),
        mentions=legal.FINANCIAL,
        call_kinds=kinds,
        channel=Channel.EXTERNAL,
        sources=SOURCES,
        needs_call=True,
        public=MONEY_ENTRY,
    )
