"""The people of the demonstration, all invented: who they are, where they sit, for whom they ask.

Two regions, so that what one must not see of the other can be tried. The agencies are those of the content; their
people, like every other body and organisation, are made up, with numbers whose key is right and that nobody has.
"""

from dataclasses import dataclass

from actors.models import Body, Organisation, Post

HOST = "demonstration.invalid"
REGIONS = {"01": ("guadeloupe", "Guadeloupe", "971"), "76": ("occitanie", "Occitanie", "31")}
"""By code: the word of addresses, the name, and the department whose council takes part."""

AGENCY_ROLES = {
    Post.Role.OFFICER: "instruction",
    Post.Role.HEAD: "responsable",
    Post.Role.DIRECTOR: "direction",
    Post.Role.LEGAL: "juridique",
}
"""The roles that each agency has, and the word of their addresses."""


@dataclass(frozen=True, slots=True)
class DemoBody:
    """An administration that takes part; ``agency`` where it is the agency of its region."""

    code: str
    kind: Body.Kind
    name: str
    region: str = ""
    department: str = ""

    @property
    def is_agency(self) -> bool:
        """Tell whether it is the agency of its region."""
        return self.kind == Body.Kind.AGENCY


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """An organisation that asks, known by its number."""

    number: str
    name: str
    actor_type: str
    status: Organisation.Status
    region: str
    department: str
    finess: str = ""
    signatory: tuple[str, str] = ("", "")

    @property
    def key(self) -> str:
        """Return which number it is known by."""
        return "rpps" if self.status == Organisation.Status.PERSON else "siret"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who signs in: what they are in words, where they sit or for whom they ask."""

    role: str
    local: str
    name: str
    body: str = ""
    post: Post.Role | None = None
    organisation: str = ""
    mandate: str = ""
    manages: bool = False
    superuser: bool = False
    curates: bool = False

    @property
    def email(self) -> str:
        """Return the address, at a host that cannot exist."""
        return f"{self.local}@{HOST}"


def _bodies_of(code: str) -> list[DemoBody]:
    word, name, department = REGIONS[code]
    return [
        DemoBody(f"ars-{word}", Body.Kind.AGENCY, f"ARS {name}", code),
        DemoBody(
            f"departement-{word}", Body.Kind.DEPARTMENT, f"Département de démonstration ({name})", code, department
        ),
        DemoBody(
            f"assurance-maladie-{word}", Body.Kind.INSURANCE, f"Assurance maladie de démonstration ({name})", code
        ),
        DemoBody(f"grades-{word}", Body.Kind.GRADES, f"GRADeS de démonstration ({name})", code),
    ]


BODIES: list[DemoBody] = [
    *(body for code in REGIONS for body in _bodies_of(code)),
    DemoBody("rapporteur", Body.Kind.RAPPORTEUR, "Rapporteur général de l'article 51 (démonstration)"),
    DemoBody("dgos", Body.Kind.DGOS, "DGOS (démonstration)"),
    DemoBody("cnsa", Body.Kind.CNSA, "CNSA (démonstration)"),
]

HOSPITAL, HOME, NURSE, STARTUP, ASSOCIATION = (
    "00000001800010", "00000002600013", "99000000010", "00000003400017", "00000004200010",
)  # fmt: skip

ORGANISATIONS: list[DemoOrganisation] = [
    DemoOrganisation(
        HOSPITAL, "Centre hospitalier des Alizés (démonstration)", "etablissement-sante-public",
        Organisation.Status.PUBLIC, "01", "971", "000000001", ("Maxence Directoire", "Direction générale"),
    ),
    DemoOrganisation(
        HOME, "Association gestionnaire des Tilleuls (démonstration)", "organisme-gestionnaire",
        Organisation.Status.NON_PROFIT, "76", "31", "000000002", ("Noa Présidence", "Présidence"),
    ),
    DemoOrganisation(
        NURSE, "Cabinet infirmier Sasha Soins (démonstration)", "professionnel-sante",
        Organisation.Status.PERSON, "01", "971", "", ("Sasha Soins", ""),
    ),
    DemoOrganisation(
        STARTUP, "Boussole Santé SAS (démonstration)", "entreprise-start-up",
        Organisation.Status.COMMERCIAL, "76", "31", "", ("Lou Fondation", "Présidence"),
    ),
    DemoOrganisation(
        ASSOCIATION, "Association Marcher ensemble (démonstration)", "association-sante",
        Organisation.Status.NON_PROFIT, "01", "971", "", ("Charlie Bureau", "Présidence"),
    ),
]  # fmt: skip


def _agency_people(code: str) -> list[DemoPerson]:
    word, name, _ = REGIONS[code]
    return [
        DemoPerson(f"ARS {name} : {role.label.lower()}", f"{local}.{word}", f"{role.label} {name}", f"ars-{word}", role)
        for role, local in AGENCY_ROLES.items()
    ]


def _partners(code: str) -> list[DemoPerson]:
    word, name, _ = REGIONS[code]
    officer = Post.Role.OFFICER
    return [
        DemoPerson(
            f"Département ({name})", f"departement.{word}", f"Département {name}", f"departement-{word}", officer
        ),
        DemoPerson(
            f"Assurance maladie ({name})", f"assurance-maladie.{word}", f"Assurance maladie {name}",
            f"assurance-maladie-{word}", officer,
        ),
        DemoPerson(f"GRADeS ({name})", f"grades.{word}", f"GRADeS {name}", f"grades-{word}", officer),
    ]  # fmt: skip


def _applicant(role: str, local: str, name: str, organisation: str, mandate: str = "Représentation légale"):
    return DemoPerson(role, local, name, organisation=organisation, mandate=mandate, manages=bool(mandate))


PEOPLE: list[DemoPerson] = [
    DemoPerson("Administration du portail (tous les droits)", "admin", "Administration", superuser=True),
    DemoPerson(
        "Curation du contenu (leviers, critères, sources)", "curation", "Curation", "ars-guadeloupe",
        Post.Role.CURATOR, curates=True,
    ),
    *(person for code in REGIONS for person in _agency_people(code)),
    DemoPerson("Rapporteur général (article 51)", "rapporteur", "Rapporteur général", "rapporteur", Post.Role.OFFICER),
    DemoPerson("DGOS", "dgos", "DGOS", "dgos", Post.Role.OFFICER),
    DemoPerson("CNSA", "cnsa", "CNSA", "cnsa", Post.Role.OFFICER),
    *(person for code in REGIONS for person in _partners(code)),
    DemoPerson("Expert, sur les dossiers qu'on lui confie", "expert", "Ariel Expertise"),
    DemoPerson("Membre d'un jury, sans poste", "jury.un", "Dominique Jury"),
    DemoPerson("Membre d'un jury, sans poste (a un intérêt)", "jury.deux", "Alix Jury"),
    DemoPerson("Évaluateur, sur les dossiers qu'on lui confie", "evaluation", "Andrea Évaluation"),
    _applicant("Porteur : hôpital, peut déposer", "hopital", "Maxence Directoire", HOSPITAL),
    _applicant("Porteur : hôpital, prépare sans déposer", "hopital.equipe", "Morgan Équipe", HOSPITAL, ""),
    _applicant("Porteur : gestionnaire d'EHPAD", "ehpad", "Noa Présidence", HOME),
    _applicant("Porteur : infirmière seule", "infirmiere", "Sasha Soins", NURSE, "Exerce seul, en son nom"),
    _applicant("Porteur : jeune entreprise", "entreprise", "Lou Fondation", STARTUP),
    _applicant("Porteur : association", "association", "Charlie Bureau", ASSOCIATION),
]  # fmt: skip
