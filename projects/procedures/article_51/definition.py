"""The article 51 procedure, put together. Pure."""

from dataclasses import replace

from projects.procedures import grids, legal
from projects.procedures.article_51 import experiment_moves, order_moves, request_moves
from projects.procedures.article_51.experiment_moves import ENDED_ON
from projects.procedures.article_51.rules import RULES
from projects.procedures.article_51.sections import LETTER, MODEL, PIECES, PRODUCT, SUBMITTED, TERRAIN
from projects.procedures.article_51.stages import (
    AUTHORISED,
    CO_CONSTRUCTION,
    COMMITTEE,
    ELSEWHERE,
    EXPERIMENT,
    LETTER_RECEIVED,
    NATIONAL_READING,
    NATIONAL_RECEIVED,
    OPINIONS,
    OUTCOMES,
)
from projects.procedures.project_sections import CONTEXT, IDEA, IMPACT, MEANS
from projects.procedures.public import PublicEntry, PublicPhase
from projects.procedures.shared_pieces import DELEGATION, DEVICE, PARTNERS
from projects.procedures.shared_sections import BODY, DIGITAL
from projects.procedures.shared_stages import DECISION, DRAFT, ENDS, INADMISSIBLE, TO_COMPLETE
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Channel

LETTER_SECTIONS = (IDEA, IMPACT, MEANS, BODY, LETTER, PRODUCT, DIGITAL)

ARTICLE_51 = Procedure(
    key="article-51",
    version=1,
    title="Expérimentation « article 51 »",
    summary="Essayer, cinq ans au plus, une organisation ou un financement que les règles d'aujourd'hui empêchent.",
    stages=(
        DRAFT,
        *LETTER_RECEIVED,
        TO_COMPLETE,
        INADMISSIBLE,
        NATIONAL_RECEIVED,
        *CO_CONSTRUCTION,
        *OPINIONS,
        *NATIONAL_READING,
        *COMMITTEE,
        *DECISION,
        *AUTHORISED,
        *EXPERIMENT,
        *OUTCOMES,
        *ELSEWHERE,
        *ENDS,
    ),
    moves=(*request_moves.MOVES, *order_moves.MOVES, *experiment_moves.MOVES),
    sections=(*LETTER_SECTIONS, replace(CONTEXT, at=SUBMITTED), MODEL, TERRAIN),
    pieces=(*PIECES, DELEGATION, DEVICE, PARTNERS),
    mentions=legal.TO_CHECK,
    levers=("article-51",),
    channel=Channel.EXTERNAL,
    sources=(
        "001_a292a95f1130fd79.txt, lignes 8 à 36, 60, 110, 135 à 138, 271 à 318",
        "000_d99033c1927da53e.txt, lignes 239 à 279",
        "Code de la sécurité sociale, L. 162-31-1 et R. 162-50-1 et suivants (décret n° 2018-125 du 21 février 2018)",
    ),
    funding_rules=RULES,
    written_together=True,
    grid=grids.EXPERIMENT,
    public=PublicEntry(
        (
            PublicPhase(
                "dossier-experiment", "experiment", "first-inclusion", months="months_authorised", ended_on=ENDED_ON
            ),
            PublicPhase(
                "dossier-transition", "transition", "day", starts_on="transition_starts_on", months="transition_months"
            ),
        ),
        first_inclusion="first_inclusion_on",
    ),
)
