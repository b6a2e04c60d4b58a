"""Delays and mentions that the law gives, each with its source; what no source was found for says so. Pure."""

from projects.procedures.types import Mentions
from projects.procedures.vocabulary import Delay, Unit

CRPA = "Code des relations entre le public et l'administration"

SILENCE = Delay(
    2,
    Unit.MONTHS,
    "Sans réponse à cette date, la demande est réputée refusée ; l'agence peut encore l'accorder ensuite.",
    f"{CRPA}, L. 231-4, 3° (demande à caractère financier) et R. 112-5",
)
"""After how long silence is a refusal, for a request that has a financial character."""

SILENCE_NO_TEXT = Delay(
    2,
    Unit.MONTHS,
    "Sans réponse à cette date, la demande est réputée refusée ; l'agence peut encore l'accepter ensuite.",
    f"{CRPA}, L. 231-4, 2° (demande hors d'une procédure prévue par un texte) : lecture à vérifier",
)
"""The same for a request that no law or decree frames, and that asks for no money."""

TO_COMPLETE = Delay(
    30,
    Unit.DAYS,
    "Sans réponse à cette date, l'examen reprend avec ce qui a été envoyé.",
)
"""Usage of the portal where the request names no date; the law only says that the administration sets one."""

COMPLETING = f"{CRPA}, L. 114-5 (le délai est suspendu tant que les pièces demandées manquent)"

APPEAL = (
    "Un refus peut être porté devant le tribunal administratif dans les deux mois qui suivent sa notification, ou le "
    "jour où le silence vaut refus. Vous pouvez d'abord demander à l'agence de revoir sa décision."
)

FINANCIAL = Mentions(
    silence=(
        "Votre demande porte sur de l'argent public : sans réponse deux mois après sa réception, elle est réputée "
        "refusée. Ce délai s'arrête tant qu'une demande de compléments attend votre réponse."
    ),
    appeal=APPEAL,
    source=f"{CRPA}, L. 231-4, 3°, L. 114-5 et R. 112-5 ; code de justice administrative, R. 421-1",
)
"""For what asks for a subsidy."""

NO_TEXT = Mentions(
    silence=(
        "Sans réponse deux mois après la réception de la demande, elle est réputée refusée. Ce délai s'arrête tant "
        "qu'une demande de compléments attend votre réponse."
    ),
    appeal=APPEAL,
    source=f"{CRPA}, L. 231-4, 2° (lecture à vérifier) ; code de justice administrative, R. 421-1",
)
"""For what asks for no money, in a procedure that no text frames."""

TO_CHECK = Mentions(
    silence="",
    appeal=APPEAL,
    source="Code de justice administrative, R. 421-1 ; ce que vaut le silence : à vérifier",
)
"""Where the sources do not settle what silence means: article 51 falls under the exception of social security."""

ELSEWHERE = Mentions(
    silence="",
    appeal="",
    source="À vérifier auprès du service où le dossier est déposé : c'est lui qui répond",
)
"""Where somebody else receives and answers."""

SUBSIDY_LAW = "Loi n° 2000-321 du 12 avril 2000, article 10 ; décret n° 2001-495 du 6 juin 2001"
AGREEMENT_ABOVE = 23_000
"""Euros a year above which a private body signs an agreement before any payment."""

REPORT_MONTHS = 6
"""How long after the end of the exercise the financial report is due."""
