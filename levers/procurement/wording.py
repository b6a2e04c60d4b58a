"""Procedures, thresholds and reasons in the words of somebody who has never sold to a hospital, and of the buyer."""

from dataclasses import dataclass
from datetime import date

from apist.templatetags.portal import euros, jour
from levers.procurement.rules import Buyer, Key, Need, Outcome, Period, Procedure, Publicity, Purchases, Threshold


@dataclass(frozen=True, slots=True)
class Words:
    """A procedure: its name, what it is, what it means on each side of the purchase."""

    name: str
    what: str
    supplier: str
    buyer: str


PROCEDURES = {
    Procedure.LIBRE: Words(
        "Achat libre",
        "L'acheteur choisit une offre et la commande, sans annonce et sans mettre les entreprises en concurrence.",
        "Prenez contact : il n'y a aucun avis à attendre. Donnez une présentation, un prix et un calendrier.",
        "Choisissez une offre pertinente, employez bien l'argent et ne prenez pas toujours la même entreprise.",
    ),
    Procedure.INNOVATIVE: Words(
        "Achat innovant",
        "Si la solution est nouvelle ou nettement améliorée, l'acheteur peut la choisir sans annonce ni concurrence.",
        "Montrez par écrit en quoi la solution est nouvelle ou nettement améliorée. C'est l'acheteur qui décide.",
        "Gardez au dossier ce qui rend la solution innovante, et les raisons de votre choix.",
    ),
    Procedure.ADAPTED: Words(
        "Procédure adaptée (MAPA)",
        "L'acheteur fixe lui-même les règles de la consultation. Il met les offres en concurrence et peut négocier.",
        "Lisez la consultation : elle donne les pièces, les critères et la date limite. Un premier contact avant la "
        "consultation aide à comprendre le besoin, il ne promet rien.",
        "Adaptez les formalités au montant et à l'objet. Annoncez d'avance les critères, et si vous négocierez.",
    ),
    Procedure.FORMAL: Words(
        "Procédure formalisée",
        "La procédure complète du code : appel d'offres le plus souvent. À partir de ce montant, elle est obligatoire.",
        "Surveillez les annonces et préparez les pièces tôt. Vous pouvez répondre à plusieurs, ou sur un seul lot.",
        "Aucune procédure plus légère ne s'ouvre par le montant. Suivez le déroulement fixé par le code.",
    ),
}

PUBLICITY = {
    Publicity.NONE: ("Aucune annonce", "L'acheteur n'a rien à publier."),
    Publicity.ADAPTED: (
        "Annonce au choix de l'acheteur",
        "Il fait connaître son besoin comme il l'entend : son site, sa plateforme, plusieurs devis demandés.",
    ),
    Publicity.BOAMP_OR_JAL: (
        "Annonce obligatoire en France",
        "Au BOAMP, le bulletin officiel des annonces des marchés publics (boamp.fr), ou dans un journal d'annonces "
        "légales.",
    ),
    Publicity.BOAMP_AND_JOUE: (
        "Annonce obligatoire en France et en Europe",
        "Au BOAMP, le bulletin officiel des annonces des marchés publics, et au Journal officiel de l'Union "
        "européenne (JOUE).",
    ),
}

THRESHOLDS = {
    Key.FREE: "Achat libre : en dessous de",
    Key.INNOVATIVE: "Achat innovant : en dessous de",
    Key.FORMAL: "Procédure formalisée : à partir de",
    Key.PUBLICITY: "Annonce obligatoire : à partir de",
}

OF = {
    Key.FREE: "de l'achat libre",
    Key.INNOVATIVE: "de l'achat innovant",
    Key.FORMAL: "de la procédure formalisée",
    Key.PUBLICITY: "de l'annonce obligatoire",
}
THE = {
    Procedure.LIBRE: "l'achat libre",
    Procedure.INNOVATIVE: "l'achat innovant",
    Procedure.ADAPTED: "la procédure adaptée (MAPA)",
    Procedure.FORMAL: "la procédure formalisée",
}

