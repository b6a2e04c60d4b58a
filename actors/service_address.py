"""Whether an e-mail address is that of a service or that of a person. Pure.

The directory names functions, never people: « prenom.nom@ » is refused where an address is
typed. No rule knows every name, so what is refused is what people's addresses look like;
« jdupont@ » gets through, and whoever reviews the row judges it.
"""

import re

PRIVATE_HOSTS = frozenset(
    f"{name}.{end}"
    for name, ends in {
        "gmail": ("com",), "googlemail": ("com",), "hotmail": ("com", "fr"), "outlook": ("com", "fr"),
        "live": ("com", "fr"), "yahoo": ("com", "fr"), "orange": ("fr",), "wanadoo": ("fr",), "free": ("fr",),
        "sfr": ("fr",), "neuf": ("fr",), "laposte": ("net",), "icloud": ("com",), "me": ("com",),
        "protonmail": ("com",), "proton": ("me",),
    }.items()
    for end in ends
)  # fmt: skip
"""Where people keep their own mail: no service answers from there."""

SERVICE_WORDS = frozenset(
    "accueil administration agence appel appels appui ars art article assistance autonomie bureau centre cnsa "
    "communication contact contacts cooperation coordination dd delegation departement dgos direction dos dsp dt "
    "equipe esante formation girci grades guichet hotline info infos innovation innovations mission missions "
    "numerique offre organisation parcours plateforme pole prevention presse programme projet projets qualite "
    "recherche reclamations referent referents region ressources sante secretariat service services siege soins "
    "support territoire territoires urps".split()
)
"""Words that a name does not hold: one of them says that the address is a service's."""

PARTS = re.compile(r"[._]")
NAME = re.compile(r"[a-zàâäçéèêëîïôöùûüÿœ'-]+")


def looks_personal(address: str) -> bool:
    """Tell whether an address looks like somebody's own: names with a dot between, or a private mail box."""
    local, _, host = address.strip().lower().rpartition("@")
    if host in PRIVATE_HOSTS:
        return True
    parts = PARTS.split(local.split("+")[0])
    if len(parts) < 2 or not all(NAME.fullmatch(part) for part in parts):
        return False
    words = {word for part in parts for word in part.split("-")}
    return not words & SERVICE_WORDS
