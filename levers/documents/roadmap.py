"""The roadmap of a diagnostic as a document: what is kept, what is set aside and why, what is missing, what to do next.

Pure: the view tells it everything in words. Reasons come with their source, because
the document is read far from the portal, by people who did not answer the questions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from apist.templatetags.portal import jour, lower_first
from levers.documents.blocks import Block, Document, Heading, Items, Line, Paragraph, Words, items, line, paragraph

DECIDES = (
    "Ce document dit ce que les textes prévoient pour les réponses données. "
    "La décision appartient à l'agence ou à l'autorité compétente : elle seule peut dire oui ou non."
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion: its outcome in words, what it asks, the answer that it rests on, who says so."""

    outcome: str
    label: str
    answer: str
    source: str
    url: str
    locator: str
    checked: date | None


@dataclass(frozen=True, slots=True)
class ToldLever:
    """A lever for this profile, in words."""

    title: str
    name: str
    """Its short name, for the link to its sheet to make sense alone."""
    address: str
    summary: str
    situation: str
    reasons: tuple[Reason, ...]
    ways: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    """Why it is set aside, and what would change that; empty where it is only closed."""
    successor: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Roadmap:
    """What a diagnostic found, on a day, under the rules of a day."""

    made_on: date
    rules_of: date
    address: str
    answers: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    """Questions whose answer in the address was not understood."""
    questions: tuple[str, ...]
    kept: tuple[tuple[str, tuple[ToldLever, ...]], ...]
    aside: tuple[ToldLever, ...]
    calls: tuple[tuple[str, str, str], ...]
    agency: str
    doors: tuple[tuple[str, str], ...]
    """How to reach the agency: words and address."""


def roadmap_document(told: Roadmap) -> Document:
    """Return the roadmap as a document; nothing in it is left for a screen to unfold."""
    title = "Feuille de route de votre projet"
    parts = (_head, _answers, _kept, _aside, _calls, _next_steps)
    blocks = tuple(block for part in parts for block in part(told))
    summary = "Leviers retenus et écartés pour ce projet, avec leurs raisons et leurs sources."
    return Document(title, summary, told.made_on, f"Portail APIST · feuille de route · {jour(told.made_on)}", blocks)


def _head(told: Roadmap) -> Iterator[Block]:
    dates = f"Document fait le {jour(told.made_on)}, avec les règles en vigueur le {jour(told.rules_of)}."
    yield paragraph(Words(dates, strong=True))
    if told.rules_of != told.made_on:
        yield paragraph("Ces règles ne sont pas celles du jour où le document est fait : vérifiez ce qui a changé.")
    yield paragraph(DECIDES)
    yield paragraph("Les mêmes résultats sur le portail : ", Words("ouvrir les résultats en ligne", told.address), ".")


def _answers(told: Roadmap) -> Iterator[Block]:
    yield Heading("Vos réponses")
    if not told.answers:
        yield paragraph("Vous n'avez répondu à aucune question : tout reste ouvert.")
    yield items(line(Words(f"{label} : ", strong=True), words) for label, words in told.answers)
    if told.ignored:
        yield paragraph(f"Réponses non comprises, laissées de côté : {', '.join(map(lower_first, told.ignored))}.")
    yield Heading("Réponses qui manquent")
    if told.questions:
        yield paragraph("Elles peuvent encore changer un résultat. Les premières en décident le plus.")
        yield items(told.questions, numbered=True)
    else:
        yield paragraph("Aucune réponse de plus ne changerait un résultat.")


def _kept(told: Roadmap) -> Iterator[Block]:
    yield Heading(f"Ce qui est retenu ({sum(len(levers) for _, levers in told.kept)})")
    if not any(levers for _, levers in told.kept):
        yield paragraph("Aucun levier ouvert n'est retenu pour ces réponses.")
    for title, levers in told.kept:
        for lever in levers:
            yield Heading(f"{lever.title} : {title[:1].lower()}{title[1:]}", 3)
            yield from _lever(lever)


def _lever(lever: ToldLever) -> Iterator[Block]:
    yield paragraph(
        f"{lever.summary} ", Words(f"Lire la fiche {lever.name}", lever.address), f". Situation : {lever.situation}."
    )
    yield from _said("Comment y prendre part :", lever.ways)
    yield from _said("Ce que vous pouvez faire :", lever.todo)
    yield from _said("Réponses qui peuvent encore changer ce résultat :", lever.missing)
    yield from _reasons(lever.reasons)


def _said(title: str, texts: Iterable[str]) -> Iterator[Block]:
    texts = tuple(texts)
    if texts:
        yield paragraph(Words(title, strong=True))
        yield items(texts)


def _reasons(reasons: tuple[Reason, ...]) -> Iterator[Block]:
    """Yield why: each criterion with its source beside it."""
    if reasons:
        yield paragraph(Words("Pourquoi :", strong=True))
        yield Items(tuple(_reason(reason) for reason in reasons))


def _reason(reason: Reason) -> tuple[Paragraph, ...]:
    answer = f" Votre réponse : {reason.answer}." if reason.answer else ""
    where = f", {reason.locator}" if reason.locator else ""
    checked = f" · vérifié le {jour(reason.checked)}" if reason.checked else ""
    return (
        paragraph(Words(f"{reason.outcome} : ", strong=True), f"{reason.label.rstrip('.')}.{answer}"),
        paragraph("Source : ", Words(reason.source, reason.url), where, checked, quiet=True),
    )


def _aside(told: Roadmap) -> Iterator[Block]:
    yield Heading(f"Ce qui est écarté, et pourquoi ({len(told.aside)})")
    if not told.aside:
        yield paragraph("Aucun levier n'est écarté.")
    for lever in told.aside:
        yield Heading(lever.title, 3)
        yield paragraph(f"Situation : {lever.situation}. ", Words(f"Lire la fiche {lever.name}", lever.address), ".")
        if lever.successor[0]:
            yield paragraph("Voyez plutôt : ", Words(*lever.successor), ".")
        yield from _said("Ce qui bloque, et ce qui changerait la réponse :", lever.blocked)
        yield from _reasons(lever.reasons)


def _calls(told: Roadmap) -> Iterator[Block]:
    yield Heading("Appels ouverts pour ce profil")
    if not told.calls:
        yield paragraph("Le portail ne connaît aucun appel ouvert pour ce profil à cette date.")
    yield items(line(Words(title, address), f". {dates}.") for title, address, dates in told.calls)


def _next_steps(told: Roadmap) -> Iterator[Block]:
    """Yield what to do, in order; a step that has nothing to do here is not told."""
    yield Heading("Prochaines étapes")
    yield items(_steps(told), numbered=True)


def _steps(told: Roadmap) -> Iterator[Line]:
    if told.questions:
        many = len(told.questions)
        yield line(f"Répondre à ce qui manque ({many} question{'s' if many > 1 else ''}), puis refaire ce document.")
    names = [lever.title for _, levers in told.kept for lever in levers]
    if names:
        yield line("Lire les fiches des leviers retenus : ce qui est demandé, les délais, le lieu de dépôt.")
    if told.calls:
        yield line("Regarder les appels ouverts et leur date limite.")
    if told.agency:
        doors = [part for words, address in told.doors for part in (Words(words, address), " ; ")][:-1]
        yield line(f"Envoyer ce document à {told.agency}", " : " if doors else "", *doors, ".")
    else:
        yield line("Dire votre région dans le diagnostic, pour savoir à quelle agence envoyer ce document.")
    yield line("Ne rien tenir pour acquis avant une réponse écrite de l'agence ou de l'autorité qui décide.")
