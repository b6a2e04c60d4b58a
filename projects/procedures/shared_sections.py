"""Sections that several procedures ask of one dossier: who signs, what money, what of a digital solution. Pure."""

from projects.procedures.asked import Question, Section
from projects.procedures.vocabulary import Choice, Kind, When

PUBLIC, ASSOCIATION, PRIVATE, ALONE = "public", "association", "private", "alone"
KINDS = (
    Choice(PUBLIC, "Organisme public : hôpital, commune, CCAS, GIP…"),
    Choice(ASSOCIATION, "Association ou fondation"),
    Choice(PRIVATE, "Autre organisme privé : société, clinique, mutuelle, société de professionnels…"),
    Choice(ALONE, "Professionnel exerçant seul"),
)

BODY = Section(
    "body",
    "L'organisme qui demande",
    "C'est lui qui signera, recevra l'argent et en rendra compte. Un service ou un site ne signe pas.",
    (
        Question("body_kind", "Quelle sorte d'organisme ?", Kind.CHOICE, choices=KINDS),
        Question(
            "signatory_function",
            "Quelle fonction a la personne qui signera ?",
            Kind.TEXT,
            "Sa fonction, pas son nom.",
            "Directrice de l'établissement",
        ),
        Question(
            "by_delegation",
            "Signe-t-elle par délégation ?",
            Kind.YES_NO,
            "Oui si elle n'est pas le représentant légal : la délégation sera à joindre.",
        ),
    ),
)

MONEY = Section(
    "money",
    "L'argent demandé",
    "Ces montants doivent être ceux de votre plan de financement.",
    (
        Question("total_cost", "Coût total de l'action, en euros", Kind.MONEY, example="82 000"),
        Question("amount_asked", "Montant demandé ici, en euros", Kind.MONEY, example="46 000", may_be_secret=True),
        Question(
            "several_years",
            "Demandez-vous une aide sur plusieurs années ?",
            Kind.YES_NO,
            "Chaque année suivante demandera un avenant.",
        ),
        Question(
            "years_detail",
            "Combien pour chaque année ?",
            Kind.LONG,
            "Une année par ligne.",
            "2028 : 22 000 € ; 2029 : 24 000 €",
            when=When("several_years", (True,)),
        ),
        Question(
            "other_public_money",
            "Quelles autres aides publiques, demandées ou reçues, pour cette action ?",
            Kind.LONG,
            "Financeur, montant, état de la demande. Rien à dire si l'agence est seule.",
            "Département, 8 000 €, demandé en mars",
            required=False,
        ),
        Question("renewal", "L'action a-t-elle déjà été aidée ?", Kind.YES_NO, fact="renewal"),
    ),
)

DIGITAL = Section(
    "digital",
    "La solution numérique",
    "Demandé parce que le projet repose sur le numérique. Ce qui n'est pas encore fait peut être dit comme tel.",
    (
        Question(
            "common_services",
            "Quels services communs de la santé numérique utilise-t-elle ?",
            Kind.CHOICES,
            "Cochez ceux qui sont prévus ou déjà en place.",
            choices=(
                Choice("identity", "Identité nationale de santé (INS)"),
                Choice("messaging", "Messagerie sécurisée de santé (MSSanté)"),
                Choice("record", "Dossier médical partagé, Mon espace santé"),
                Choice("prescription", "Ordonnance numérique"),
                Choice("professional-sign-in", "Pro Santé Connect"),
                Choice("none", "Aucun pour l'instant"),
            ),
        ),
        Question(
            "hosting",
            "Où sont hébergées les données de santé ?",
            Kind.LONG,
            "Un hébergeur certifié est en principe nécessaire : dites lequel, ou où vous en êtes.",
            "Hébergeur certifié, contrat signé",
        ),
        Question(
            "interoperability",
            "Comment échange-t-elle avec les autres logiciels, et comment est-elle protégée ?",
            Kind.LONG,
            "Normes suivies, essais faits, politique de sécurité.",
            required=False,
        ),
        Question(
            "medical_device",
            "Est-ce un dispositif médical ?",
            Kind.CHOICE,
            choices=(
                Choice("no", "Non"),
                Choice("marked", "Oui, avec marquage CE"),
                Choice("not-yet", "Oui, le marquage CE n'est pas encore obtenu"),
                Choice("unknown", "Je ne sais pas"),
            ),
        ),
    ),
    when=When("digital_solution", (True,)),
)
