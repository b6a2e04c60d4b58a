"""Deployment by a group with use targets, as successors of ESMS numérique run (``004``, line 143). Pure."""

from projects.procedures import legal
from projects.procedures.asked import Question, Section
from projects.procedures.calls.variants import variant
from projects.procedures.conditions import (
    done_since,
)
from projects.procedures.types import Condition, Move, Procedure
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    DEPOSITORS,
    Kind,
)

DEPLOYMENT = Section(
    "deployment",
    "Le déploiement et l'usage",
    "Une part de l'aide dépend de l'usage réel, constaté à la fin.",
    (
        Question("esms_count", "Combien d'établissements et services ?", Kind.INTEGER, low=1, fact="esms_count"),
        Question("og_count", "Combien d'organismes gestionnaires ?", Kind.INTEGER, low=1, fact="og_count"),
        Question(
            "governance",
            "Comment le groupe décide-t-il ?",
            Kind.LONG,
            "Qui porte, qui pilote, ce qui est mis en commun.",
        ),
        Question(
            "use_targets",
            "Quelles cibles d'usage visez-vous, et pour quand ?",
            Kind.LONG,
            "Une par ligne : ce qu'on compte, la valeur visée, la date.",
            "Dossiers d'usager actifs : 90 % des personnes accompagnées, décembre 2028",
        ),
        Question(
            "purchase",
            "Comment la solution sera-t-elle achetée ?",
            Kind.LONG,
            "Centrale d'achat, marché en cours, mise en concurrence : c'est le porteur qui achète, selon ses règles.",
        ),
    ),
)


def with_deployment_targets(base: Procedure, key: str, title: str) -> Procedure:
    """Return a call in which a group deploys a solution, and the balance follows the use that is observed."""
    targets = (
        Move(
            "declare-use",
            "Déclarer l'usage atteint",
            ("running", "report"),
            "report",
            DEPOSITORS,
            fields=(
                Question("use_reached", "Usage constaté, cible par cible", Kind.LONG),
                Question("use_measured_on", "Mesuré le", Kind.DATE),
            ),
            due_from="exercise_ends_on",
            due_at_most=legal.REPORT_MONTHS,
        ),
        Move(
            "confirm-use",
            "Attester l'usage",
            ("reported",),
            "reported",
            AGENCY_STAFF,
            fields=(
                Question("use_met", "Les cibles sont atteintes", Kind.YES_NO),
                Question("use_remarks", "Ce qui a été vérifié", Kind.LONG),
            ),
        ),
    )
    return variant(
        base,
        key,
        title,
        (),
        targets,
        (DEPLOYMENT,),
        {
            "report": (done_since("declare-use", "next-year", "Déclarez d'abord l'usage atteint."),),
            "settle": (
                done_since("confirm-use", "declare-use", "Attestez d'abord l'usage : une part de l'aide en dépend."),
                SETTLED_BY_USE,
            ),
        },
    )


SETTLED_BY_USE = Condition(
    "settled-by-use",
    "Les cibles d'usage ne sont pas atteintes : le solde ne peut pas être versé.",
    lambda facts: facts.given.get("settlement") != "paid" or facts.records.get("use_met") is True,
    fields=("use_met", "settlement"),
)
