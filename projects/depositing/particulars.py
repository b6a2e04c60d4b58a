"""What exactly an act that moves nothing did, where its entry says it (an opinion reminded, a value noted). Pure."""

from collections.abc import Mapping

OPINION_STEPS = {
    "asked": "Un avis est demandé",
    "reminded": "Un avis demandé est rappelé",
    "declared": "Une déclaration d'intérêts est faite pour un avis",
    "delegated": "Un avis demandé est confié à quelqu'un d'autre",
    "withdrawn": "Une demande d'avis est retirée",
    "over": "Une demande d'avis est terminée sans réponse",
}
"""By the step of a request."""

BY_CONTENT = {
    "indicated": {
        "evaluation": "Une évaluation est notée",
        "value": "Une valeur d'indicateur est notée",
        "indicator": "Un indicateur est ajouté",
    },
    "published": {
        "proposed": "Un texte est proposé pour le registre public",
        "published": "Le projet entre au registre public, ou son entrée change",
        "hidden": "L'entrée du registre public est retirée",
    },
    "section": {
        "plan": "L'agence a saisi le plan de financement reçu",
        "model": "L'agence a saisi les chiffres du modèle de financement reçus",
    },
    "consented": {"said": "Le porteur répond sur ce qui peut être public"},
}
"""By the kind of an entry, then by what it holds, the most telling first."""


ASSOCIATIONS = {
    ("associate", False): "Une agence est associée au dossier",
    ("associate", True): "Une agence n'est plus associée au dossier",
    ("evaluator", False): "Un évaluateur est désigné",
    ("evaluator", True): "Un évaluateur n'évalue plus le dossier",
}
"""By the capacity that a body or a person is given, and whether it ends."""

LEADS = {None: "Une agence est sollicitée pour piloter", True: "Le pilotage change", False: "Une agence ne pilote pas"}
"""By the answer of the agency that is asked."""


def association(data: Mapping[str, object]) -> str:
    """Return who comes in or goes, and how the lead changes; empty where the entry does not say."""
    if "jurors" in data:
        return "Des jurés lisent le dossier"
    if "lead" in data:
        return LEADS[data.get("accepted")]
    return ASSOCIATIONS.get((data.get("capacity"), bool(data.get("ended"))), "")


def particular(kind: str, data: Mapping[str, object]) -> str:
    """Return what was done in a few words; empty where the entry says no more than its kind."""
    if kind == "associated":
        return association(data)
    if kind == "consulted":
        return OPINION_STEPS.get(str(data.get("step")), "")
    return next((words for key, words in BY_CONTENT.get(kind, {}).items() if key in data), "")
