"""Forming a group of small managing bodies: three steps, governance, and the sizes that calls asked for. Pure.

The sizes are not written here: they are those of the criteria on the size of a group,
whichever lever has them, with their period.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from levers.matching import Answer, Outcome, Rule, outcome
from levers.preparation.parts import DIRECTORY, EXPERIMENTS, LEVERS, Item, Said

SOURCE = "esms-numerique-aap2-2021"
SIZE_FACTS = ("esms_count", "og_count")
ASKED = ("region", *SIZE_FACTS)
"""What the page asks of a group; the names are those of the diagnostic."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the way, and what shows that it is done."""

    number: int
    title: str
    text: str
    said: Said
    items: tuple[Item, ...]


STAGES = (
    Stage(
        1,
        "Trouver avec qui",
        "Cherchez des organismes du même territoire, si possible avec qui vous avez déjà travaillé.",
        Said("lignes 241 à 246", SOURCE),
        (
            Item(
                "group_territory",
                "Nous avons la liste des organismes voisins qui ont le même besoin",
                "Regardez autour de vous : même bassin de vie, même public, mêmes outils.",
                "La proximité donne une histoire commune et facilite le parcours des personnes.",
                Said("lignes 219 à 222 et 245", SOURCE),
                (DIRECTORY,),
            ),
            Item(
                "group_experience",
                "Nous avons déjà coopéré avec au moins l'un d'eux",
                "Un achat commun, un remplacement, une formation partagée : cela compte et se raconte.",
                "C'est un avantage conseillé, pas une condition.",
                Said("ligne 246", SOURCE),
            ),
            Item(
                "group_size",
                "Nous avons compté nos établissements et services",
                "Chaque appel fixe une taille minimale : voyez le tableau plus bas.",
                "À un service près, un groupe trop petit ne remplit pas la condition.",
                Said("lignes 164 et 186", SOURCE),
            ),
        ),
    ),
    Stage(
        2,
        "Écrire un projet commun",
        "Un objectif que chacun peut dire avec les mêmes mots, et une façon de décider ensemble.",
        Said("lignes 248 à 253", SOURCE),
        (
            Item(
                "group_goal",
                "Nous avons un objectif commun, écrit en trois phrases",
                "Ce que le groupe fera mieux ensemble que chacun de son côté.",
                "Il sert à trancher quand les avis divergent.",
                Said("ligne 252", SOURCE),
            ),
            Item(
                "group_governance",
                "Nous savons comment le groupe décide",
                "Qui siège, qui vote, qui signe, qui peut partir et comment. Une convention d'une page ou deux suffit "
                "pour commencer.",
                "Le programme de 2021 demandait une conduite organisée, à côté de l'objectif commun.",
                Said("ligne 253", SOURCE),
            ),
            Item(
                "group_carrier",
                "Un organisme porte le dossier pour tous",
                "Il dépose, reçoit l'argent et rend compte. Dites aussi comment il le reverse.",
                "L'agence a besoin d'un seul interlocuteur.",
                Said("ligne 260 ; le rôle du porteur est à vérifier dans chaque appel", SOURCE, sure=False),
            ),
            Item(
                "group_lead",
                "Une personne conduit le projet, chez nous ou à l'extérieur",
                "Elle anime les groupes de travail, suit l'argent, prépare les essais et l'usage. En 2021, un forfait "
                "d'assistance pouvait payer un chef de projet recruté dans le groupe : la fiche du levier donne les "
                "montants.",
                "Sans temps dédié, un projet commun s'arrête au bout de quelques mois.",
                Said("lignes 199 à 208", SOURCE),
                (LEVERS,),
            ),
        ),
    ),
    Stage(
        3,
        "Déposer un seul dossier",
        "Le dossier est commun, et il montre pourquoi être ensemble change quelque chose.",
        Said("lignes 255 à 260", SOURCE),
        (
            Item(
                "group_sense",
                "Le dossier explique ce que la mise en commun apporte",
                "Un meilleur prix, des compétences partagées, des expériences échangées, un parcours plus simple.",
                "C'est la qualité de la mise en commun qui est jugée, pas le nombre de logos.",
                Said("lignes 226 à 236 et 257 à 259", SOURCE),
                (EXPERIMENTS,),
            ),
            Item(
                "group_one_file",
                "Il y a un seul dossier, et chaque membre l'a signé",
                "Un budget commun, la part de chacun, et une lettre d'engagement par organisme.",
                "Plusieurs dossiers séparés ne font pas un groupe.",
                Said("ligne 260 ; les signatures sont à vérifier dans chaque appel", SOURCE, sure=False),
            ),
            Item(
                "group_pay_on_use",
                "Nous savons qu'une part de l'aide dépend de l'usage réel",
                "Prévoyez comment l'usage sera suivi, et ce que vous ferez s'il reste faible.",
                "Dans le programme de 2021, une partie de l'argent était liée à l'usage.",
                Said("lignes 143 et 206", SOURCE),
            ),
        ),
    ),
)

KEYS = frozenset(item.key for stage in STAGES for item in stage.items)


@dataclass(frozen=True, slots=True)
class Size:
    """A size that a lever asked for in a period, and what it says of a group: None where nothing was said of it."""

    lever: str
    title: str
    rule: Rule
    outcome: Outcome | None


def sizes_for(levers: Iterable, answers: Mapping[str, Answer]) -> tuple[Size, ...]:
    """Return every blocking size that a lever asks or asked for, as time goes, with what it says of a group.

    A rule that the answers put aside (another region, a single body) is left out; while
    nothing is answered all of them are there.
    """
    found = []
    for lever in levers:
        for rule in lever.rules:
            if rule.test is None or rule.test.fact not in SIZE_FACTS or not rule.blocking:
                continue
            result = outcome(rule, answers)
            if result is not None:
                found.append(Size(lever.slug, lever.short_name, rule, result))
    return tuple(sorted(found, key=lambda size: (size.rule.valid_from is not None, size.rule.valid_from)))
