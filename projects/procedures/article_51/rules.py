"""Who may pay what in an article 51 project, by the reach of the project. Pure.

The innovation fund (FISS) pays care and evaluation, whatever the reach, and engineering and start-up of national
projects; the regional fund (FIR) takes part in engineering and start-up of local and regional ones (``000``, line 279).
"""

from projects.procedures.article_51.sections import OF_ONE_REGION, OF_SEVERAL
from projects.procedures.funding import FundingRule, Verdict
from projects.procedures.vocabulary import When

SOURCE = "Guide APIST (000), lignes 279 et 515"
CARE = ("care", "evaluation")
SETTING_UP = ("engineering", "start-up")
OTHERS = ("staff", "equipment", "software", "missions", "hosting", "training", "other")
ONE_REGION = When("scale", OF_ONE_REGION)
SEVERAL = When("scale", OF_SEVERAL)

RULES = (
    FundingRule(Verdict.PROPOSED, "fiss", "Le fonds national paie les soins et l'évaluation.", SOURCE, CARE),
    FundingRule(
        Verdict.PROPOSED,
        "fiss",
        "Projet national : le fonds national paie aussi le montage.",
        SOURCE,
        SETTING_UP,
        SEVERAL,
    ),
    FundingRule(
        Verdict.PROPOSED, "fir", "Projet local ou régional : l'agence aide au montage.", SOURCE, SETTING_UP, ONE_REGION
    ),
    FundingRule(
        Verdict.REFUSED,
        "fir",
        "Les soins et l'évaluation d'un projet article 51 ne sont pas payés par le FIR : c'est le fonds national "
        "(FISS) qui les paie.",
        SOURCE,
        CARE,
    ),
    FundingRule(
        Verdict.REFUSED,
        "fir",
        "Pour un projet de plusieurs régions ou national, l'ingénierie et l'amorçage reviennent au fonds national "
        "(FISS), pas au FIR.",
        SOURCE,
        SETTING_UP,
        SEVERAL,
    ),
    FundingRule(
        Verdict.REFUSED,
        "fiss",
        "Pour un projet local ou régional, l'ingénierie et l'amorçage se demandent à l'agence (FIR), pas au fonds "
        "national.",
        SOURCE,
        SETTING_UP,
        ONE_REGION,
    ),
    FundingRule(
        Verdict.WARNING,
        "fiss",
        "Dites si cette dépense est du soin, de l'évaluation, de l'ingénierie ou de l'amorçage : le fonds national ne "
        "connaît que ces quatre sortes.",
        SOURCE,
        OTHERS,
    ),
    FundingRule(
        Verdict.WARNING,
        "fir",
        "Dites si cette dépense est de l'ingénierie ou de l'amorçage : le FIR ne paie que cela dans un projet article "
        "51.",
        SOURCE,
        OTHERS,
    ),
)
