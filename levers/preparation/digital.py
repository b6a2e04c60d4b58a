"""Digital conformity: what a digital health project is asked, where it is said, what remains to be checked. Pure.

The founding documents ask for reference frameworks, common services, interoperability
and security. They name neither hosting, nor the mark of medical devices, nor some of
the services of today: these come from public pages and are marked « à vérifier ».
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from levers.preparation.parts import DIRECTORY, LEVERS, POLICIES, Item, Said

REGIONAL = "instruction-grades-2017"
SOFTWARE = "esms-numerique-aap2-2021"
LAW = "articles L.1470-1 à L.1470-6 du code de la santé publique, copie de 2022"
LAW_AT = "https://circulaires.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006072665/LEGISCTA000043497475/2022-01-17/"
DOCTRINE = "Doctrine du numérique en santé, version 2022 (copie)"
DOCTRINE_AT = "https://studylib.net/doc/26085223/doctrine-du-numerique-en-sante-version-2022-vf"


@dataclass(frozen=True, slots=True)
class Situation:
    """A question about the solution that adds points to the list."""

    key: str
    question: str
    help: str = ""


SITUATIONS = (
    Situation(
        "patient_data",
        "La solution traite-t-elle des données de santé de personnes que l'on peut reconnaître ?",
        "Nom, numéro, dossier, mesures d'un patient ou d'un résident.",
    ),
    Situation("professionals", "Des professionnels de santé s'y connectent-ils ?"),
    Situation("documents", "Produit-elle des documents ou des messages de soins ?", "Compte rendu, lettre, résultat."),
    Situation("prescription", "Sert-elle à prescrire ?"),
    Situation(
        "medical_purpose",
        "Sert-elle à diagnostiquer, à surveiller ou à traiter une personne ?",
        "Alors elle peut être un dispositif médical, même si c'est un logiciel.",
    ),
)

ALWAYS = ""

RULES = (
    (
        ALWAYS,
        Item(
            "frameworks",
            "Je connais les référentiels nationaux qui s'appliquent",
            "Ce sont les règles communes à tous les projets de santé numérique. La stratégie régionale les reprend.",
            "Un projet qui les ignore sort de la stratégie de la région, et donc de ses financements.",
            Said("lignes 198 à 201", REGIONAL),
            (POLICIES, DIRECTORY),
        ),
    ),
    (
        ALWAYS,
        Item(
            "law",
            "J'ai lu les articles L.1470-1 à L.1470-6 du code de la santé publique",
            "Ils disent ce qu'est un service numérique en santé, qui s'en sert, comment on s'y identifie, et quelles "
            "règles d'échange et de sécurité il suit.",
            "Le programme de 2021 pour les établissements médico-sociaux en faisait une condition.",
            Said("ligne 122", SOFTWARE),
            (POLICIES,),
        ),
    ),
    (
        ALWAYS,
        Item(
            "certificate",
            "Je sais si un certificat de conformité est demandé",
            "Selon le service, un certificat peut attester le respect des référentiels d'échange, de sécurité et "
            "d'éthique.",
            "Un argent public peut dépendre d'un engagement à suivre ces règles.",
            Said(
                "article L.1470-6, présenté par un projet de décret de 2023",
                source="",
                title="Notification 2023/0427 du projet de décret sur le certificat de conformité",
                url="https://switec.info/fr/notifications/detail/?id=82163&nr=2023%2F0427%2FFR",
                sure=False,
            ),
            (DIRECTORY,),
        ),
    ),
    (
        ALWAYS,
        Item(
            "exchange",
            "La solution peut échanger avec les autres logiciels",
            "On parle d'interopérabilité : les données passent d'un outil à l'autre sans être recopiées. Demandez à "
            "l'éditeur les normes suivies, par écrit.",
            "Un outil isolé oblige les soignants à tout saisir deux fois.",
            Said("lignes 121 à 122", SOFTWARE),
        ),
    ),
    (
        ALWAYS,
        Item(
            "security",
            "Je suis la politique de sécurité des systèmes d'information de santé",
            "Cette politique générale a un sigle, PGSSI-S, et un texte par sujet. Nommez la personne qui en répond "
            "chez vous.",
            "Le guide la cite parmi les politiques que le projet doit respecter.",
            Said("ligne 861"),
            (POLICIES,),
        ),
    ),
    (
        ALWAYS,
        Item(
            "architecture",
            "La solution trouve sa place dans l'architecture nationale",
            "La doctrine technique décrit les briques communes. Un schéma d'une page suffit pour montrer où vous "
            "vous branchez.",
            "Le programme de 2021 pour les établissements médico-sociaux le demandait.",
            Said("ligne 72", SOFTWARE),
            (POLICIES,),
        ),
    ),
    (
        ALWAYS,
        Item(
            "regional_opinion",
            "J'ai parlé au groupement régional de la e-santé",
            "Chaque région a son GRADeS, le groupement régional d'appui au développement de la e-santé. Il connaît "
            "les outils déjà en place.",
            "Il évite de refaire ce qui existe, et l'agence lui demandera sans doute son avis.",
            Said("lignes 198 à 206", REGIONAL),
            (DIRECTORY, LEVERS),
        ),
    ),
    (
        "patient_data",
        Item(
            "identity",
            "Les personnes sont désignées par leur identité nationale de santé",
            "L'INS (identité nationale de santé) est un numéro et des traits d'état civil vérifiés.",
            "Sans elle, un document peut être rangé dans le dossier d'un autre.",
            Said("partie 2.2.1.1", source="", title=DOCTRINE, url=DOCTRINE_AT, sure=False),
        ),
    ),
    (
        "patient_data",
        Item(
            "hosting",
            "Les données sont chez un hébergeur certifié, si quelqu'un les garde pour vous",
            "Un hébergeur de données de santé doit être certifié (HDS) quand il garde des données de soins pour le "
            "compte d'un autre. Un établissement qui héberge lui-même les siennes n'est pas visé.",
            "C'est la loi (article L.1111-8 du code de la santé publique).",
            Said(
                "réponse sur le champ d'application",
                source="",
                title="Agence du numérique en santé, questions fréquentes sur l'hébergement",
                url="https://esante.gouv.fr/faq/quel-est-le-champ-dapplication-de-la-legislation-relative-"
                "lhebergement-de-donnees-de-sante-caractere-personnel",
                sure=False,
            ),
        ),
    ),
    (
        "patient_data",
        Item(
            "privacy",
            "Je sais qui répond des données personnelles, et sur quelle base",
            "Règlement général sur la protection des données (RGPD) : responsable, durée, information des personnes, "
            "analyse des risques si elle est demandée.",
            "Les données de santé sont parmi les plus protégées.",
            Said("non dit par les documents fondateurs", source="", sure=False),
        ),
    ),
    (
        "professionals",
        Item(
            "login",
            "Les professionnels se connectent par un moyen reconnu",
            "Pro Santé Connect est le service national par lequel ils s'identifient, par carte ou par téléphone.",
            "La loi demande une identification sûre de ceux qui utilisent un service numérique en santé.",
            Said("section sur l'identification électronique", source="", title=LAW, url=LAW_AT, sure=False),
        ),
    ),
    (
        "documents",
        Item(
            "messaging",
            "Les messages de soins passent par une messagerie sécurisée de santé",
            "On l'appelle MSSanté. Un courriel ordinaire ne convient pas à des données de santé.",
            "Elle fait partie des services communs cités par le programme de 2021.",
            Said("ligne 71", SOFTWARE),
        ),
    ),
    (
        "documents",
        Item(
            "record",
            "Les documents vont dans le dossier médical partagé et Mon espace santé",
            "Le dossier médical partagé (DMP) suit la personne ; Mon espace santé est l'endroit où elle le lit.",
            "Le programme de 2021 cite le dossier et l'espace numérique de santé parmi les services à relier.",
            Said("ligne 71", SOFTWARE),
        ),
    ),
    (
        "prescription",
        Item(
            "prescribing",
            "La prescription passe par le service national de prescription électronique",
            "L'ordonnance est créée, transmise et lue sous forme numérique, du médecin au pharmacien.",
            "Le programme de 2021 la cite parmi les services à relier.",
            Said("ligne 71", SOFTWARE),
        ),
    ),
    (
        "medical_purpose",
        Item(
            "device",
            "J'ai vérifié si la solution est un dispositif médical, et elle porte le marquage CE",
            "C'est l'usage annoncé qui compte, dans la notice comme dans la publicité. Si elle en est un, elle porte "
            "le marquage CE avant tout usage chez des patients, hors recherche.",
            "Règlement européen 2017/745.",
            Said(
                "lignes directrices du 11 octobre 2019",
                source="",
                title="Qualification des logiciels, cabinet Desmarais",
                url="https://www.desmarais-avocats.fr/de-nouvelles-lignes-directrices-pour-qualifier-et-classifier-un-"
                "dm-logiciel/",
                sure=False,
            ),
        ),
    ),
)
"""Each point, and the situation in which it counts (none: always)."""

KEYS = frozenset(item.key for _, item in RULES)


def asked_of(situations: Mapping[str, bool | None]) -> tuple[Item, ...]:
    """Return the points that count: a situation that is not denied is kept, nobody is spared by silence."""
    return tuple(item for when, item in RULES if when == ALWAYS or situations.get(when) is not False)


def spared_of(situations: Mapping[str, bool | None]) -> tuple[Item, ...]:
    """Return the points left out, because their situation is denied."""
    kept = asked_of(situations)
    return tuple(item for _, item in RULES if item not in kept)


def missing_of(asked: Collection[Item], done: Collection[str]) -> tuple[Item, ...]:
    """Return the points asked for that are not ticked."""
    return tuple(item for item in asked if item.key not in done)
