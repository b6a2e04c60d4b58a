"""The facts that a profile may hold: the parameters of the public contract, typed.

A fact is a question with a type. Its name and its values are those of
``../shared/contract.md`` and never change; its words are ours and may. Rules
(``levers/matching.py``), the questionnaire, the API and the admin all read this
table, so that none of them knows a fact that another does not.

This file is a leaf: it knows no model and no request.
"""

from dataclasses import dataclass
from enum import StrEnum

Scalar = bool | int | str
Answer = Scalar | tuple[str, ...]


class Kind(StrEnum):
    """The type of an answer."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    AMOUNT = "amount"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a fact and the words a visitor reads."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A question: its contract name, its type, its words and its bounds."""

    name: str
    kind: Kind
    label: str
    question: str
    help: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """Return the values that a choice may take, in the order they are shown."""
        return tuple(choice.value for choice in self.choices)

    def label_of(self, value: str) -> str:
        """Return the words for ``value``, or the value itself where it has none."""
        return next((choice.label for choice in self.choices if choice.value == value), value)


class Operator(StrEnum):
    """How a rule compares an answer with its values."""

    IS = "is"
    IN = "in"
    NOT_IN = "not-in"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


OPERATOR_LABELS = {
    Operator.IS: "est",
    Operator.IN: "fait partie de",
    Operator.NOT_IN: "ne fait pas partie de",
    Operator.AT_LEAST: "est au moins",
    Operator.AT_MOST: "est au plus",
}

OPERATORS_OF = {
    Kind.BOOLEAN: {Operator.IS},
    Kind.INTEGER: {Operator.AT_LEAST, Operator.AT_MOST},
    Kind.AMOUNT: {Operator.AT_LEAST, Operator.AT_MOST},
    Kind.CHOICE: {Operator.IN, Operator.NOT_IN},
    Kind.CHOICES: {Operator.IN, Operator.NOT_IN},
}


def problems_of_test(name: str, operator: str, values: list) -> dict[str, str]:
    """Return what is wrong with a comparison, by field, in words for a curator.

    An empty answer means that the rule can be evaluated for every profile.
    """
    fact = FACTS.get(name)
    if fact is None:
        return {"fact": "Fait inconnu : choisissez une des questions du portail."}
    if operator not in OPERATORS_OF[fact.kind]:
        allowed = ", ".join(OPERATOR_LABELS[item] for item in Operator if item in OPERATORS_OF[fact.kind])
        return {"operator": f"Cette comparaison ne convient pas à ce fait. Possible : {allowed}."}
    if not isinstance(values, list) or not values:
        return {"values": "Donnez au moins une valeur."}
    if fact.kind in (Kind.CHOICE, Kind.CHOICES):
        unknown = [str(value) for value in values if value not in fact.values]
        return {"values": f"Valeur impossible : {', '.join(unknown)}."} if unknown else {}
    if len(values) != 1:
        return {"values": "Ce fait se compare à une seule valeur."}
    return _problem_of_single_value(fact, values[0])


def _problem_of_single_value(fact: Fact, value: object) -> dict[str, str]:
    if fact.kind is Kind.BOOLEAN:
        return {} if isinstance(value, bool) else {"values": "Répondez par true (oui) ou false (non)."}
    if isinstance(value, bool) or not isinstance(value, int):
        return {"values": "Donnez un nombre entier, sans unité."}
    if (fact.minimum is not None and value < fact.minimum) or (fact.maximum is not None and value > fact.maximum):
        return {"values": f"Valeur hors limites : de {fact.minimum} à {fact.maximum}."}
    return {}


ACTOR_TYPES = (
    "etablissement-sante-public",
    "etablissement-sante-prive-non-lucratif",
    "etablissement-sante-prive-lucratif",
    "structure-had-dialyse-radiotherapie",
    "laboratoire-biologie",
    "cabinet-radiologie",
    "ehpad",
    "esms-handicap",
    "esms-autre",
    "organisme-gestionnaire",
    "aide-a-domicile",
    "exercice-coordonne",
    "professionnel-sante",
    "urps-federation-syndicat",
    "association-usagers",
    "association-sante",
    "ccas",
    "commune-intercommunalite",
    "departement",
    "region-collectivite",
    "groupement-cooperation",
    "grades",
    "girci",
    "recherche-enseignement",
    "appui-economique",
    "organisme-complementaire",
    "organisme-protection-sociale",
    "entreprise-start-up",
    "entreprise-pme",
    "entreprise-eti-ge",
)

