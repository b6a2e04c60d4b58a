"""The closed lists of the contract: kinds of actors, regions, departments. Their words live in the database."""

ACTOR_TYPES = (
    "etablissement-sante-public",
    "etablissement-sante-prive-non-lucratif",
    "etablissement-sante-prive-lucratif",
    "structure-had-dialyse-radiotherapie",
    "laboratoire-biologie",
    "cabinet-radiologie",
    "ehpad",
    "esms-handicap",
    "esms-autre",
    "organisme-gestionnaire",
    "aide-a-domicile",
    "exercice-coordonne",
    "professionnel-sante",
    "urps-federation-syndicat",
    "association-usagers",
    "association-sante",
    "ccas",
    "commune-intercommunalite",
    "departement",
    "region-collectivite",
    "groupement-cooperation",
    "grades",
    "girci",
    "recherche-enseignement",
    "appui-economique",
    "organisme-complementaire",
    "organisme-protection-sociale",
    "entreprise-start-up",
    "entreprise-pme",
    "entreprise-eti-ge",
)

REGIONS = ("01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94")

DEPARTMENTS = (
    *(f"{number:02d}" for number in range(1, 96) if number != 20),
    "2A",
    "2B",
    "971",
    "972",
    "973",
    "974",
    "976",
)