BUYERS = {
    Buyer.OTHER_PUBLIC: "Hôpital public, EHPAD public, groupement (GCS, GIP, GRADeS), collectivité",
    Buyer.CENTRAL_STATE: "État : ministère, administration centrale",
    Buyer.PRIVATE_CONTRACTING_AUTHORITY: "Organisme privé qui doit suivre les règles des marchés publics",
    Buyer.PRIVATE: "Autre organisme privé : clinique, association, entreprise",
}

PURCHASES = {
    Purchases.SUPPLIES_SERVICES: "Fournitures ou services : matériel, logiciel, conseil, formation",
    Purchases.WORKS: "Travaux : construire, rénover, aménager",
}

SCOPES = {
    "all": "tous les acheteurs",
    "central-state": "État central",
    "other-public": "hôpitaux, groupements, collectivités",
}

DAY_THAT_COUNTS = (
    "Le jour qui compte est celui où l'acheteur lance la consultation ou envoie l'avis, pas celui de la commande."
)
BUYER_NOTES = {
    Buyer.CENTRAL_STATE: "Une agence régionale de santé (ARS) est un établissement public de l'État : elle suit "
    "probablement les seuils de l'État central. À vérifier dans la liste des autorités centrales, annexée au code.",
    Buyer.PRIVATE_CONTRACTING_AUTHORITY: "Un organisme privé soumis au code suit les seuils des acheteurs publics "
    "autres que l'État central. Qu'il y soit soumis se vérifie avec lui, au cas par cas (article L.1211-1 du code).",
    Buyer.PRIVATE: "Un organisme privé est en principe hors du code de la commande publique : il achète comme il "
    "veut. S'il est pouvoir adjudicateur (besoin d'intérêt général et dépendance envers un acheteur public, article "
    "L.1211-1 du code), il doit suivre les règles : à vérifier avec lui.",
}


def notes_of(need: Need, outcome: Outcome) -> list[str]:
    """Return what must be known to use an answer: who the buyer is, the day that counts, what is not certain."""
    notes = [BUYER_NOTES[need.buyer]] if need.buyer in BUYER_NOTES else []
    if outcome.procedures:
        notes.append(DAY_THAT_COUNTS)
    if Procedure.LIBRE in outcome.procedures and Procedure.ADAPTED in outcome.procedures:
        notes.append("Sans y être obligé, l'acheteur peut toujours mettre les offres en concurrence.")
    return [*notes, *dict.fromkeys(threshold.note for threshold in outcome.thresholds if threshold.note)]


def reason(need: Need, on: date, unknown: Key, thresholds) -> str:
    """Return why a day has no answer: which threshold is missing then, and from when to when it is known."""
    known = [one for one in thresholds if one.key == unknown and need.concerns(one)]
    name = THRESHOLDS[unknown].partition(" : ")[0].lower()
    what = "les travaux" if need.category is Purchases.WORKS else "les fournitures et services"
    start = f"Le {jour(on)}, la réponse dépend d'un seuil que le portail ne connaît pas ({name}, pour {what})."
    if not known:
        return f"{start} Aucune de nos sources ne le donne."
    first, last = min(one.valid_from for one in known), max((one.valid_to or date.max) for one in known)
    until = "" if last == date.max else f" jusqu'au {jour(last)}"
    return f"{start} Nos sources le donnent à partir du {jour(first)}{until}."


def procedure_reason(procedure: Procedure, need: Need, outcome: Outcome) -> str:
    """Return in a sentence why a procedure is open, or is not."""
    amount = euros(need.amount)
    formal = _amounts(outcome, Key.FORMAL)
    if Procedure.FORMAL in outcome.procedures:
        if procedure is Procedure.FORMAL:
            return f"{amount} : le seuil de {formal} est atteint, elle est obligatoire."
        return f"Fermée : le seuil de la procédure formalisée ({formal}) est atteint."
    if procedure is Procedure.FORMAL:
        return f"Pas obligatoire : {amount}, c'est moins de {formal}."
    if procedure is Procedure.ADAPTED:
        return f"Ouverte sous {formal}."
    if procedure is Procedure.INNOVATIVE and not need.innovative:
        return "Fermée : la solution n'est pas dite innovante."
    key = Key.FREE if procedure is Procedure.LIBRE else Key.INNOVATIVE
    limit = _amounts(outcome, key)
    if procedure in outcome.procedures:
        return f"Ouverte : {amount}, c'est moins de {limit}."
    if need.amount in outcome.values(key):
        return f"Fermée : {limit} est atteint, il faut moins."
    return f"Fermée : {amount}, c'est plus de {limit}."


