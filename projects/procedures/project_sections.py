"""What is asked of a project once, whatever the levers it will ask: the idea, its effects, its means. Pure.

Drawn from the guide's list of what a first exchange must hold (``000``, lines 832 to 930) and from the criteria that
agencies share (``001``, line 26). A procedure names the sections it needs; what one dossier asked, another finds.
"""

from projects.procedures.asked import Question, Section
from projects.procedures.vocabulary import Choice, Kind, Scope, When

LEVELS = tuple(Choice(str(number), f"Niveau {number}") for number in range(1, 10))
FIELDS = (
    Choice("diagnostic-therapeutique", "Diagnostic ou traitement"),
    Choice("technologique-numerique", "Technologie ou numérique"),
    Choice("organisationnelle-comportementale", "Organisation ou comportements"),
)
SCALES = (
    Choice("local", "Locale : un établissement, une ville, un bassin de vie"),
    Choice("departmental", "Départementale"),
    Choice("regional", "Régionale"),
    Choice("interregional", "Plusieurs régions"),
    Choice("national", "Nationale"),
)

IDEA = Section(
    "idea",
    "L'idée",
    "En quelques phrases, pour quelqu'un qui ne connaît ni votre métier ni votre territoire.",
    (
        Question(
            "need",
            "À quel besoin répondez-vous ?",
            Kind.LONG,
            "Qui est concerné, combien de personnes, et comment vous le savez.",
            "Sur notre bassin de vie, 140 résidents par an sont hospitalisés pour une plaie qui aurait pu être soignée "
            "sur place.",
        ),
        Question(
            "synopsis",
            "Que proposez-vous ?",
            Kind.LONG,
            "Ce qui change concrètement pour les personnes et pour les professionnels.",
            "Une infirmière experte, jointe par vidéo, guide l'équipe de l'établissement et décide avec elle.",
        ),
        Question("public", "Pour qui ?", Kind.TEXT, "Les personnes qui en bénéficieront.", "Résidents de 12 EHPAD"),
        Question("scale", "Quelle est la portée du projet ?", Kind.CHOICE, choices=SCALES, fact="scale"),
        Question(
            "innovation_field",
            "De quelle sorte d'innovation s'agit-il ?",
            Kind.CHOICES,
            "Plusieurs réponses possibles : la santé numérique, par exemple, touche souvent aux trois.",
            required=False,
            choices=FIELDS,
            fact="innovation_field",
            facet="theme",
        ),
        Question(
            "digital_solution",
            "Le projet repose-t-il sur une solution numérique ?",
            Kind.YES_NO,
            "Application, logiciel, objet connecté, télésurveillance…",
            fact="digital_solution",
        ),
        Question(
            "trl",
            "Où en est la solution ?",
            Kind.CHOICE,
            "De 1 (une idée étudiée en laboratoire) à 9 (une solution éprouvée en usage réel).",
            choices=LEVELS,
            when=When("digital_solution", (True,)),
            fact="trl",
            may_be_secret=True,
        ),
    ),
    Scope.PROJECT,
)

IMPACT = Section(
    "impact",
    "Les effets attendus",
    "Ce qui sera mieux qu'aujourd'hui, et comment on le saura.",
    (
        Question(
            "pathway_impact",
            "Quel effet sur le parcours des personnes ?",
            Kind.LONG,
            "Accès aux soins, ruptures évitées, coordination, qualité de vie.",
            "Moins de passages aux urgences ; un avis spécialisé en trois jours au lieu de six semaines.",
        ),
        Question(
            "indicators",
            "Quels indicateurs suivrez-vous ?",
            Kind.LONG,
            "Un par ligne : ce qu'on compte, la valeur d'aujourd'hui, celle que vous visez, la date.",
            "Hospitalisations pour plaie : 140 par an aujourd'hui, 90 visées fin 2028",
        ),
        Question(
            "equal_access",
            "Comment l'égalité d'accès aux soins est-elle assurée ?",
            Kind.LONG,
            "Zones éloignées, personnes sans équipement, reste à charge.",
            required=False,
        ),
    ),
    Scope.PROJECT,
)

CONTEXT = Section(
    "context",
    "Risques et approches comparables",
    "Un projet qui connaît ses limites et ce qui existe ailleurs est plus facile à soutenir.",
    (
        Question(
            "risks",
            "Quels risques, quelles limites ?",
            Kind.LONG,
            "Recrutement, adhésion des équipes, données, délais ; et ce que vous ferez.",
            "Si le recrutement tarde : convention avec l'hôpital voisin pour deux vacations.",
        ),
        Question(
            "comparable",
            "Qu'existe-t-il de comparable ?",
            Kind.LONG,
            "Le registre des expérimentations du portail aide à chercher.",
            "Une équipe mobile proche du projet existe en Occitanie ; la nôtre ajoute la vidéo.",
        ),
        Question(
            "references",
            "Sur quels textes ou objectifs régionaux vous appuyez-vous ?",
            Kind.LONG,
            "Projet régional de santé, projet territorial, stratégie nationale.",
            required=False,
        ),
    ),
    Scope.PROJECT,
)

MEANS = Section(
    "means",
    "Calendrier et partenaires",
    "Qui fait quoi, et quand.",
    (
        Question("starts_on", "Début souhaité", Kind.DATE, example="01/09/2027"),
        Question("months", "Durée en mois", Kind.INTEGER, low=1, high=120, example="24", fact="experiment_months"),
        Question(
            "timetable",
            "Les étapes",
            Kind.LONG,
            "Une par ligne, avec sa date.",
            "Janvier 2028 : premières consultations dans quatre établissements",
        ),
        Question(
            "partners",
            "Vos partenaires",
            Kind.LONG,
            "Un par ligne : nom de l'organisme, ce qu'il apporte, ce qui est déjà signé.",
            "Centre hospitalier voisin : l'infirmière experte, lettre d'engagement signée",
            required=False,
        ),
        Question(
            "industrial_partner",
            "Une entreprise participe-t-elle au projet ?",
            Kind.YES_NO,
            fact="industrial_partner",
        ),
        Question(
            "industrial_role",
            "Que fait cette entreprise, et que reçoit-elle ?",
            Kind.LONG,
            "Partenaire, fournisseur payé, cofinanceur : dites-le, cela change les règles.",
            when=When("industrial_partner", (True,)),
            may_be_secret=True,
        ),
    ),
    Scope.PROJECT,
)

ALL = (IDEA, IMPACT, CONTEXT, MEANS)
"""What a complete project says; the financing plan is a table of its own (``FinancingLine``)."""
