"""What a template of letter may name: a closed list, each variable with what it holds. Pure."""

from collections.abc import Mapping

VARIABLES: Mapping[str, str] = {
    "reference": "La référence du dossier",
    "projet": "Le titre du projet",
    "organisme": "L'organisme qui porte le projet, ou la personne",
    "siret": "Le SIRET de l'organisme",
    "demarche": "Le nom de la procédure",
    "groupement": "Le groupement régional e-santé, s'il prend part au dossier",
    "levier": "Le levier",
    "appel": "L'appel, s'il y en a un",
    "agence": "L'administration qui décide",
    "date_depot": "Le jour du premier dépôt",
    "service": "Le service chargé du dossier",
    "service_contact": "Comment joindre ce service",
    "montant": "Le montant proposé",
    "montant_annuel": "Le montant pour une année",
    "fin_exercice": "La fin de l'exercice financé",
    "duree_mois": "La durée autorisée, en mois",
    "motifs": "Les motifs de la proposition, ou de l'irrecevabilité",
    "comite_le": "Le jour où le comité technique de l'article 51 a rendu son avis",
    "autre_levier": "Le levier qui conviendrait mieux",
    "decision_rectifiee": "Le numéro de la décision rectifiée",
    "rectification": "Ce que la rectification change",
    "convention": "Le numéro de la convention signée",
    "signature_porteur": "Le jour où le porteur a signé la convention",
    "echeancier": "Le numéro de l'échéancier des versements en vigueur",
    "avenant_motif": "Pourquoi l'avenant, ou ce qu'il change",
    "montant_avant": "Le montant accordé avant l'avenant",
    "fin_avant": "La fin de l'exercice financé avant l'avenant",
}
"""Names as curators write them, in French, without accents: ``{{montant}}``."""

BODIES = frozenset({"agence", "groupement", "organisme"})
"""What names a body: its article comes with it, where the sentence calls for one."""

EXAMPLES: Mapping[str, str] = {
    "reference": "AB2C3D4E",
    "projet": "Projet d'exemple",
    "organisme": "Organisme d'exemple",
    "siret": "000 000 000 00000",
    "demarche": "Procédure d'exemple",
    "groupement": "Groupement d'exemple",
    "levier": "Levier d'exemple",
    "appel": "Appel d'exemple",
    "agence": "Agence d'exemple",
    "date_depot": "5 janvier 2026",
    "service": "Service de l'innovation",
    "service_contact": "service@exemple.invalid",
    "montant": "12 500,00 €",
    "montant_annuel": "12 500,00 €",
    "fin_exercice": "31 décembre 2027",
    "duree_mois": "36",
    "motifs": "Les motifs viennent ici.",
    "comite_le": "12 mars 2026",
    "autre_levier": "Autre levier d'exemple",
    "decision_rectifiee": "ARS-00-2026-0001",
    "rectification": "Ce qui change vient ici.",
    "convention": "ARS-00-2026-0002",
    "signature_porteur": "3 février 2026",
    "echeancier": "1",
    "avenant_motif": "Ce qui motive l'avenant vient ici.",
    "montant_avant": "15 000,00 €",
    "fin_avant": "31 décembre 2026",
}
"""What a preview shows where no dossier is chosen."""
