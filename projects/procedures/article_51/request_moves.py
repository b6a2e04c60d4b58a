"""Article 51, from the letter of intent to the order: regional branch, national branch, opinions. Pure.

Regional: the agency reads, its director gives a reasoned opinion, the rapporteur submits to the committee, the
director's order follows. Several regions, or health products: straight to the rapporteur, and the ministers decide
(R. 162-50-5 CSS).
"""

from dataclasses import replace

from projects.procedures.article_51.branches import NATIONAL, R_162_50_5, RAPPORTEUR, REGIONAL, SHORT_ENOUGH
from projects.procedures.article_51.opinion_moves import COMMITTEE, REGIONAL_OPINIONS
from projects.procedures.asked import Question
from projects.procedures.conditions import COMPLETE, DEPOSITABLE, FUNDABLE, HERE, done, recorded
from projects.procedures.prepared_base import second_part_moves
from projects.procedures.shared_moves import (
    ACKNOWLEDGE,
    ADMIT,
    COMPLETION,
    REASON,
    REFUSE_ADMISSION,
    redirect,
    untimed,
    withdraw,
)
from projects.procedures.types import Move
from projects.procedures.vocabulary import AGENCY_STAFF, DEPOSITORS, Kind, Party

ADMISSIBLE_FIELDS = (
    Question("objective_met", "Le projet répond à un objectif du dispositif", Kind.YES_NO),
    Question("derogation_needed", "Une dérogation au moins est nécessaire", Kind.YES_NO),
)
ADMISSIBLE = (
    recorded("objective_met", (True,), "Un projet recevable répond à au moins un objectif du dispositif."),
    recorded("derogation_needed", (True,), "Un projet recevable a besoin d'au moins une dérogation."),
)
ADMISSION_SOURCE = "ARS Occitanie (001), ligne 24"

DEPOSIT = Move(
    "deposit",
    "Déposer la lettre d'intention auprès de l'agence",
    ("draft",),
    "received",
    DEPOSITORS,
    conditions=(*DEPOSITABLE, REGIONAL, SHORT_ENOUGH),
    letter="received",
    freezes=True,
    confirm="Une lettre d'intention n'engage pas encore l'expérimentation ; elle est figée, datée et transmise.",
    source=R_162_50_5,
)

DEPOSITS = (
    DEPOSIT,
    replace(
        DEPOSIT,
        key="deposit-national",
        label="Déposer la lettre d'intention auprès du rapporteur général",
        to="national-received",
        conditions=(*DEPOSITABLE, NATIONAL, SHORT_ENOUGH),
        hands_to=Party.RAPPORTEUR,
    ),
)

ADMISSION = (
    ACKNOWLEDGE,
    replace(ADMIT, to="co-construction", fields=ADMISSIBLE_FIELDS, conditions=ADMISSIBLE, source=ADMISSION_SOURCE),
    REFUSE_ADMISSION,
    *COMPLETION,
    Move(
        "admit-national",
        "Déclarer recevable",
        ("national-received",),
        "national-co-construction",
        RAPPORTEUR,
        fields=ADMISSIBLE_FIELDS,
        conditions=ADMISSIBLE,
        letter="admitted",
        source=ADMISSION_SOURCE,
    ),
    Move(
        "refuse-admission-national",
        "Déclarer non recevable",
        ("national-received",),
        "inadmissible",
        RAPPORTEUR,
        fields=(REASON,),
        letter="inadmissible",
        decides=True,
        after_decision=True,
    ),
)

ADVICE = Question("advice", "Ce qui est à revoir", Kind.LONG)

SUBMIT = Move(
    "submit-specification",
    "Envoyer une version du cahier des charges",
    ("co-construction",),
    "reading",
    DEPOSITORS,
    conditions=(HERE, COMPLETE, FUNDABLE, SHORT_ENOUGH),
    letter="received",
    freezes=True,
)

FROM_AN_AGENCY = done("pass-to-national", "Aucune agence n'a transmis ce projet : il n'y a personne à qui le rendre.")

WRITING = (
    SUBMIT,
    Move(
        "return-specification",
        "Rendre la version annotée",
        ("reading",),
        "co-construction",
        AGENCY_STAFF,
        fields=(ADVICE,),
        letter="specification-returned",
    ),
    Move(
        "consult",
        "Recueillir les avis",
        ("reading",),
        "opinions",
        AGENCY_STAFF,
        letter="opinions-asked",
        hands_to=Party.INSURANCE,
    ),
    replace(
        SUBMIT,
        key="submit-specification-national",
        from_stages=("national-co-construction",),
        to="national-reading",
    ),
    Move(
        "pass-to-national",
        "Transmettre au niveau national",
        ("reading",),
        "national-reading",
        AGENCY_STAFF,
        fields=(Question("passed_because", "Pourquoi le projet dépasse la région", Kind.LONG),),
        letter="passed-to-national",
        hands_to=Party.RAPPORTEUR,
        source=R_162_50_5,
    ),
    Move(
        "hand-back-to-agency",
        "Rendre le projet à l'agence",
        ("national-reading",),
        "reading",
        RAPPORTEUR,
        fields=(Question("handed_back_because", "Pourquoi le projet tient dans une région", Kind.LONG),),
        conditions=(FROM_AN_AGENCY,),
        letter="handed-back",
        source=R_162_50_5,
    ),
    Move(
        "return-specification-national",
        "Rendre la version annotée",
        ("national-reading",),
        "national-co-construction",
        RAPPORTEUR,
        fields=(ADVICE,),
        letter="specification-returned",
    ),
    Move(
        "agencies-opinion",
        "Consigner l'avis d'une agence concernée",
        ("national-reading",),
        "national-reading",
        AGENCY_STAFF | RAPPORTEUR,
        fields=(Question("agencies_opinion", "Agence, sens et motifs de l'avis", Kind.LONG),),
        internal=True,
        source=R_162_50_5,
    ),
)

UNDECIDED = (
    "received",
    "admissibility",
    "to-complete",
    "national-received",
    "co-construction",
    "reading",
    "national-co-construction",
    "national-reading",
    "opinions",
    "rapporteur",
    "committee",
    "review",
    "proposed",
    "checked",
    "ministers",
)

MOVES = (
    *DEPOSITS,
    *second_part_moves("specification", "Cahier des charges"),
    *untimed(ADMISSION),
    *WRITING,
    *REGIONAL_OPINIONS,
    *COMMITTEE,
    *untimed(
        (
            redirect(("received", "admissibility", "national-received"), AGENCY_STAFF | RAPPORTEUR),
            withdraw(UNDECIDED),
        )
    ),
)
