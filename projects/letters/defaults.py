"""The templates that serve until a curator writes others. Sentences of our own; what no source says is said so. Pure.

The number, the date, the signature and the mentions of the law are added by the code, whatever a template holds.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Default:
    """A template of the repository."""

    key: str
    subject: str
    text: str
    procedure_key: str = ""
    version: int = 0
    body_id: int | None = None
    source: str = "à vérifier"


ABOUT = (
    "Vu la demande déposée le {{date_depot}} par {{organisme}} pour le projet « {{projet}} », dossier {{reference}}, "
    "au titre de la démarche : {{demarche}}{{si appel}}, appel « {{appel}} »{{fin}} ;"
)

DEFAULTS: tuple[Default, ...] = (
    Default(
        "grant",
        "Décision d'accord : {{projet}}",
        f"{ABOUT}\n\n"
        "{{agence}} décide :\n\n"
        "- La demande est accordée.\n"
        "{{si montant}}- L'aide s'élève à {{montant}}.\n{{fin}}"
        "{{si fin_exercice}}- L'exercice financé se termine le {{fin_exercice}}. Un compte rendu financier est dû "
        "dans les six mois qui suivent.\n{{fin}}"
        "\nMotifs :\n\n{{motifs}}\n\n"
        "La présente décision ne vaut ni label ni recommandation du projet. Imputation budgétaire : à vérifier.",
    ),
    Default(
        "refuse",
        "Décision de refus : {{projet}}",
        f"{ABOUT}\n\n"
        "{{agence}} décide de ne pas accorder la demande.\n\n"
        "Motifs :\n\n{{motifs}}\n\n"
        "{{si autre_levier}}Un autre levier conviendrait mieux : {{autre_levier}}. Ce que contient ce dossier peut y "
        "être repris depuis sa page.{{fin}}",
    ),
    Default(
        "inadmissible",
        "Dossier non recevable : {{projet}}",
        f"{ABOUT}\n\n"
        "Le dossier n'est pas recevable : son contenu n'a pas été examiné au fond.\n\n"
        "Motifs :\n\n{{motifs}}\n\n"
        "{{si autre_levier}}Un autre levier conviendrait mieux : {{autre_levier}}.{{fin}}",
    ),
    Default(
        "acknowledgement",
        "Accusé de réception : {{projet}}",
        "{{agence}} a reçu le {{date_depot}} la demande de {{organisme}} pour le projet « {{projet}} » : dossier "
        "{{reference}}, démarche : {{demarche}}.\n\n"
        "Le dossier est confié à : {{service}}. Pour joindre ce service : {{service_contact}}.\n\n"
        "La page du dossier dit à tout moment où il en est et qui doit agir.",
    ),
    Default(
        "grant",
        "Arrêté autorisant l'expérimentation : {{projet}}",
        "Vu le code de la sécurité sociale, notamment l'article L. 162-31-1 ;\n\n"
        "Vu la lettre d'intention et le cahier des charges de {{organisme}}, dossier {{reference}} ;\n\n"
        "Vu l'avis du comité technique{{si comite_le}} rendu le {{comite_le}}{{fin}} (référence : à vérifier) ;\n\n"
        "{{agence}} arrête :\n\n"
        "- L'expérimentation « {{projet}} » est autorisée"
        "{{si duree_mois}} pour {{duree_mois}} mois, comptés depuis la première inclusion{{fin}}.\n"
        "- Le cahier des charges est joint au présent arrêté.\n"
        "{{si montant_annuel}}- La part payée par le fonds d'intervention régional s'élève à {{montant_annuel}} pour "
        "une année.\n{{fin}}"
        "- Le présent arrêté est publié au recueil des actes administratifs. Il prend effet après cette publication : "
        "date d'effet à vérifier.\n"
        "\nMotifs :\n\n{{motifs}}",
        "article-51",
    ),
    Default(
        "agreement",
        "Convention : {{projet}}",
        "Entre {{agence}} et {{organisme}}{{si siret}}, SIRET {{siret}}{{fin}}, il est convenu ce qui suit.\n\n"
        "- Objet : le projet « {{projet}} », tel que le décrit le dossier {{reference}}.\n"
        "{{si montant}}- L'agence apporte {{montant}}, versés comme le dit l'échéancier ci-après.\n{{fin}}"
        "{{si fin_exercice}}- L'action financée se termine le {{fin_exercice}}.\n{{fin}}"
        "- Le porteur rend compte de l'emploi de l'argent, et dit tout changement : il faut alors un avenant.\n"
        "{{si signature_porteur}}- Le porteur a signé le {{signature_porteur}}.\n{{fin}}"
        "\nCe que l'agence verse, ce que le porteur rend et ce que prévoient les textes suivent, et font partie de la "
        "convention.",
    ),
    Default(
        "amendment",
        "Avenant : {{projet}}",
        "Avenant à la convention{{si convention}} n° {{convention}}{{fin}} entre {{agence}} et {{organisme}}, pour le "
        "projet « {{projet}} », dossier {{reference}}.\n\n"
        "{{si avenant_motif}}Pourquoi :\n\n{{avenant_motif}}\n\n{{fin}}"
        "{{si montant}}- Le montant accordé est désormais de {{montant}}.\n{{fin}}"
        "{{si fin_exercice}}- L'action financée se termine désormais le {{fin_exercice}}.\n{{fin}}",
    ),
    Default(
        "continuation",
        "Avenant annuel : {{projet}}",
        "Avenant{{si convention}} à la convention n° {{convention}},{{fin}} entre {{agence}} et {{organisme}}, pour le "
        "projet « {{projet}} », dossier {{reference}}. Il ouvre une année de plus.\n\n"
        "{{si avenant_motif}}Pourquoi :\n\n{{avenant_motif}}\n\n{{fin}}"
        "{{si fin_exercice}}- Le nouvel exercice se termine le {{fin_exercice}}.\n{{fin}}"
        "{{si montant_annuel}}- Pour cette année, l'agence apporte {{montant_annuel}}.\n{{fin}}"
        "{{si montant}}- Toutes années comprises, le montant accordé est de {{montant}}.\n{{fin}}"
        "- Le compte rendu de l'année précédente est reçu, et son compte est soldé.\n"
        "\nUne autre année demanderait un autre avenant.",
        source="Guide APIST (000), ligne 143",
    ),
    Default(
        "agreement",
        "Convention d'amorçage : {{projet}}",
        "Entre {{agence}} et {{organisme}}{{si siret}}, SIRET {{siret}}{{fin}}, il est convenu ce qui suit.\n\n"
        "- Objet : préparer et lancer l'expérimentation « {{projet}} », autorisée au titre de l'article 51, dossier "
        "{{reference}}.\n"
        "- Ce que paye l'agence : l'ingénierie et l'amorçage, sur le fonds d'intervention régional. Les soins et "
        "l'évaluation se payent autrement, sur le fonds national pour l'innovation.\n"
        "- Le montant, la date de fin et ce qui est dû en retour sont dits plus bas.\n"
        "- Ce qui n'a pas servi avant la première inclusion : à vérifier.\n"
        "{{si signature_porteur}}- Le porteur a signé le {{signature_porteur}}.\n{{fin}}",
        "article-51",
        source="Guide APIST (000), ligne 279 ; étude du domaine, §2",
    ),
    Default(
        "agreement",
        "Convention d'appui : {{projet}}",
        "Entre {{groupement}} et {{organisme}}{{si siret}}, SIRET {{siret}}{{fin}}, il est convenu ce qui suit.\n\n"
        "- Objet : l'appui du groupement au projet « {{projet}} », que {{agence}} a accordé, dossier {{reference}}.\n"
        "- Une étude d'opportunité a été faite avant tout engagement ; ce qu'elle dit est repris plus bas.\n"
        "- Le groupement achète ce que le marché propose avant de faire construire, et suit les règles de la commande "
        "publique.\n"
        "- Un comité suit le projet ; l'usage réel est mesuré et dit à l'agence.\n"
        "- Qui fait quoi, à quel prix, jusqu'à quand : à écrire par les deux parties.\n"
        "{{si signature_porteur}}- Le porteur a signé le {{signature_porteur}}.\n{{fin}}",
        "grades-support",
        source="Cadre d'action des GRADeS (003), lignes 318 à 350",
    ),
    Default(
        "amendment",
        "Avenant au contrat : {{projet}}",
        "Avenant au contrat pluriannuel d'objectifs et de moyens{{si convention}} n° {{convention}}{{fin}} entre "
        "{{agence}} et {{organisme}}, dossier {{reference}}.\n\n"
        "Ce qui change :\n\n{{avenant_motif}}\n\n"
        "Le reste du contrat demeure, et sa date de fin aussi. Un avenant par an est possible. Le contrat et ses "
        "avenants sont confidentiels.",
        "cpom",
        source="Guide APIST (000), lignes 186 et 192",
    ),
    Default(
        "correction",
        "Rectification de la décision {{decision_rectifiee}}",
        "La décision {{decision_rectifiee}} du dossier {{reference}} (projet « {{projet}} », {{organisme}}) est "
        "rectifiée. Elle reste lisible à son numéro.\n\n"
        "Ce qui change :\n\n{{rectification}}\n\n"
        "{{si montant}}Le montant est désormais de {{montant}}.\n\n{{fin}}"
        "Motifs :\n\n{{motifs}}",
    ),
    Default(
        "decision",
        "Décision : {{projet}}",
        f"{ABOUT}\n\n{{{{agence}}}} a pris la décision que disent les motifs suivants.\n\n{{{{motifs}}}}",
    ),
)
"""By what they are for; the nearest to a procedure wins (``choosing.best_of``)."""
