"""What is asked of an article 51 project: a letter of intent first, then the specification. Pure."""

from projects.procedures.asked import Piece, Question, Section
from projects.procedures.vocabulary import Choice, Kind, When

ORGANISATION, PRODUCTS = "organisation", "health-products"
OF_ONE_REGION = ("local", "departmental", "regional")
OF_SEVERAL = ("interregional", "national")
SUBMITTED = ("submit-specification", "submit-specification-national", "specification-ready")

LETTER = Section(
    "letter",
    "La lettre d'intention",
    "Courte : elle sert à vérifier que le projet entre dans le cadre, pas à le juger.",
    (
        Question(
            "purpose",
            "Sur quoi porte l'expérimentation ?",
            Kind.CHOICE,
            "Les produits de santé ont leur propre circuit ; ses détails sont à vérifier auprès du ministère.",
            choices=(
                Choice(ORGANISATION, "L'organisation des soins et leur financement"),
                Choice(PRODUCTS, "La bonne prescription ou le bon usage de produits de santé"),
            ),
        ),
        Question(
            "objectives",
            "À quels objectifs du dispositif répondez-vous ?",
            Kind.CHOICES,
            "Il en faut au moins un.",
            choices=(
                Choice("relevance", "Des prises en charge plus pertinentes et de meilleure qualité"),
                Choice("pathways", "Des parcours mieux coordonnés"),
                Choice("efficiency", "Un système de santé plus efficient"),
                Choice("access", "Un meilleur accès à la prévention, aux soins, à l'accompagnement"),
                Choice("prescription", "Des produits de santé mieux prescrits"),
            ),
        ),
        Question(
            "derogations",
            "À quelles règles faut-il déroger ?",
            Kind.CHOICES,
            "Il en faut au moins une : sans dérogation nécessaire, un autre levier convient mieux.",
            choices=(
                Choice("financing", "Des règles de financement ou de facturation"),
                Choice("sharing-fees", "Le partage d'honoraires entre professionnels"),
                Choice("organisation", "Des règles d'organisation des soins ou de l'accompagnement"),
                Choice("products", "Des règles sur les produits de santé"),
                Choice("unknown", "Je ne sais pas encore dire laquelle"),
            ),
        ),
        Question(
            "derogation_detail",
            "Qu'est-ce que la règle d'aujourd'hui empêche ?",
            Kind.LONG,
            "Ce que vous feriez, et pourquoi vous ne le pouvez pas. Nul besoin de citer l'article.",
            "Payer au forfait une équipe, quand chacun facture aujourd'hui ses actes",
        ),
        Question(
            "cooperation_protocol",
            "Un professionnel fera-t-il des actes qui reviennent d'ordinaire à un autre métier ?",
            Kind.YES_NO,
            "Par exemple une infirmière qui prescrit : la Haute Autorité de santé est alors consultée.",
        ),
        Question(
            "interests",
            "Avez-vous des liens d'intérêts à déclarer ?",
            Kind.LONG,
            "Avec une entreprise de santé, un éditeur, un assureur. Rien à dire s'il n'y en a pas.",
            required=False,
        ),
    ),
)

PRODUCT = Section(
    "products",
    "Les produits de santé",
    "Ce qui change dans leur prescription, leur dispensation ou leur suivi.",
    (
        Question("products_named", "Quels produits, ou quelles classes de produits ?", Kind.LONG),
        Question("products_use", "Quel usage voulez-vous changer, et comment le mesurerez-vous ?", Kind.LONG),
        Question("products_pay", "Qui paie aujourd'hui, et qui paierait ?", Kind.LONG, may_be_secret=True),
    ),
    when=When("purpose", (PRODUCTS,)),
)

MODEL = Section(
    "model",
    "Le modèle de financement",
    "Il est écrit par vous, avec l'aide de l'agence : c'est le cœur du cahier des charges.",
    (
        Question(
            "package",
            "Comment les soins seraient-ils payés ?",
            Kind.LONG,
            "Forfait par personne, par épisode, par équipe ; ce qu'il couvre, ce qu'il remplace.",
            "180 € par personne et par trimestre, à la place des actes infirmiers du même suivi",
            may_be_secret=True,
        ),
        Question("patients", "Combien de personnes en tout ?", Kind.INTEGER, low=1, example="1 200"),
        Question("spending_avoided", "Quelles dépenses seraient évitées ?", Kind.LONG, "Et comment vous les comptez."),
        Question(
            "break_even",
            "À partir de quand l'équilibre est-il atteint ?",
            Kind.LONG,
            "En nombre de personnes ou en mois.",
            required=False,
        ),
    ),
    at=SUBMITTED,
    figures=True,
)

TERRAIN = Section(
    "terrain",
    "Le terrain et l'évaluation",
    "Où, avec qui, et comment on saura si cela marche.",
    (
        Question(
            "places",
            "Quels territoires et quelles structures ?",
            Kind.LONG,
            "Une ligne par structure : nom, département, ce qu'elle fait dans le projet.",
        ),
        Question("may_join", "D'autres pourront-ils rejoindre ?", Kind.YES_NO, "Le registre public le dira."),
        Question(
            "evaluation",
            "Quelles questions l'évaluation doit-elle trancher ?",
            Kind.LONG,
            "Faisabilité, efficacité, efficience, reproductibilité ; l'évaluateur est extérieur.",
        ),
        Question("data", "Quelles données seront recueillies ?", Kind.LONG, "Jamais ici de données de patients."),
        Question(
            "feasibility",
            "Qu'est-ce qui prouve que l'équipe est prête ?",
            Kind.LONG,
            "Effets sur les organisations, recrutements, formation, système d'information.",
        ),
        Question("extension", "Que faudrait-il pour l'étendre ailleurs ?", Kind.LONG),
    ),
    at=SUBMITTED,
)

PIECES = (
    Piece(
        "specification",
        "Projet de cahier des charges",
        "C'est le porteur qui l'écrit ; le ministère en publie un modèle. Il sera annexé à l'arrêté.",
        source="ARS Occitanie (001), lignes 22 à 28",
        at=SUBMITTED,
    ),
    Piece(
        "economic-model",
        "Tableau du modèle économique",
        "Forfait, nombre de personnes, dépenses évitées, montants par année.",
        at=SUBMITTED,
    ),
    Piece(
        "protocol",
        "Projet de coopération entre professionnels",
        "Quels actes, qui les fait, sous quel contrôle.",
        when=When("cooperation_protocol", (True,)),
        at=SUBMITTED,
    ),
)
