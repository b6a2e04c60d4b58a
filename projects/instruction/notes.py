"""What a team keeps for itself about a dossier: notes of its body, labels. Nobody else ever reads them."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.text import slugify

from actors.models import Body
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import Actor
from projects.engine.recording import Desk, act_on
from projects.models import Dossier, DossierLabel, Label, Note
from projects.procedures.conditions import Refusal
from projects.rights.table import Act

MOST_LABELS = 100
"""Labels of a body: beyond, nobody finds the right one."""

TOO_MANY = Refusal("labels", f"Votre service a déjà {MOST_LABELS} étiquettes : servez-vous de l'une d'elles.")
NO_WORD = Refusal("label", "Une étiquette a au moins une lettre ou un chiffre.")


def body_of(actor: Actor, dossier: Dossier) -> Body | None:
    """Return the body for which a person notes something: the one that instructs, where they serve there.

    The others have no notes here: what they write is an opinion, and the agency reads it.
    """
    return dossier.body if dossier.body_id in actor.holdings.of("served_bodies") else None


def notes_of(dossier: Dossier, body: Body | None) -> QuerySet[Note]:
    """Return the notes of one body about a dossier, the last one first; none of the others."""
    return dossier.notes.present().filter(body=body).select_related("author") if body else Note.objects.none()


def write_note(dossier_id: int, text: str, actor: Actor, at: datetime) -> Note:
    """Write a note; the journal is not told of it: it is no act, and nobody else may know."""
    with act_on(dossier_id, Act.NOTE, actor, at) as desk:
        body = _body(actor, desk.dossier)
        return Note.objects.create(dossier=desk.dossier, body=body, author=actor.user, text=text, written_at=at)


def correct_note(note: Note, text: str, actor: Actor, at: datetime) -> None:
    """Correct one's own note; ``NotAllowed`` for another's, or once it is removed."""
    with act_on(note.dossier_id, Act.NOTE, actor, at) as desk:
        row = _own(note, desk)
        row.text, row.edited_at = text, at
        row.save(update_fields=["text", "edited_at"])


def remove_note(note: Note, actor: Actor, at: datetime) -> None:
    """Remove one's own note: its text goes at once."""
    with act_on(note.dossier_id, Act.NOTE, actor, at) as desk:
        row = _own(note, desk)
        row.text, row.removed_at = "", at
        row.save(update_fields=["text", "removed_at"])


def _own(note: Note, desk: Desk) -> Note:
    body = _body(desk.actor, desk.dossier)
    row = desk.dossier.notes.present().filter(pk=note.pk, body=body, author=desk.actor.user).first()
    if row is None:
        raise NotAllowed
    return row


def _body(actor: Actor, dossier: Dossier) -> Body:
    body = body_of(actor, dossier)
    if body is None:
        raise NotAllowed
    return body


def put_label(dossier_id: int, name: str, actor: Actor, at: datetime) -> DossierLabel:
    """Put a label on a dossier, made where the body has none of this name; put twice, it is there once."""
    with act_on(dossier_id, Act.NOTE, actor, at) as desk:
        body = _body(actor, desk.dossier)
        slug = slugify(name)
        if not slug:
            raise Refused((NO_WORD,))
        label = body.labels.filter(slug=slug).first()
        if label is None:
            if body.labels.count() >= MOST_LABELS:
                raise Refused((TOO_MANY,))
            label, _ = Label.objects.get_or_create(body=body, slug=slug, defaults={"name": name})
        put, _ = DossierLabel.objects.get_or_create(
            dossier=desk.dossier, label=label, defaults={"put_by": actor.user, "put_at": at}
        )
    return put


def take_label(put: DossierLabel, actor: Actor, at: datetime) -> None:
    """Take a label away; one that is on no dossier any more is gone with it."""
    with act_on(put.dossier_id, Act.NOTE, actor, at) as desk:
        if put.label.body != _body(actor, desk.dossier):
            raise NotAllowed
        DossierLabel.objects.filter(pk=put.pk).delete()
        if not put.label.puts.exists():
            put.label.delete()