REGIONS = ("01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94")

DEPARTMENTS = (
    *(f"{number:02d}" for number in range(1, 96) if number != 20),
    "2A",
    "2B",
    "971",
    "972",
    "973",
    "974",
    "976",
)


def _plain(*values: str) -> tuple[Choice, ...]:
    """Return choices whose words live in the database (kinds of actors, places)."""
    return tuple(Choice(value, value) for value in values)


def _yes_no(name: str, label: str, question: str, help: str = "") -> Fact:
    return Fact(name, Kind.BOOLEAN, label, question, help)


def _count(name: str, label: str, question: str, help: str = "", *, low: int = 0, high: int = 100_000, unit: str = "") -> Fact:
    return Fact(name, Kind.INTEGER, label, question, help, minimum=low, maximum=high, unit=unit)


_ALL = (
    Fact(
        "actor_type",
        Kind.CHOICE,
        "Type d'acteur",
        "Qui êtes-vous ?",
        "Répondez pour la personne morale qui signera le dossier : un service ou un site n'en est pas une.",
        _plain(*ACTOR_TYPES),
    ),
    Fact("region", Kind.CHOICE, "Région", "Dans quelle région se déroule le projet ?", "", _plain(*REGIONS)),
    Fact(
        "department",
        Kind.CHOICE,
        "Département",
        "Dans quel département ?",
        "Utile pour vous indiquer le bon interlocuteur.",
        _plain(*DEPARTMENTS),
    ),
    Fact(
        "innovation_field",
        Kind.CHOICES,
        "Champs d'innovation",
        "De quelle sorte d'innovation s'agit-il ?",
        "Plusieurs réponses possibles : la santé numérique, par exemple, touche aux trois champs.",
        (
            Choice(
                "diagnostic-therapeutique",
                "Diagnostic ou traitement",
                "Biotechnologie, thérapie ciblée, médecine de précision, solution thérapeutique numérique.",
            ),
            Choice(
                "technologique-numerique",
                "Technologie ou numérique",
                "Télésanté, objet connecté, données de santé, robotique, imagerie.",
            ),
            Choice(
                "organisationnelle-comportementale",
                "Organisation ou comportements",
                "Nouveau parcours, nouvelle façon d'exercer, éducation du patient, suivi à distance.",
            ),
        ),
    ),
    Fact(
        "scale",
        Kind.CHOICE,
        "Portée du projet",
        "Jusqu'où ira le projet ?",
        "",
        (
            Choice("local", "Locale", "Une commune, un bassin de vie, un établissement."),
            Choice("departmental", "Départementale"),
            Choice("regional", "Régionale"),
            Choice("interregional", "Plusieurs régions"),
            Choice("national", "Nationale"),
        ),
    ),
    _count(
        "trl",
        "Maturité technologique",
        "Quelle est la maturité de la solution, de 1 (idée) à 9 (éprouvée sur le terrain) ?",
        "C'est l'échelle dite TRL : 1 principe observé, 4 validée en laboratoire, 7 prototype en conditions réelles, 9 système éprouvé.",
        low=1,
        high=9,
    ),
    _yes_no(
        "public_interest",
        "Intérêt général et objectif de santé publique",
        "À quel objectif de santé publique votre projet répond-il ?",
        "Il faut un intérêt général ou local, et un objectif écrit dans le projet régional de santé ou dans un programme national.",
    ),
    _yes_no(
        "own_initiative",
        "Action de votre initiative",
        "Est-ce vous qui avez eu l'idée de l'action et qui l'avez définie ?",
        "Répondez non si une administration vous a commandé ce service : c'est alors un achat, pas une subvention.",
    ),
    _yes_no(
        "fir_mission",
        "Mission du fonds d'intervention régional",
        "À laquelle de ces missions votre projet se rattache-t-il ?",
        "Ce sont les cinq missions du fonds d'intervention régional (FIR), le budget d'initiative des agences.",
    ),
    _yes_no(
        "article_51_objective",
        "Objectif de l'article 51",
        "Le projet cherche-t-il à améliorer un parcours de soins, la qualité ou la pertinence des prises en charge, l'accès aux soins ou l'efficience ?",
        "Ce sont les objectifs des expérimentations de l'article 51 de la loi de financement de la sécurité sociale pour 2018.",
    ),
    _yes_no(
        "needs_derogation",
        "Dérogation nécessaire",
        "Faut-il, pour réaliser le projet, s'écarter d'une règle actuelle de financement ou d'organisation des soins ?",
        "Par exemple : être payé au forfait là où l'on paie à l'acte, ou confier une tâche à un autre professionnel.",
    ),
    _count(
        "experiment_months",
        "Durée d'expérimentation demandée",
        "Combien de mois d'expérimentation demandez-vous au total ?",
        unit="mois",
        high=240,
    ),
    _count(
        "transition_months",
        "Durée de transition demandée",
        "Après l'expérimentation, combien de mois de période transitoire demandez-vous ?",
        "Laissez vide si vous n'en êtes pas là.",
        unit="mois",
        high=120,
    ),
    _yes_no(
        "contract_objective",
        "Action inscrite dans un contrat pluriannuel",
        "L'action fait-elle partie des transformations d'un contrat pluriannuel avec l'agence ?",
        "Évolution des activités, qualité et sécurité des soins, achats, ressources humaines, systèmes d'information.",
    ),
    _yes_no(
        "foreign_partner",
        "Partenaire hospitalier étranger",
        "Coopérez-vous avec un établissement de soins situé à l'étranger ?",
    ),
    _yes_no(
        "joint_agreement",
        "Engagement signé des partenaires",
        "Une convention, ou une lettre d'engagement commune, est-elle signée avec ce partenaire ?",
    ),
    _yes_no(
        "embassy_contact",
        "Ambassade et agence de développement contactées",
        "Avez-vous contacté l'ambassade de France et l'agence locale de l'Agence française de développement (AFD) ?",
        "Les deux sont attendues.",
    ),
    _yes_no(
        "multilateral_contact",
        "Institutions multilatérales contactées",
        "Avez-vous contacté les institutions multilatérales de votre zone ?",
        "Demandé seulement aux établissements d'outre-mer.",
    ),
    _yes_no(
        "audience_60_plus",
        "Personnes de 60 ans et plus ou proches aidants",
        "L'action s'adresse-t-elle à des personnes de 60 ans et plus, ou à leurs proches aidants ?",
    ),
    _yes_no(
        "means_tested",
        "Conditions de ressources",
        "L'action tient-elle compte des ressources des bénéficiaires ?",
    ),
    _yes_no(
        "prevention_action",
        "Action de prévention de la perte d'autonomie",
        "L'action porte-t-elle sur les équipements et aides techniques, la prévention par l'aide à domicile, les proches aidants ou la prévention collective ?",
        "Ce sont les objets du programme de la Conférence des financeurs.",
    ),
    _yes_no(
        "conference_member",
        "Membre de la Conférence des financeurs",
        "Êtes-vous membre de la Conférence des financeurs de votre département ?",
        "Département, agence régionale de santé, caisses de sécurité sociale et de retraite, mutuelles, Agence nationale de l'habitat.",
    ),
    _count(
        "gir_5_6_share",
        "Part de personnes non dépendantes",
        "Quelle part des bénéficiaires n'est pas dépendante (groupes iso-ressources, GIR, 5 et 6), en pour cent ?",
        "La grille GIR va de 1, très dépendant, à 6, autonome.",
        high=100,
        unit="%",
    ),
    _yes_no(
        "capital_expenditure",
        "Investissement amorti",
        "Demandez-vous de financer un investissement qui s'amortit sur plusieurs années ?",
    ),
    _yes_no("commercial_action", "Visée commerciale", "L'action a-t-elle un but commercial ?"),
    _yes_no(
        "renewal",
        "Renouvellement",
        "S'agit-il de renouveler une action déjà financée ?",
    ),
    _yes_no(
        "territory_laureate",
        "Territoire déjà lauréat",
        "Le projet est-il porté dans un territoire lauréat de Territoires d'innovation ?",
        "En santé : la Meuse (e-Meuse santé), l'Eurométropole de Strasbourg, Lorient.",
    ),
    _yes_no(
        "digital_solution",
        "Solution numérique en santé",
        "Le projet repose-t-il sur une solution numérique en santé ?",
    ),
    _yes_no(
        "real_conditions_experiment",
        "Essai en conditions réelles",
        "S'agit-il d'essayer, en conditions réelles, une solution ou un usage numérique ?",
    ),
    _yes_no("industrial_partner", "Entreprise partenaire", "Une entreprise participe-t-elle au projet ?"),
    _yes_no(
        "care_partner",
        "Structure de soins partenaire",
        "Une structure de santé ou médico-sociale porte-t-elle ou accueille-t-elle le projet ?",
    ),
    Fact(
        "dui_project",
        Kind.CHOICES,
        "Dossier de l'usager informatisé",
        "Que demandez-vous pour le dossier de l'usager informatisé (DUI) de vos services ?",
        "Le DUI est le logiciel où un établissement médico-social suit les personnes accompagnées.",
        (
            Choice("none", "Rien, ce n'est pas le sujet"),
            Choice("acquisition", "Acquérir un logiciel"),
            Choice("replacement", "Remplacer un logiciel"),
            Choice("compliance", "Mettre en conformité le logiciel actuel"),
            Choice("equipment", "Équiper les services (postes, tablettes, réseau)"),
            Choice("amoa", "Se faire accompagner (assistance à maîtrise d'ouvrage)"),
        ),
    ),
    _count(
        "esms_count",
        "Services du groupement",
        "Combien d'établissements et services médico-sociaux compte le groupement ?",
        "Comptez tous ceux qui candidatent ensemble.",
        high=10_000,
    ),
    _count(
        "og_count",
        "Organismes gestionnaires du groupement",
        "Combien d'organismes gestionnaires compte le groupement ?",
        high=1_000,
    ),
    _yes_no(
        "esms_l312_1",
        "Services de l'article L.312-1",
        "Vos services relèvent-ils de l'article L.312-1 du code de l'action sociale et des familles ?",
        "C'est le cas des établissements et services médico-sociaux autorisés : EHPAD, services à domicile, handicap…",
    ),
    Fact(
        "esms_field",
        Kind.CHOICES,
        "Public accompagné",
        "Qui vos services accompagnent-ils ?",
        "",
        (
            Choice("elderly", "Personnes âgées"),
            Choice("disability", "Personnes handicapées"),
            Choice("child-protection", "Protection de l'enfance"),
            Choice("other", "Autres publics"),
        ),
    ),
    _yes_no(
        "dui_vendor_listed",
        "Éditeur référencé",
        "L'éditeur du logiciel est-il référencé dans le marché national ?",
    ),
    _yes_no(
        "dui_field_wide",
        "Solution déjà généralisée",
        "La solution non référencée équipe-t-elle déjà tous vos services d'au moins un champ ?",
    ),
    _yes_no(
        "central_purchasing",
        "Achat par la centrale mandatée",
        "Achèterez-vous par la centrale d'achat mandatée ?",
    ),
    _yes_no(
        "heavy_equipment_licence",
        "Équipements lourds autorisés",
        "Votre cabinet dispose-t-il d'équipements matériels lourds autorisés ?",
        "Scanner, imagerie par résonance magnétique, tomographie…",
    ),
    _yes_no(
        "amp_dpn_licence",
        "Autorisation AMP ou DPN",
        "Votre laboratoire est-il autorisé pour l'assistance médicale à la procréation ou le diagnostic prénatal ?",
    ),
    Fact(
        "purchase_role",
        Kind.CHOICE,
        "Côté de l'achat public",
        "Votre projet est-il aussi un achat public ?",
        "",
        (
            Choice("none", "Non, rien n'est acheté ni vendu"),
            Choice("buyer", "Oui, j'achète"),
            Choice("supplier", "Oui, je vends"),
        ),
    ),
    Fact(
        "purchase_amount",
        Kind.AMOUNT,
        "Valeur du besoin",
        "Quelle est la valeur estimée du besoin, hors taxes ?",
        "Sur toute la durée, reconductions comprises.",
        minimum=0,
        maximum=10_000_000_000,
        unit="€",
    ),
    Fact(
        "buyer_type",
        Kind.CHOICE,
        "Nature de l'acheteur",
        "Qui achète ?",
        "",
        (
            Choice("central-state", "L'État (administration centrale)"),
            Choice("other-public", "Un hôpital public, une collectivité ou un autre organisme public"),
            Choice("private-contracting-authority", "Un organisme privé soumis au code de la commande publique"),
            Choice("private", "Un autre organisme privé"),
        ),
    ),
    _yes_no(
        "innovative_purchase",
        "Achat innovant",
        "La solution est-elle nouvelle ou nettement améliorée ?",
        "Une innovation de produit, de procédé, de commercialisation ou d'organisation.",
    ),
    _yes_no("common_need", "Besoin partagé", "Plusieurs acteurs partagent-ils ce besoin ?"),
    _yes_no(
        "regional_strategy",
        "Cohérence avec la stratégie régionale",
        "Le projet s'inscrit-il dans la stratégie régionale de santé numérique ?",
    ),
)

FACTS: dict[str, Fact] = {fact.name: fact for fact in _ALL}
"""Every fact by its contract name, in the order in which they break ties."""
