"""What the applicant is told when a dossier moves, by the key that a move names. Pure.

A mail says what happened in a sentence and leads to the portal; it holds nothing that was written there.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A message. ``legal``: it leaves whatever the preferences; ``after_decision``: never without a decision."""

    subject: str
    sentences: tuple[str, ...]
    legal: bool = False
    after_decision: bool = False


def _decided(subject: str, *sentences: str) -> Letter:
    return Letter(subject, sentences, legal=True, after_decision=True)


FIRST_CONTACT: Mapping[str, Letter] = {
    "received": Letter(
        "Votre envoi est reçu",
        (
            "Votre envoi est reçu : il est daté, numéroté et conservé tel quel.",
            "Le récépissé est sur la page du dossier.",
        ),
        legal=True,
    ),
    "meeting": Letter("Une date d'échange est proposée", ("L'agence propose une date d'échange.",)),
    "oriented": Letter(
        "Votre demande est orientée",
        (
            "L'agence vous oriente vers un autre levier ou un autre interlocuteur.",
            "Ce que vous avez écrit peut y servir.",
        ),
    ),
    "concluded": Letter("L'échange est terminé", ("La conclusion de l'échange est sur la page du dossier.",)),
}

RECEIVING: Mapping[str, Letter] = {
    "acknowledged": Letter(
        "Accusé de réception de votre demande",
        ("Un service suit désormais votre demande : la page du dossier dit lequel, et ce que vaut le silence.",),
        legal=True,
    ),
    "to-complete": Letter(
        "Des compléments sont demandés",
        ("Il manque quelque chose à votre dossier : la page du dossier dit quoi, et jusqu'à quand.",),
        legal=True,
    ),
    "completed": Letter("Vos compléments sont reçus", ("Vos compléments sont reçus ; l'examen reprend.",), legal=True),
    "completion-over": Letter(
        "L'examen reprend sans vos compléments",
        ("La date laissée pour compléter est passée : l'examen reprend avec ce qui a été envoyé.",),
        legal=True,
    ),
    "admitted": Letter("Votre dossier est recevable", ("Votre dossier est recevable ; le fond va être étudié.",)),
    "withdrawn": Letter("Votre demande est retirée", ("Votre demande s'arrête là, comme demandé.",), legal=True),
    "recorded-elsewhere": Letter(
        "Votre dépôt fait ailleurs est noté",
        (
            "Vous avez noté un dépôt fait ailleurs. Le portail n'a rien transmis : gardez l'accusé de réception.",
            "Quand vous aurez la réponse, notez-la sur la page du dossier.",
        ),
    ),
}

DECIDING: Mapping[str, Letter] = {
    "inadmissible": _decided(
        "Votre dossier n'est pas recevable",
        "Votre dossier n'est pas recevable. La page du dossier dit pourquoi, et comment contester.",
    ),
    "granted": _decided(
        "Une décision a été prise sur votre demande",
        "La décision est sur la page du dossier, avec ses motifs et la suite.",
    ),
    "refused": _decided(
        "Une décision a été prise sur votre demande",
        "La décision est sur la page du dossier, avec ses motifs et les moyens de la contester.",
    ),
    "corrected": _decided(
        "Une décision sur votre demande est rectifiée",
        "Une nouvelle décision en rectifie une autre : la page du dossier dit ce qui change, et pourquoi.",
    ),
}

MONEY: Mapping[str, Letter] = {
    "agreement-sent": Letter(
        "Une convention est à signer", ("Relisez la convention sur la page du dossier, puis signez-la.",), legal=True
    ),
    "agreement-signed": _decided(
        "La convention est signée", "La convention est signée par l'agence : l'action commence."
    ),
    "start-up-signed": _decided(
        "La convention d'amorçage est signée",
        "La convention est signée par l'agence : les crédits peuvent être versés.",
    ),
    "group-agreement-signed": _decided(
        "La convention est signée", "La convention est signée par le groupement : le projet commence."
    ),
    "started": _decided("L'action peut commencer", "Aucune convention n'est nécessaire : l'action peut commencer."),
    "paid": Letter(
        "Un versement est noté", ("L'agence a noté un versement sur la page du dossier.",), after_decision=True
    ),
    "amendment-signed": _decided("L'avenant est signé", "L'avenant est signé ; la page du dossier dit ce qui change."),
    "amendment-refused": _decided("L'avenant est refusé", "L'avenant est refusé ; la page du dossier dit pourquoi."),
    "report-due": Letter(
        "Un compte rendu financier est attendu",
        ("L'exercice financé est terminé : un compte rendu est attendu. La page du dossier dit jusqu'à quand.",),
        legal=True,
        after_decision=True,
    ),
    "report-returned": Letter(
        "Le compte rendu est à revoir", ("La page du dossier dit ce qu'il faut revoir, et jusqu'à quand.",), legal=True
    ),
    "next-year": _decided("L'année suivante est ouverte", "L'aide continue une année de plus."),
    "closed": Letter("Votre dossier est clos", ("Tout est terminé ; le dossier reste lisible sur le portail.",)),
}

