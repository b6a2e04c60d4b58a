"""The first condition: the right contact."""

from levers.preparation.parts import DIRECTORY, Condition, Item, Said

CONTACT = Condition(
    slug="bon-interlocuteur",
    title="Le bon interlocuteur",
    short="À qui parler à l'agence, et qui consulter autour de vous.",
    intro="Une agence régionale de santé (ARS) compte beaucoup de métiers. Commencez par une seule porte : le plus "
    "souvent, le chargé de recherche et d'innovation. Il vous met ensuite en lien avec la personne qui connaît "
    "votre sujet.",
    said=Said("lignes 832 à 851"),
    items=(
        Item(
            "contact_organisation",
            "Je sais comment l'agence est organisée",
            "Une agence a un siège et des délégations dans les départements. Son site internet montre qui fait quoi.",
            "Un message arrivé au mauvais endroit attend, ou se perd.",
            Said("ligne 836"),
            (DIRECTORY,),
        ),
        Item(
            "contact_responsibility",
            "Je sais qui prépare la décision et qui la prend",
            "La personne qui vous reçoit n'est pas toujours celle qui décide : demandez-lui qui sera consulté ensuite.",
            "Vous saurez à qui adresser la suite, et combien de temps compter.",
            Said("ligne 837"),
            (DIRECTORY,),
        ),
        Item(
            "contact_expertise",
            "J'ai repéré quel métier de l'agence connaît mon sujet",
            "Par exemple : grand âge et handicap, organisation des soins, médicaments, systèmes d'information, cancer.",
            "C'est l'expert du sujet qui jugera si votre idée répond à un besoin.",
            Said("lignes 838 à 847"),
            (DIRECTORY,),
        ),
        Item(
            "contact_door",
            "Je sais par quelle porte entrer",
            "Le chargé de recherche et d'innovation est la porte conseillée aux entreprises. Il travaille ensuite en "
            "binôme avec l'expert du sujet. S'il n'existe pas dans votre région, écrivez au référent de votre thème.",
            "Une seule porte évite de raconter trois fois la même chose à trois services.",
            Said("lignes 840 à 845"),
            (DIRECTORY,),
        ),
        Item(
            "contact_network",
            "J'ai parlé de mon projet à des acteurs reconnus de ma région",
            "Un établissement, l'union régionale des professionnels de santé (URPS), une association de patients, une "
            "école, une chambre de commerce et d'industrie, un incubateur, un pôle de compétitivité…",
            "Leur avis montre que le besoin existe, et ils connaissent souvent la bonne personne à l'agence.",
            Said("lignes 849 à 851"),
            (DIRECTORY,),
        ),
    ),
)
