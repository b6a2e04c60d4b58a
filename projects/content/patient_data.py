"""What looks like the data of a patient, in what somebody writes: a hint to read again, never a refusal. Pure.

A dossier describes a project, not people. Only what can be recognised with little error is looked for: a social
security number (NIR, whose key tells it from any other number) and a date of birth beside a name. What is not found
may still be there: the words on the page (``templates/dossiers/no_patient_data.html``) are the real protection.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from stdnum.fr import nir


class Sign(StrEnum):
    """What was recognised."""

    SOCIAL_SECURITY = "social-security"
    BIRTH = "birth"


SIGN_WORDS = {
    Sign.SOCIAL_SECURITY: "un numéro de sécurité sociale",
    Sign.BIRTH: "un nom suivi d'une date de naissance",
}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What looks like a patient's, and where: from a character to another."""

    sign: Sign
    start: int
    end: int


_GAP = r"[ .\u00a0\u202f-]?"
# Sex, year, month (20 and above: unknown), department, town, rank, key: the groups in which it is written on a card.
_NIR = re.compile(
    rf"(?<![\w€])(?<!\d[ .\u00a0\u202f-])([12378]){_GAP}(\d\d){_GAP}([0-9]\d){_GAP}(\d\d|2[ABab]){_GAP}(\d{{3}})"
    rf"{_GAP}(\d{{3}}){_GAP}(\d\d)(?![\w])(?![ .\u00a0\u202f-]\d)"
)
_MONTH = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_FIGURES = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d\d)"
_DATE = rf"(?:{_FIGURES}|\d{{1,2}}(?:er)?\s{_MONTH}\s\d{{4}}|\d{{4}}-\d\d-\d\d)"
_UPPER = r"[A-ZÀ-ÖØ-Þ]"
_FULL_NAME = rf"{_UPPER}[a-zà-öø-ÿ]+(?:-{_UPPER}[a-zà-öø-ÿ]+)*\s{_UPPER}[\w'’-]+"
_NAME = rf"(?:{_FULL_NAME}|(?:M\.|Mme|Mlle|Monsieur|Madame|[Pp]atiente?)\s{_UPPER}[\w.'’-]*)"
_BORN = re.compile(
    rf"{_NAME}[^\n;]{{0,60}}?\b(?:né\(e\)|née?|date\s+de\s+naissance|DDN)\s*:?\s*(?:le\s+|en\s+)?{_DATE}", re.UNICODE
)


def suspicions(text: str) -> list[Suspicion]:
    """Return what looks like a patient's data in a text, in its order."""
    found = [Suspicion(Sign.SOCIAL_SECURITY, *one.span()) for one in _NIR.finditer(text) if _is_number(one.group())]
    found += [Suspicion(Sign.BIRTH, *one.span()) for one in _BORN.finditer(text)]
    return sorted(found, key=lambda one: one.start)


def signs_in(texts: Iterable[str]) -> tuple[Sign, ...]:
    """Return the signs found in some answers, each once."""
    found = {one.sign for text in texts for one in suspicions(text)}
    return tuple(sign for sign in Sign if sign in found)


def warning(signs: Iterable[Sign]) -> str:
    """Return the sentence that asks to read again; empty where nothing was found."""
    words = [SIGN_WORDS[sign] for sign in signs]
    if not words:
        return ""
    return f"Relisez : on dirait {' et '.join(words)}. Un dossier ne doit permettre de reconnaître aucun patient."


def _is_number(written: str) -> bool:
    """Tell whether the key is right and the month exists: an ordinary number has one chance in a hundred."""
    number = re.sub(r"[ .\u00a0\u202f-]", "", written)
    month = int(number[3:5])
    return nir.is_valid(number) and (1 <= month <= 12 or month >= 20)
