"""The second condition: the right project."""

from levers.preparation.parts import CALLS, DIAGNOSTIC, DIGITAL, DIRECTORY, EXPERIMENTS, POLICIES, Condition, Item, Said

PROJECT = Condition(
    slug="bon-projet",
    title="Le bon projet",
    short="Ce qui rend un projet recevable : les politiques de santé, l'égalité d'accès, la région.",
    intro="Une agence ne soutient pas une idée parce qu'elle est belle, mais parce qu'elle sert une politique de santé "
    "déjà écrite. Montrez laquelle : c'est la première chose qui sera regardée.",
    said=Said("lignes 855 à 866"),
    items=(
        Item(
            "project_national",
            "Je peux citer la politique nationale que mon projet sert",
            "Une stratégie, une feuille de route ou un plan en vigueur aujourd'hui. Le guide de 2020 cite par exemple "
            "la stratégie nationale de santé, la feuille de route du numérique et les plans cancer et autisme.",
            "Un texte remplacé depuis montre que le dossier n'a pas été relu : vérifiez la date.",
            Said("lignes 859 à 861"),
            (POLICIES,),
        ),
        Item(
            "project_regional",
            "Je peux citer l'objectif du projet régional de santé auquel il répond",
            "Chaque agence écrit un projet régional de santé (PRS). Nommez l'objectif, et la page où il se trouve.",
            "Presque tous les leviers demandent ce lien. En Occitanie, les projets qui le montrent passent d'abord.",
            Said("lignes 864 à 866 ; pour l'Occitanie, la page de son agence sur l'article 51"),
            (POLICIES, DIRECTORY),
        ),
        Item(
            "project_access",
            "Mon projet ne réserve pas les soins à quelques-uns",
            "Dites ce qu'il change pour les personnes éloignées des soins : loin d'un médecin, sans internet, "
            "handicapées, en précarité.",
            "L'égalité d'accès aux soins fait partie des missions de l'agence : elle ne soutient pas ce qui la réduit.",
            Said("ligne 863"),
        ),
        Item(
            "project_need",
            "Je sais quel besoin constaté sur le terrain il couvre",
            "Un besoin dit par des patients, des soignants ou un établissement de la région, avec un fait à l'appui.",
            "Le guide conseille de faire confirmer le besoin par l'agence avant d'aller plus loin.",
            Said("lignes 864 à 866 et 880"),
            (EXPERIMENTS, CALLS),
        ),
        Item(
            "project_lever",
            "Je sais quel levier de l'agence pourrait convenir",
            "Une subvention, un appel, une expérimentation, un contrat, un achat : chacun a ses règles.",
            "Demander un « soutien » sans dire lequel oblige l'agence à deviner.",
            Said("ligne 912"),
            (DIAGNOSTIC,),
        ),
        Item(
            "project_digital",
            "Si mon projet est numérique, il suit les règles communes",
            "Sécurité, échange de données, services nationaux : ces règles s'appliquent à tout projet de santé "
            "numérique. Sans numérique, répondez « Pas concerné ».",
            "Le guide cite la politique de sécurité des systèmes d'information de santé parmi les politiques à suivre.",
            Said("ligne 861"),
            (DIGITAL,),
        ),
    ),
)
