"""The facts that only some projects are asked: digital, medico-social software, purchases."""

from levers.facts.types import Choice, Fact, Kind, count, yes_no

DETAIL_FACTS = (
    yes_no(
        "territory_laureate",
        "Territoire déjà lauréat",
        "Le projet est-il porté dans un territoire lauréat de Territoires d'innovation ?",
        "En santé : la Meuse (e-Meuse santé), l'Eurométropole de Strasbourg, Lorient.",
    ),
    yes_no(
        "digital_solution",
        "Solution numérique en santé",
        "Le projet repose-t-il sur une solution numérique en santé ?",
    ),
    yes_no(
        "real_conditions_experiment",
        "Essai en conditions réelles",
        "S'agit-il d'essayer, en conditions réelles, une solution ou un usage numérique ?",
    ),
    yes_no("industrial_partner", "Entreprise partenaire", "Une entreprise participe-t-elle au projet ?"),
    yes_no(
        "care_partner",
        "Structure de soins partenaire",
        "Une structure de santé ou médico-sociale porte-t-elle ou accueille-t-elle le projet ?",
    ),
    Fact(
        "dui_project",
        Kind.CHOICES,
        "Dossier de l'usager informatisé",
        "Que demandez-vous pour le dossier de l'usager informatisé (DUI) de vos services ?",
        "Le DUI est le logiciel où un établissement médico-social suit les personnes accompagnées. Ne cochez rien si vous ne savez pas.",
        (
            Choice("none", "Rien, ce n'est pas le sujet"),
            Choice("acquisition", "Acquérir un logiciel"),
            Choice("replacement", "Remplacer un logiciel"),
            Choice("compliance", "Mettre en conformité le logiciel actuel"),
            Choice("equipment", "Équiper les services (postes, tablettes, réseau)"),
            Choice("amoa", "Se faire accompagner (assistance à maîtrise d'ouvrage)"),
        ),
    ),
    count(
        "esms_count",
        "Services du groupement",
        "Combien d'établissements et services médico-sociaux compte le groupement ?",
        "Comptez tous ceux qui candidatent ensemble.",
        high=10_000,
    ),
    count(
        "og_count",
        "Organismes gestionnaires du groupement",
        "Combien d'organismes gestionnaires compte le groupement ?",
        high=1_000,
    ),
    yes_no(
        "esms_l312_1",
        "Services de l'article L.312-1",
        "Vos services relèvent-ils de l'article L.312-1 du code de l'action sociale et des familles ?",
        "C'est le cas des établissements et services médico-sociaux autorisés : EHPAD, services à domicile, handicap…",
    ),
    Fact(
        "esms_field",
        Kind.CHOICES,
        "Public accompagné",
        "Qui vos services accompagnent-ils ?",
        "",
        (
            Choice("elderly", "Personnes âgées"),
            Choice("disability", "Personnes handicapées"),
            Choice("child-protection", "Protection de l'enfance"),
            Choice("other", "Autres publics"),
        ),
    ),
    yes_no(
        "dui_vendor_listed",
        "Éditeur référencé",
        "L'éditeur du logiciel est-il référencé dans le marché national ?",
    ),
    yes_no(
        "dui_field_wide",
        "Solution déjà généralisée",
        "La solution non référencée équipe-t-elle déjà tous vos services d'au moins un champ ?",
    ),
    yes_no(
        "central_purchasing",
        "Achat par la centrale mandatée",
        "Achèterez-vous par la centrale d'achat mandatée ?",
    ),
    yes_no(
        "heavy_equipment_licence",
        "Équipements lourds autorisés",
        "Votre cabinet dispose-t-il d'équipements matériels lourds autorisés ?",
        "Scanner, imagerie par résonance magnétique, tomographie…",
    ),
    yes_no(
        "amp_dpn_licence",
        "Autorisation AMP ou DPN",
        "Votre laboratoire est-il autorisé pour l'assistance médicale à la procréation ou le diagnostic prénatal ?",
    ),
    Fact(
        "purchase_role",
        Kind.CHOICE,
        "Côté de l'achat public",
        "Votre projet passe-t-il par un achat ?",
        "",
        (
            Choice("none", "Non, rien n'est acheté ni vendu"),
            Choice("buyer", "Oui, j'achète"),
            Choice("supplier", "Oui, je vends"),
        ),
    ),
    Fact(
        "purchase_amount",
        Kind.AMOUNT,
        "Valeur du besoin",
        "Quelle est la valeur estimée du besoin, hors taxes ?",
        "Sur toute la durée, reconductions comprises.",
        minimum=0,
        maximum=10_000_000_000,
        unit="€",
    ),
    Fact(
        "buyer_type",
        Kind.CHOICE,
        "Nature de l'acheteur",
        "Quelle est la nature de l'acheteur (vous-même, si c'est vous qui achetez) ?",
        "",
        (
            Choice("central-state", "L'État (administration centrale)"),
            Choice("other-public", "Un hôpital public, une collectivité ou un autre organisme public"),
            Choice(
                "private-contracting-authority", "Un organisme privé qui doit suivre les règles des marchés publics"
            ),
            Choice("private", "Un autre organisme privé"),
        ),
    ),
    yes_no(
        "innovative_purchase",
        "Achat innovant",
        "La solution est-elle nouvelle ou nettement améliorée ?",
        "Une innovation de produit, de procédé, de commercialisation ou d'organisation.",
    ),
    yes_no("common_need", "Besoin partagé", "Plusieurs acteurs partagent-ils ce besoin ?"),
    yes_no(
        "regional_strategy",
        "Cohérence avec la stratégie régionale",
        "Le projet s'inscrit-il dans la stratégie régionale de santé numérique ?",
    ),
)
