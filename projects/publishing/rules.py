"""What may be entered in the public register, and what must first be agreed. Pure."""

from collections.abc import Iterable, Mapping

from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import Macro

DECIDED = frozenset({Macro.GRANTED, Macro.RUNNING, Macro.CLOSED})
"""Where a dossier was granted; nothing of what is asked, studied or refused is public."""

NEEDED = ("title", "summary", "text")
"""Without these a reader would not know what the entry is."""

LONGEST: Mapping[str, int] = {"title": 200, "summary": 260, "organisation": 200}
"""What the register holds; the rest is free."""


REACHES: Mapping[str, str] = {
    "local": "local",
    "departmental": "local",
    "regional": "regional",
    "interregional": "interregional",
    "national": "national",
}
"""How far the register says that a project goes, by what its carrier answered: it has no word for a department."""


def reach_of(answers: Mapping[str, Mapping[str, object]]) -> str:
    """Return how far a project goes by the answers of a deposit, section by section; empty where they do not say."""
    said = (section.get("scale") for section in answers.values())
    return next((REACHES[one] for one in said if isinstance(one, str) and one in REACHES), "")


def refusals(dossier, *, was_granted: bool) -> tuple[Refusal, ...]:
    """Return why nothing of a dossier may be proposed for the register: a confidential procedure, no decision yet."""
    if dossier.confidential or dossier.procedure.confidential:
        return (Refusal("confidential", "Ce dossier est confidentiel : il n'entre jamais au registre public."),)
    if dossier.erased_at is not None:
        return (Refusal("erased", "Le contenu de ce dossier est effacé."),)
    if Macro(dossier.macro) not in DECIDED or not was_granted:
        return (Refusal("not-granted", "Seul un dossier accordé entre au registre public."),)
    return ()


def unagreed(states: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields without which nothing can be published, and that are not agreed."""
    return tuple(field for field in NEEDED if states.get(field) != "agreed")


def too_long(field: str, text: str) -> int | None:
    """Return how many characters a field may hold where the words are longer; None where they fit."""
    longest = LONGEST.get(field)
    return longest if longest is not None and len(text) > longest else None


def was_granted(macros: Iterable[str]) -> bool:
    """Tell whether a journal went through a grant: a dossier may be closed without any (an answer given elsewhere)."""
    return any(macro in (Macro.GRANTED, Macro.RUNNING) for macro in macros)
