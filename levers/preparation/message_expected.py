"""What a reader expects to find in a first message, and what would help. Pure."""

from levers.preparation.parts import Said
from levers.preparation.signs import Sign, any_of

REGION = "region"

PEOPLE = any_of(
    r"patient(?:e|s|es)?", r"usager(?:e|s|es)?", r"resident(?:e|s|es)?", r"malades?", r"aidant(?:e|s|es)?",
    r"personnes? \w+", r"populations?", r"habitant(?:e|s|es)?", r"enfants?", r"femmes?", r"beneficiaires?",
)  # fmt: skip
EFFECT = any_of(
    r"amelior\w+", r"redui\w+", r"reductions?", r"diminu\w+", r"baiss\w+", r"evit\w+", r"preven\w+", r"acces",
    r"qualite de (?:vie|soin|soins)", r"hospitalisations?", r"mortalite", r"autonomie", r"benefices?",
    r"impacts?", r"effets?", r"depist\w+", r"securi\w+", r"delais?", r"chutes?", r"guer\w+", r"soulag\w+",
)  # fmt: skip

REGIONAL = any_of(
    r"prs", r"projets? regiona(?:l|ux) de sante", r"projets? territoria(?:l|ux) de sante\w*", r"ptsm",
    r"schemas? regiona(?:l|ux)\w*", r"contrats? loca(?:l|ux) de sante",
)  # fmt: skip
NATIONAL = any_of(
    r"strategies? nationales?", r"feuilles? de route", r"plans? (?:nationa(?:l|ux)|cancer|autisme)",
    r"plans? \w+ 20\d\d",
    r"programmes? nationa(?:l|ux)", r"priorites? nationales?", r"politiques? (?:publiques?|nationales?|de sante)",
    r"ma sante 2022", r"segur", r"lois? .{0,40}", r"plfss", r"lfss", r"france 2030", r"article 51", r"ministere",
    r"haute autorite de sante", r"doctrine (?:technique|du numerique)\w*", r"instruction",
)  # fmt: skip

ASKS = any_of(
    r"(?:nous|je) (?:souhait|attend|cherch|demand|sollicit|aimer|voudr|voul)\w*", r"j'(?:attends|aimerais)",
    r"pou(?:vez|rriez|vons|rrions)[- ](?:vous|nous)", r"merci de", r"serait-il possible", r"est-il possible",
    r"(?:notre|ma|nos|mes) (?:demande|attente|question)s?",
)  # fmt: skip
ASKED = any_of(
    r"rendez-vous", r"rdv", r"entretiens?", r"avis", r"orient\w+", r"conseil\w*", r"mis\w* en relation",
    r"mettre en relation", r"interlocut\w+", r"contacts?", r"financ\w+", r"subventions?", r"terrains?",
    r"autoris\w+", r"derog\w+", r"savoir (?:si|quels?|quelles?|comment)", r"dire (?:si|quels?|quelles?|comment)",
    r"rencontr\w+", r"echang\w+", r"reuni(?:on|ons|r)",
)  # fmt: skip

EXPECTED = (
    Sign(
        REGION,
        "Aucune référence à la région",
        "L'agence lit d'abord ce que le projet apporte à son territoire.",
        "Nommez la région ou le département, et l'objectif du projet régional de santé (PRS) auquel vous répondez.",
        Said("lignes 864 et 904"),
        (REGIONAL,),
        "La région est citée",
    ),
    Sign(
        "national",
        "Aucun contexte national",
        "Sans lui, on ne voit pas à quelle politique de santé le projet se rattache.",
        "Citez la stratégie, le plan ou la feuille de route en vigueur, avec son année.",
        Said("lignes 859 à 861 et 904"),
        (NATIONAL,),
        "Le contexte national est cité",
    ),
    Sign(
        "health",
        "Aucun effet pour la santé n'est dit",
        "L'agence agit pour les patients et les usagers, pas pour un produit.",
        "Dites qui y gagne, quoi, et comment ce sera mesuré. Par exemple : « moins de chutes chez les résidents, "
        "comptées chaque mois ».",
        Said("lignes 906 et 929"),
        (PEOPLE, EFFECT),
        "L'effet pour la santé est dit",
    ),
    Sign(
        "request",
        "On ne sait pas ce que vous attendez de l'agence",
        "Sans demande claire, personne ne sait à qui transmettre le message.",
        "Une phrase suffit : « nous souhaitons un entretien pour savoir si ce besoin existe chez vous ».",
        Said("lignes 874 et 903"),
        (ASKS, ASKED),
        "La demande est claire",
    ),
)
"""What the guide reproaches messages for leaving out."""

USEFUL = (
    Sign(
        "who",
        "Dites qui vous êtes",
        "Le lecteur veut savoir en une ligne à qui il parle.",
        "« Nous sommes… », votre métier, votre ville, vos références.",
        Said("ligne 919"),
        (
            any_of(
                r"nous sommes",
                r"je suis",
                r"je (?:dirige|represente)",
                r"direct(?:eur|rice)",
                r"notre (?:societe|entreprise|etablissement|association|start-?up|hopital|ehpad|structure|groupement"
                r"|cabinet|maison|centre|service)",
            ),
        ),
        "On sait qui écrit",
    ),
    Sign(
        "maturity",
        "Dites où en est le projet",
        "On ne répond pas de la même façon à une idée et à un produit qui sert déjà.",
        "Idée, maquette, prototype, essai en cours, déjà utilisé à tel endroit.",
        Said("lignes 874 à 876"),
        (
            any_of(
                r"trl",
                r"prototypes?",
                r"maquettes?",
                r"pilotes?",
                r"idees?",
                r"test\w+",
                r"essa(?:i|is|yer|ye\w*)",
                r"experiment\w+",
                r"deploy\w+",
                r"deploi\w+",
                r"matur\w+",
                r"utilise\w*",
                r"stade",
                r"phase",
            ),
        ),
        "On sait où en est le projet",
    ),
    Sign(
        "others",
        "Dites avec qui vous travaillez",
        "Un projet de santé se fait avec des soignants, des usagers ou un établissement.",
        "Nommez un hôpital, un EHPAD, un médecin, une association ou une université qui vous suit.",
        Said("lignes 849 à 851 et 907"),
        (
            any_of(
                r"ch[ru]*",
                r"hopita(?:l|ux)",
                r"cliniques?",
                r"ehpad",
                r"medecins?",
                r"infirmi\w+",
                r"soignant\w*",
                r"universit\w+",
                r"associations?",
                r"urps",
                r"cpts",
                r"msp",
                r"(?:maison|centre)s? de sante",
                r"pharmaci\w+",
                r"kinesi\w+",
                r"dentistes?",
                r"incubateurs?",
                r"poles? de competitivite",
            ),
        ),
        "Vous dites avec qui vous travaillez",
    ),
    Sign(
        "calendar",
        "Donnez une date ou une durée",
        "L'agence compare votre calendrier au sien.",
        "Le début souhaité, la durée de l'essai, la date d'un appel visé.",
        Said("lignes 882 à 883"),
        (
            any_of(
                r"20\d\d",
                r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre",
                r"trimestres?",
                r"semestres?",
                r"calendrier",
                r"\w+ mois",
                r"\w+ (?:ans?|annees?|semaines?)",
            ),
        ),
        "Une date ou une durée est donnée",
    ),
)
"""What makes an answer easier; the guide asks for it in the presentation of the project."""