CALLS: Mapping[str, Letter] = {
    "reserve": _decided(
        "Une décision a été prise sur votre demande",
        "Votre projet est sur la liste complémentaire ; la page du dossier dit ce que cela veut dire.",
    ),
    "invited": Letter(
        "Un dossier complet vous est demandé",
        ("Votre lettre d'intention est retenue : la page du dossier dit jusqu'à quand déposer le dossier complet.",),
        legal=True,
    ),
    "lapsed": Letter(
        "Le dossier complet n'a pas été déposé à temps",
        ("La date du dossier complet est passée : la demande s'arrête là. Son contenu peut être repris.",),
        legal=True,
    ),
    "hearing": Letter(
        "Une audition est prévue", ("La page du dossier dit quand et où vous serez entendu.",), legal=True
    ),
    "challenge-published": Letter("Votre défi est publié", ("Votre défi est publié ; les entreprises y répondent.",)),
    "challenge-answered": Letter(
        "Des réponses à votre défi vous attendent", ("Les réponses à votre défi sont à lire : à vous de choisir.",)
    ),
    "work-opened": Letter(
        "Les travaux communs commencent",
        ("Votre manifestation d'intérêt est retenue et les travaux communs commencent.",),
        after_decision=True,
    ),
    "work-concluded": Letter(
        "Les travaux communs sont terminés",
        ("Les travaux communs sont terminés ; la page du dossier dit ce qui suit.",),
        after_decision=True,
    ),
}

ARTICLE_51: Mapping[str, Letter] = {
    "specification-returned": Letter(
        "Votre cahier des charges revient annoté", ("Une version annotée de votre cahier des charges vous attend.",)
    ),
    "opinions-asked": Letter("Des avis sont demandés", ("L'agence recueille les avis sur votre projet.",)),
    "sent-to-rapporteur": Letter(
        "Votre projet est transmis au niveau national",
        ("L'agence a donné un avis favorable et transmis votre projet au rapporteur général.",),
        legal=True,
    ),
    "passed-to-national": Letter(
        "Votre projet passe au niveau national",
        ("Votre projet dépasse la région : le rapporteur général le suit désormais.",),
        legal=True,
    ),
    "handed-back": Letter(
        "Votre projet revient à l'agence",
        ("Votre projet tient dans une région : l'agence le suit de nouveau, rien de ce qui a été fait n'est perdu.",),
        legal=True,
    ),
    "committee-opinion": Letter(
        "L'avis du comité technique est rendu", ("Le comité technique a rendu son avis ; la décision vient ensuite.",)
    ),
    "published": _decided("L'arrêté est publié", "L'arrêté est publié : l'expérimentation peut commencer."),
    "extended": _decided("L'expérimentation est prolongée", "La nouvelle date de fin est sur la page du dossier."),
    "experiment-ended": _decided("L'expérimentation est finie", "Le rapport final de l'évaluateur est attendu."),
    "evaluated": Letter(
        "Le rapport d'évaluation est remis", ("Le rapport final est remis ; les avis suivent.",), after_decision=True
    ),
    "transition": _decided("Une transition est ouverte", "Les dates de la transition sont sur la page du dossier."),
    "ordinary-law": _decided("Entrée dans le droit commun", "Ce que vous expérimentiez entre dans le droit commun."),
    "experiment-over": _decided(
        "L'expérimentation s'arrête", "La page du dossier dit pourquoi, et ce qui reste à faire."
    ),
}

PREPARED: Mapping[str, Letter] = {
    "study-begun": Letter(
        "Une étude d'opportunité commence", ("Le groupement régional e-santé étudie ce que votre projet apporterait.",)
    ),
    "study-delivered": Letter(
        "L'étude d'opportunité est remise", ("L'étude est à lire sur la page du dossier ; l'agence décide ensuite.",)
    ),
    "dialogue": Letter("Une proposition vous attend", ("Une nouvelle version est à lire sur la page du dossier.",)),
    "signed": _decided("Le contrat est signé", "Le contrat est signé ; ses dates sont sur la page du dossier."),
    "window": Letter(
        "La période des avenants approche", ("C'est le moment de proposer un avenant, si vous en voulez un.",)
    ),
}

LETTERS: Mapping[str, Letter] = {**FIRST_CONTACT, **RECEIVING, **DECIDING, **MONEY, **CALLS, **ARTICLE_51, **PREPARED}
"""Every letter by its key."""