def _amounts(outcome: Outcome, key: Key) -> str:
    """Return the amount that decides: of periods that overlap, the highest is the one to be below."""
    values = outcome.values(key)
    return euros(max(values)) if values else ""


def names(procedures) -> str:
    """Return procedures as a sentence holds them: « achat libre ou procédure adaptée (MAPA) »."""
    words = [PROCEDURES[one].name[0].lower() + PROCEDURES[one].name[1:] for one in procedures]
    return " ou ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def change(need: Need, before: Period, after: Period) -> str:
    """Return what moves from one period to the next, and whether it matters to the need."""
    if before.outcome.unknown or after.outcome.unknown:
        return "Les deux périodes ne se comparent pas : un seuil manque dans nos sources."
    moved = [key for key in Key if _moved(key, before.outcome, after.outcome)]
    told = [_move_in_words(key, before.outcome, after.outcome) for key in moved]
    effects = _effects(before.outcome, after.outcome)
    if not effects:
        why = [_why_nothing(need, key, before.outcome, after.outcome) for key in moved]
        effects = [f"rien ne change : {' ; '.join(why)}" if why else "rien ne change"]
    return " ".join([*told, f"Pour ce besoin, {' ; '.join(effects)}."])


def _moved(key: Key, before: Outcome, after: Outcome) -> bool:
    old, new = before.values(key), after.values(key)
    return bool(old and new) and old != new


def _move_in_words(key: Key, before: Outcome, after: Outcome) -> str:
    """Return « Le seuil de l'achat libre passe de 40 000 € à 60 000 €. »."""
    return f"Le seuil {OF[key]} passe de {_amounts(before, key)} à {_amounts(after, key)}."


def _effects(before: Outcome, after: Outcome) -> list[str]:
    """Return what the buyer can or must do from then on, and no longer."""
    opened = [one for one in after.procedures if one not in before.procedures]
    closed = [one for one in before.procedures if one not in after.procedures]
    if Procedure.FORMAL in opened:
        return ["la procédure formalisée devient obligatoire"]
    if Procedure.FORMAL in closed:
        return ["la procédure formalisée n'est plus obligatoire"]
    effects = [f"{THE[one]} devient possible" for one in opened]
    effects += [f"{THE[one]} n'est plus possible" for one in closed]
    return effects or (["seule l'annonce change"] if before.ways != after.ways else [])


def _why_nothing(need: Need, key: Key, before: Outcome, after: Outcome) -> str:
    """Return on which side of both amounts the need stays."""
    old, new = _amounts(before, key), _amounts(after, key)
    if need.amount < min(*before.values(key), *after.values(key)):
        return f"{euros(need.amount)}, c'est moins que {old} et que {new}"
    return f"{euros(need.amount)} n'est en dessous ni de {old} ni de {new}"


def period_in_words(period: Period) -> str:
    """Return the days of a period: « du 1er janvier au 31 mars 2026 », « avant le … », « depuis le … »."""
    if period.first is None:
        return f"jusqu'au {jour(period.last)}" if period.last else "à toute date"
    if period.last is None:
        return f"à partir du {jour(period.first)}"
    return f"du {jour(period.first)} au {jour(period.last)}"


def threshold_name(threshold: Threshold) -> str:
    """Return a threshold with whom it concerns."""
    name = THRESHOLDS[threshold.key]
    details = [SCOPES[threshold.buyers]] if threshold.buyers != "all" else []
    return f"{name.partition(' : ')[0]}{' (' + ', '.join(details) + ')' if details else ''}"
