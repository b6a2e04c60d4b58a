"""The fourth condition: the right way to make contact."""

from levers.preparation.parts import CALLS, DIRECTORY, MESSAGE, Condition, Item, Said

WAY = Condition(
    slug="bonne-maniere",
    title="La bonne manière de prendre contact",
    short="Répondre à un appel, se rencontrer, ou demander un rendez-vous.",
    intro="Trois chemins mènent à l'agence. Un seul suffit, mais choisissez-le : écrire à tout le monde à la fois "
    "revient à n'écrire à personne.",
    said=Said("lignes 887 à 891"),
    items=(
        Item(
            "way_calls",
            "J'ai regardé si un appel ouvert me convient",
            "Appel à manifestation d'intérêt, à projets ou à candidatures : s'il en existe un pour vous, c'est par là "
            "qu'il faut passer. On peut suivre les nouveaux appels par courriel.",
            "Un rendez-vous ne remplace pas une réponse à un appel, et ne donne pas d'avance.",
            Said("ligne 889"),
            (CALLS,),
        ),
        Item(
            "way_events",
            "Je sais où rencontrer les personnes de ma région",
            "Congrès, conférences, journées de l'innovation : l'agence et ses partenaires y sont.",
            "Cinq minutes de vive voix valent souvent mieux que trois messages.",
            Said("ligne 890"),
            (DIRECTORY,),
        ),
        Item(
            "way_appointment",
            "Je sais à quelle adresse demander un rendez-vous",
            "Par courriel ou par téléphone, à la porte d'entrée de l'agence ou à la personne repérée.",
            "Une demande adressée à une fonction trouve son chemin même si la personne change.",
            Said("ligne 891"),
            (DIRECTORY,),
        ),
        Item(
            "way_message",
            "Mon premier message tient en une page et dit l'essentiel",
            "Qui vous êtes, le besoin, ce que vous changez pour les patients, le lien avec la région, ce que vous "
            "attendez. Le portail peut le relire avec vous, sans rien en garder.",
            "C'est ce texte qui décide si l'on vous rappelle.",
            Said("lignes 891 et 903 à 906"),
            (MESSAGE,),
        ),
    ),
)
