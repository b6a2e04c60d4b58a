"""The receipt of a deposit, as a document: what was received, when, from whom, and what follows by law.

Made from the frozen deposit alone (its content, its circumstances, the version of the procedure it names): the same
bytes come out months later, whatever became of the accounts, the names and the answers.
"""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from levers.documents.blocks import Block, Document, Heading, Table, Words, items, line, paragraph
from projects.depositing.moments import in_both, zone_of
from projects.depositing.review import Review, review_of_content
from projects.models import Snapshot
from projects.procedures.catalogue import procedure_at
from projects.procedures.citing import cited
from projects.procedures.types import Mentions, Procedure

TO_CHECK = "À vérifier auprès de l'agence : nos sources ne le disent pas."


def receipt_of(snapshot: Snapshot) -> Document:
    """Return the receipt of a deposit."""
    content = snapshot.content
    procedure = procedure_at(content["procedure"]["key"], content["procedure"]["version"])
    review = review_of_content(procedure, content)
    blocks: list[Block] = []
    for part in (_head, _who, _files, _proof):
        blocks += part(snapshot, procedure, review)
    if snapshot.is_receipt:
        blocks += _mentions(procedure.mentions)
    day = timezone.localtime(snapshot.taken_at).date()
    what = "Récépissé du dépôt" if snapshot.is_receipt else "Trace de ce qui a été déposé ailleurs"
    summary = f"{what} : {snapshot.number}, {procedure.title}."
    title = f"Récépissé {snapshot.number}" if snapshot.is_receipt else f"Trace {snapshot.number}"
    return Document(title, summary, day, f"Portail APIST · {snapshot.number}", tuple(blocks))


def moment_of_deposit(snapshot: Snapshot) -> str:
    """Return when a deposit was received, on the clocks of its place and on those of Paris."""
    told = snapshot.circumstances
    return in_both(snapshot.taken_at, zone_of(told.get("call_zone", ""), told.get("region", "")))


def _head(snapshot: Snapshot, procedure: Procedure, review: Review) -> Iterator[Block]:
    told = snapshot.circumstances
    if snapshot.is_receipt and told.get("entered"):
        yield paragraph(Words(f"{told['entered']}.", strong=True))
        yield paragraph(f"Enregistré sur le portail le {moment_of_deposit(snapshot)}.")
    elif snapshot.is_receipt:
        yield paragraph(Words(f"Reçu le {moment_of_deposit(snapshot)}.", strong=True))
    else:
        yield paragraph(
            Words("Ce document n'est pas un récépissé : le portail n'a rien reçu ni transmis.", strong=True)
        )
        yield paragraph(f"Figé le {moment_of_deposit(snapshot)}, quand le porteur a noté son dépôt ailleurs.")
    yield items(
        _said(label, text)
        for label, text in (
            ("Numéro", snapshot.number),
            ("Dossier", snapshot.content["reference"]),
            ("Démarche", procedure.title),
            ("Appel", told.get("call", "")),
            ("Levier", told.get("lever", "")),
            ("Projet", review.title),
            ("Reçu par", (told.get("body", "") or "À vérifier") if snapshot.is_receipt else ""),
        )
        if text
    )


def _who(snapshot: Snapshot, procedure: Procedure, review: Review) -> Iterator[Block]:
    told, organisation = snapshot.circumstances, review.organisation
    yield Heading("Qui a déposé")
    rows = [("Saisi pour le porteur par" if told.get("entered") else "Personne", told.get("by", "") or "Le portail")]
    if told.get("sender"):
        rows.append(("Envoi au nom de", told["sender"]))
    if organisation:
        numbers = (("SIRET", "siret"), ("FINESS", "finess"), ("RPPS", "rpps"))
        said = [f"{label} {organisation[key]}" for label, key in numbers if organisation.get(key)]
        rows.append(("Au nom de", ", ".join([organisation["name"], *said])))
        rows.append(("Habilitation", told.get("mandate", "") or "Aucune notée"))
    yield items(_said(label, text) for label, text in rows)


def _files(snapshot: Snapshot, procedure: Procedure, review: Review) -> Iterator[Block]:
    yield Heading(f"Fichiers reçus ({len(review.files)})")
    if not review.files:
        yield paragraph("Aucun fichier.")
    # Sixteen signs at a time: a digest without a space would leave its column.
    rows = tuple((one.piece, one.name, f"{one.size}", _cut(one.sha256)) for one in review.files)
    yield Table("Chaque fichier et son empreinte", ("Pièce", "Nom", "Octets", "Empreinte SHA-256"), rows)


def _proof(snapshot: Snapshot, procedure: Procedure, review: Review) -> Iterator[Block]:
    yield Heading("Comment vérifier")
    yield paragraph("Empreinte SHA-256 de l'ensemble (réponses, plan de financement, liste des fichiers) :")
    yield paragraph(Words(_cut(snapshot.sha256), strong=True))
    yield items(
        (
            "Sur la page du dossier, « vérifier » recalcule cette empreinte et contrôle le journal du dossier.",
            "Pour un fichier : calculez son empreinte SHA-256 sur votre poste (commande sha256sum, ou Get-FileHash "
            "sous Windows) et comparez-la, espaces à part, à celle du tableau. La moindre différence de contenu la "
            "change entièrement.",
        )
    )


def _mentions(mentions: Mentions) -> Iterator[Block]:
    yield Heading("Ce que prévoient les textes")
    yield items(
        (
            _said("Si l'administration ne répond pas", mentions.silence or TO_CHECK),
            _said("Pour contester", mentions.appeal or TO_CHECK),
        )
    )
    if mentions.source:
        yield paragraph(f"Source : {cited(mentions.source)}", quiet=True)


def _said(label: str, text: str):
    return line(Words(f"{label} : ", strong=True), text)


def _cut(digest: str) -> str:
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))


def content_document(procedure: Procedure, content: dict, at: datetime, *, place: str) -> Document:
    """Return the content of a dossier as a document, to deposit elsewhere or to keep; it says that it is no receipt."""
    review = review_of_content(procedure, content)
    day = timezone.localtime(at).date()
    blocks: list[Block] = [
        paragraph(Words("Ce document n'est pas un récépissé : rien n'est déposé sur le portail.", strong=True)),
        paragraph(f"À déposer : {place}." if place else "Le lieu de dépôt est à vérifier auprès de l'agence."),
    ]
    if review.organisation:
        blocks.append(items([_said("Organisme", review.organisation["name"])]))
    for part in review.parts:
        blocks.append(Heading(part.title))
        for answer in part.answers:
            secret = " (secret des affaires)" if answer.is_secret else ""
            blocks.append(Heading(f"{answer.label}{secret}", 3))
            lines = [one for one in answer.words.splitlines() if one.strip()] or ["Sans réponse."]
            blocks += [paragraph(one) for one in lines]
    if review.financing:
        blocks.append(Heading("Plan de financement"))
        blocks.append(Table("Qui paie quoi", ("Dépense", "Année", "Montant", "Payé par", "État"), review.financing))
    blocks.append(Heading("Pièces jointes"))
    blocks.append(items(f"{one.piece} : {one.name}" for one in review.files) if review.files else paragraph("Aucune."))
    foot = f"Portail APIST · dossier {content['reference']}"
    return Document(review.title or procedure.title, procedure.summary, day, foot, tuple(blocks))
