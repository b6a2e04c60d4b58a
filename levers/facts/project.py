"""The facts about who asks, where, and what the project is."""

from levers.facts.types import Choice, Fact, Kind, count, plain, yes_no
from levers.facts.vocabulary import ACTOR_TYPES, DEPARTMENTS, REGIONS

PROJECT_FACTS = (
    Fact(
        "actor_type",
        Kind.CHOICE,
        "Type d'acteur",
        "Qui êtes-vous ?",
        "Répondez pour la personne morale qui signera le dossier, ou pour vous-même si vous exercez seul. Un service ou un site ne signe pas.",
        plain(*ACTOR_TYPES),
    ),
    Fact("region", Kind.CHOICE, "Région", "Dans quelle région se déroule le projet ?", "", plain(*REGIONS)),
    Fact(
        "department",
        Kind.CHOICE,
        "Département",
        "Dans quel département ?",
        "Utile pour vous indiquer le bon interlocuteur.",
        plain(*DEPARTMENTS),
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
    count(
        "trl",
        "Maturité technologique",
        "Quelle est la maturité de la solution, de 1 (idée) à 9 (éprouvée sur le terrain) ?",
        "C'est l'échelle dite TRL : 1 principe observé, 4 validée en laboratoire, 7 prototype en conditions réelles, 9 système éprouvé.",
        low=1,
        high=9,
    ),
    yes_no(
        "public_interest",
        "Intérêt général et objectif de santé publique",
        "À quel objectif de santé publique votre projet répond-il ?",
        "Il faut un intérêt général ou local, et un objectif écrit dans le projet régional de santé ou dans un programme national.",
    ),
    yes_no(
        "own_initiative",
        "Action de votre initiative",
        "Est-ce vous qui avez eu l'idée de l'action et qui l'avez définie ?",
        "Répondez non si une administration vous a commandé ce service : c'est alors un achat, pas une subvention.",
    ),
    yes_no(
        "fir_mission",
        "Mission du fonds d'intervention régional",
        "À laquelle de ces missions votre projet se rattache-t-il ?",
        "Ce sont les cinq missions du fonds d'intervention régional (FIR), le budget d'initiative des agences.",
    ),
    yes_no(
        "article_51_objective",
        "Objectif de l'article 51",
        "Le projet cherche-t-il à améliorer un parcours de soins, la qualité ou la pertinence des prises en charge, l'accès aux soins ou l'efficience ?",
        "Ce sont les objectifs des expérimentations de l'article 51 de la loi de financement de la sécurité sociale pour 2018.",
    ),
    yes_no(
        "needs_derogation",
        "Dérogation nécessaire",
        "Faut-il, pour réaliser le projet, s'écarter d'une règle actuelle de financement ou d'organisation des soins ?",
        "Par exemple : être payé au forfait là où l'on paie à l'acte, ou confier une tâche à un autre professionnel.",
    ),
    count(
        "experiment_months",
        "Durée d'expérimentation demandée",
        "Combien de mois d'expérimentation demandez-vous au total ?",
        unit="mois",
        high=240,
    ),
    count(
        "transition_months",
        "Durée de transition demandée",
        "Après l'expérimentation, combien de mois de période transitoire demandez-vous ?",
        "Laissez vide si vous n'en êtes pas là.",
        unit="mois",
        high=120,
    ),
    yes_no(
        "contract_objective",
        "Action inscrite dans un contrat pluriannuel",
        "L'action fait-elle partie des transformations d'un contrat pluriannuel avec l'agence ?",
        "Évolution des activités, qualité et sécurité des soins, achats, ressources humaines, systèmes d'information.",
    ),
    yes_no(
        "foreign_partner",
        "Partenaire hospitalier étranger",
        "Coopérez-vous avec un établissement de soins situé à l'étranger ?",
    ),
    yes_no(
        "joint_agreement",
        "Engagement signé des partenaires",
        "Une convention, ou une lettre d'engagement commune, est-elle signée avec ce partenaire ?",
    ),
    yes_no(
        "embassy_contact",
        "Ambassade et agence de développement contactées",
        "Avez-vous contacté l'ambassade de France et l'agence locale de l'Agence française de développement (AFD) ?",
        "Les deux sont attendues.",
    ),
    yes_no(
        "multilateral_contact",
        "Institutions multilatérales contactées",
        "Avez-vous contacté les institutions multilatérales de votre zone ?",
        "Demandé seulement aux établissements d'outre-mer.",
    ),
    yes_no(
        "audience_60_plus",
        "Personnes de 60 ans et plus ou proches aidants",
        "L'action s'adresse-t-elle à des personnes de 60 ans et plus, ou à leurs proches aidants ?",
    ),
    yes_no(
        "means_tested",
        "Conditions de ressources",
        "L'action tient-elle compte des ressources des bénéficiaires ?",
    ),
    yes_no(
        "prevention_action",
        "Action de prévention de la perte d'autonomie",
        "L'action porte-t-elle sur les équipements et aides techniques, la prévention par l'aide à domicile, les proches aidants ou la prévention collective ?",
        "Ce sont les objets du programme de la Conférence des financeurs.",
    ),
    yes_no(
        "conference_member",
        "Membre de la Conférence des financeurs",
        "Êtes-vous membre de la Conférence des financeurs de votre département ?",
        "Département, agence régionale de santé, caisses de sécurité sociale et de retraite, mutuelles, Agence nationale de l'habitat.",
    ),
    count(
        "gir_5_6_share",
        "Part de personnes non dépendantes",
        "Quelle part des bénéficiaires n'est pas dépendante (groupes iso-ressources, GIR, 5 et 6), en pour cent ?",
        "La grille GIR va de 1, très dépendant, à 6, autonome.",
        high=100,
        unit="%",
    ),
    yes_no(
        "capital_expenditure",
        "Investissement amorti",
        "Demandez-vous de financer un investissement qui s'amortit sur plusieurs années ?",
    ),
    yes_no("commercial_action", "Visée commerciale", "L'action a-t-elle un but commercial ?"),
    yes_no(
        "renewal",
        "Renouvellement",
        "S'agit-il de renouveler une action déjà financée ?",
    ),
)
