"""What the directory says of each step, to each of those who ask; and the message to send. Pure."""

from levers.directory.rules import Kind, Step, Who

TITLES = {
    Kind.DOOR: "Le chargé de recherche et d'innovation de l'agence",
    Kind.EXPERT: "L'expert du sujet",
    Kind.DELEGATION: "La délégation de l'agence dans votre département",
    Kind.E_HEALTH: "Le groupement régional de e-santé (GRADeS)",
    Kind.NETWORK: "Le réseau local",
    Kind.BUYER: "Celui qui achète",
}

WHY = {
    (Kind.DOOR, Who.ANYBODY): "Il reçoit les projets nouveaux, les oriente, puis les suit avec l'expert du sujet.",
    (Kind.DOOR, Who.HEALTH_ACTOR): "Il reçoit les projets nouveaux et trouve l'expert qui vous suivra. "
    "Dites-lui d'abord le besoin de vos patients ou résidents.",
    (Kind.DOOR, Who.COMPANY): "C'est lui qu'une entreprise contacte d'abord. Demandez un échange pour vérifier que "
    "le besoin existe ; ne parlez pas encore de partenariat.",
    (Kind.EXPERT, Who.ANYBODY): "Il connaît les règles et les acteurs du domaine. L'idéal est de le rencontrer en "
    "même temps que le chargé de recherche et d'innovation.",
    (Kind.DELEGATION, Who.ANYBODY): "Pour une affaire locale : elle connaît les établissements, les élus et les "
    "besoins du département.",
    (Kind.DELEGATION, Who.COMPANY): "Si l'essai a lieu dans ce département : elle connaît les établissements qui "
    "pourraient l'accueillir.",
    (Kind.E_HEALTH, Who.ANYBODY): "Il mène les projets numériques de la région pour l'agence et les fait dialoguer "
    "entre eux.",
    (Kind.E_HEALTH, Who.COMPANY): "Il mène les projets numériques de la région et passe des marchés pour l'agence : "
    "il ne vous concurrence pas.",
    (Kind.NETWORK, Who.ANYBODY): "Un pôle, un incubateur, une chambre de commerce ou une union de professionnels aide "
    "à préparer le projet et à trouver où l'essayer.",
    (Kind.BUYER, Who.ANYBODY): "Si vous vendez une solution, celui qui signe l'achat est rarement celui qui en a "
    "besoin, et rarement l'agence.",
    (Kind.BUYER, Who.COMPANY): "L'agence peut aider le projet ; l'achat, lui, est signé ailleurs. Cherchez d'abord "
    "qui achète.",
}

UNKNOWN = {
    Kind.DOOR: "Son adresse directe n'est pas encore connue. Passez par le site de l'agence et demandez « le chargé "
    "de recherche et d'innovation ».",
    Kind.EXPERT: "Son adresse n'est pas encore connue : demandez cette fonction au standard de l'agence ou au chargé "
    "de recherche et d'innovation.",
    Kind.DELEGATION: "Délégation à vérifier : l'agence doit en avoir dans les départements, mais aucune source ne "
    "nous donne encore celle-ci.",
    Kind.E_HEALTH: "Il y en a un par région, mais son nom n'est pas encore connu ici : demandez-le à l'agence.",
    Kind.NETWORK: "Les acteurs locaux ne sont pas encore connus ici.",
}

WHICH_DEPARTMENT = "Indiquez votre département pour voir laquelle."
BY_SUBJECT = (
    "L'agence ne dit pas de porte unique, mais nomme qui connaît ce sujet : commencez par là, et demandez-lui qui "
    "suit l'innovation."
)


def why(step: Step, who: Who) -> str:
    """Return what this step is for, as it concerns who asks."""
    if step.first and step.kind is Kind.EXPERT:
        return BY_SUBJECT
    return WHY.get((step.kind, who)) or WHY[step.kind, Who.ANYBODY]


def unknown(step: Step, department: str) -> str:
    """Return what is said where no office is known; empty where there is one, or where none is wanted."""
    if step.offices:
        return ""
    if step.kind is Kind.DELEGATION and not department:
        return WHICH_DEPARTMENT
    return UNKNOWN.get(step.kind, "")


NEEDS = {
    Who.ANYBODY: "Le besoin de santé : [qui, combien de personnes, quel problème aujourd'hui]",
    Who.HEALTH_ACTOR: "Le besoin que nous voyons : [nos patients ou résidents, combien, quel problème aujourd'hui]",
    Who.COMPANY: "Le besoin auquel nous voulons répondre : [qui le ressent, comment nous le savons]",
}
SENDERS = {
    Who.ANYBODY: "[Votre structure, votre commune, ce qu'elle fait en une phrase]",
    Who.HEALTH_ACTOR: "[Votre établissement ou votre équipe, sa commune, qui elle soigne ou accompagne]",
    Who.COMPANY: "[Votre entreprise, sa taille, ce qu'elle fait en une phrase]",
}


def message(agency: str, subject: str, department: str, who: Who) -> str:
    """Return a first message for the door: the need before the solution, and a question rather than a request."""
    about = f" sur le sujet « {subject} »" if subject else ""
    where = f" (département : {department})" if department else ""
    service = f"{agency[:1].lower()}{agency[1:]}"
    lines = [
        f"Bonjour,\n\nNous préparons un projet{about}{where} et cherchons le bon interlocuteur à l'{service}.",
        f"Qui nous sommes : {SENDERS.get(who, SENDERS[Who.ANYBODY])}",
        NEEDS.get(who, NEEDS[Who.ANYBODY]),
        "Ce que nous proposons : [deux phrases, sans mot technique]",
        "Ce que cela changerait pour la santé de la population : [effet attendu, comment le mesurer]",
        "L'objectif du projet régional de santé concerné : [lequel]",
        "Où nous en sommes : [idée, essai en cours, déjà utilisé à tel endroit]",
        "Ce que nous attendons de vous : votre avis sur ce besoin, et le nom du service à rencontrer. Pourrions-nous "
        "avoir un premier échange de trente minutes ?",
        "Cordialement,\n[Fonction, structure, adresse de service]",
    ]
    return "\n\n".join(lines)
