"""The sixth condition: what to hand over when the project is presented."""

from levers.preparation.parts import EXPERIMENTS, GROUP, LEVERS, POLICIES, Condition, Item, Said

ELEMENTS = Condition(
    slug="elements-a-fournir",
    title="Les éléments à fournir",
    short="Ce qu'une présentation doit contenir pour être instruite.",
    intro="Une présentation courte, mais complète. Voici ce que l'agence cherche, dans l'ordre où elle le lit.",
    said=Said("lignes 917 à 930"),
    items=(
        Item(
            "element_organisation",
            "Je présente ma structure, en France et dans la région, avec des références",
            "Une page : qui vous êtes, où vous travaillez, avec qui, depuis quand. Nommez des réalisations "
            "vérifiables.",
            "L'agence a besoin de savoir à qui elle parle.",
            Said("ligne 919"),
        ),
        Item(
            "element_ethics",
            "Je joins la charte éthique de l'entreprise, si elle existe",
            "Un document qui dit comment l'entreprise se conduit avec les soignants et les autorités. Sans charte, ou "
            "si vous n'êtes pas une entreprise, répondez « Pas concerné ».",
            "Elle montre que l'entreprise connaît les règles des relations avec les autorités.",
            Said("ligne 919"),
        ),
        Item(
            "element_credibility",
            "Je montre que nous pouvons aller au bout",
            "L'argent déjà réuni, la méthode, la personne qui coordonne, le temps que chacun y consacre.",
            "Un projet arrêté au milieu coûte plus que pas de projet.",
            Said("ligne 919"),
            (GROUP,),
        ),
        Item(
            "element_references",
            "Je m'appuie sur des textes européens, nationaux et régionaux",
            "Par exemple : la stratégie nationale de santé, la loi de financement de la sécurité sociale, le projet "
            "régional de santé, le projet de santé d'un groupement d'hôpitaux ou d'une maison de santé.",
            "Ces références disent que le projet sert autre chose que lui-même.",
            Said("lignes 920 à 924"),
            (POLICIES,),
        ),
        Item(
            "element_synopsis",
            "J'ai un résumé du projet assez détaillé",
            "Qui fait quoi, le calendrier, les indicateurs suivis, à quelles conditions c'est faisable, et comment "
            "d'autres pourraient le refaire.",
            "C'est la base de toute demande, quel que soit le levier.",
            Said("ligne 926"),
            (LEVERS,),
        ),
        Item(
            "element_pathway",
            "Je décris ce que cela change dans le parcours des personnes",
            "Avant, pendant, après : quelles étapes disparaissent, lesquelles s'ajoutent, qui intervient.",
            "Une agence organise des parcours de soins : elle lit le projet avec cette question.",
            Said("ligne 927"),
        ),
        Item(
            "element_risks",
            "Je dis les risques et les limites",
            "Ce qui peut ne pas marcher, pour qui ce n'est pas fait, et ce que vous feriez alors.",
            "Une limite avouée se traite ; une limite découverte inquiète.",
            Said("ligne 928"),
        ),
        Item(
            "element_value",
            "Je chiffre ce que le projet apporte",
            "Efficacité, bénéfice pour la santé, changement d'habitudes, utilité pour ceux qui s'en servent.",
            "C'est ce qui sera comparé à la dépense.",
            Said("ligne 929"),
        ),
        Item(
            "element_elsewhere",
            "Je connais ce qui existe déjà ailleurs",
            "Des approches comparables, en France ou dans d'autres régions, et ce qu'elles ont donné.",
            "L'agence partage avec les autres : elle saura si le projet existe déjà.",
            Said("ligne 930"),
            (EXPERIMENTS,),
        ),
    ),
)
