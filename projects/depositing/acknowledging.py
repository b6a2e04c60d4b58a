"""The acknowledgement of what an agent entered for somebody: to print and send to whoever has no address here."""

from datetime import date

from django.utils import timezone

from levers.documents.blocks import Document, Heading, Words, items, line, paragraph
from projects.depositing.moments import in_words, zone_for
from projects.engine.received import RECEIVED, SENDER, day_of
from projects.models import Dossier, JournalEntry
from projects.procedures.vocabulary import BY_WAY


def acknowledgement_of(dossier: Dossier, entry: JournalEntry) -> Document:
    """Return the acknowledgement of an act that an agent recorded, as the journal keeps it."""
    procedure = dossier.procedure
    move, stage = procedure.move(entry.move), procedure.stage(entry.to_stage)
    zone = zone_for(dossier)
    way = BY_WAY.get(entry.data.get(RECEIVED, {}).get("way", dossier.origin), "")
    sender = next((one.text for one in entry.texts.all() if one.field == SENDER), "")
    snapshot = getattr(entry, "snapshot", None)
    told = (
        ("Dossier", dossier.reference),
        ("Démarche", procedure.title),
        ("Projet", dossier.project.title),
        ("Organisme", dossier.organisation.name if dossier.organisation_id else ""),
        ("Envoi au nom de", sender),
        ("Ce qui est enregistré", move.label),
        ("Récépissé du contenu", f"n° {snapshot.number}, à joindre à cet envoi" if snapshot else ""),
        ("Reçu par", dossier.body.name if dossier.body_id else "À vérifier"),
    )
    blocks = (
        paragraph(Words(f"Reçu {way} le {_day(day_of(entry))}.", strong=True)),
        paragraph(
            f"L'agence l'a saisi pour vous sur le portail le {in_words(entry.at, zone)}. "
            "Les délais partent du jour de réception."
        ),
        items(line(Words(f"{label} : ", strong=True), text) for label, text in told if text),
        Heading("Et maintenant"),
        paragraph(f"{stage.label}. {stage.next_for_applicant}"),
        paragraph("Si ce n'est pas ce que vous avez envoyé, écrivez-le à l'agence en rappelant le numéro du dossier."),
    )
    on = timezone.localtime(entry.at).date()
    foot = f"Portail APIST · dossier {dossier.reference}"
    return Document("Accusé de réception", f"{procedure.title} : {move.label}.", on, foot, blocks)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
