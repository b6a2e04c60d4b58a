"""Everything that the portal holds of a person, as the files of an archive.

Regulation (EU) 2016/679, articles 15 (access) and 20 (portability): JSON for machines, HTML and CSV for people.
Nothing of anybody else: what others wrote in a common project is theirs, and is not handed out here.
"""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from actors.models import User
from levers.models import Alert
from levers.views.lists import safe_cell
from projects.content.answers import said
from projects.depositing.moments import zone_for
from projects.engine.people import actor_of
from projects.engine.reading import kept_answers
from projects.files.names import safe_name
from projects.models import (
    Attachment,
    Dossier,
    Interest,
    JournalEntry,
    JournalText,
    MailPreference,
    Message,
    Note,
    OpinionRequest,
    Paper,
    Project,
    SectionVersion,
    Share,
    SpecificationComment,
)
from projects.models.files import KeptFile
from projects.procedures.vocabulary import PARTY_LABELS, Party
from projects.retention.accounts import verified_addresses
from projects.retention.archive import Member
from projects.rights.predicates import acts, parties
from projects.rights.table import Act

CARRYING = frozenset({Party.CARRIER, Party.DEPOSITOR})


def members_of(user: User, at: datetime) -> Iterator[Member]:
    """Yield the files of a person's export, the explanation first."""
    readable, carried, open_to = _dossiers(user, at)
    yield _html("lisez-moi.html", "dossiers/personal/export_index.html", {"user": user, "at": at, "dossiers": carried})
    yield _json("compte.json", _account(user))
    yield _json("organismes.json", _organisations(user))
    yield _json("partages.json", _shares(user))
    yield _json("alertes.json", _alerts(user))
    for project in Project.objects.filter(Q(owner=user) | Q(pk__in=_written_in(user))).order_by("pk"):
        yield _json(f"projets/{project.public_id}.json", _project(project, user))
    for dossier in carried:
        yield from _dossier(dossier)
    yield _json("messages.json", _messages(user, readable))
    yield _json("commentaires.json", _comments(user, readable))
    yield _json("grilles.json", _judgements(user))
    yield _json("textes-de-mes-actes.json", _texts(user))
    yield _json("notes.json", _notes(user, readable))
    yield _json("avis.json", _opinions(user))
    yield _json("vues.json", _views(user))
    yield _acts(user)
    yield from _files(user, open_to, Attachment, "pieces")
    yield from _files(user, open_to, Paper, "documents")


def _dossiers(user: User, at: datetime) -> tuple[list[int], list[Dossier], list[int]]:
    """Return the dossiers that the person may read, those they carry, and those whose files they may open."""
    holdings = actor_of(user, at).holdings
    rows = (
        Dossier.objects.visible_to(holdings)
        .with_names()
        .select_related("project__owner", "region")
        .order_by("opened_at", "pk")
    )
    readable, carried, open_to = [], [], []
    for dossier in rows.prefetch_related("participations", "recusals", "snapshots"):
        readable.append(dossier.pk)
        if parties(holdings, dossier) & CARRYING:
            carried.append(dossier)
        if Act.DOWNLOAD in acts(holdings, dossier, editable=dossier.stage_now.editable):
            open_to.append(dossier.pk)
    return readable, carried, open_to


def _account(user: User) -> dict:
    preference = MailPreference.objects.filter(user=user).first()
    return {
        "email": user.email,
        "verified_addresses": verified_addresses(user),
        "full_name": user.full_name,
        "pseudonym": user.pseudonym,
        "joined_at": user.date_joined,
        "last_login": user.last_login,
        "posts": list(user.posts.values("body__name", "role", "since", "until").order_by("since", "pk")),
        "mails_about_dossiers": preference.pace if preference else None,
    }


def _organisations(user: User) -> list[dict]:
    fields = (
        "organisation__name", "organisation__siret", "organisation__finess", "organisation__rpps", "may_manage",
        "may_deposit", "mandate", "since",
    )  # fmt: skip
    return list(user.memberships.order_by("organisation__name").values(*fields))


def _shares(user: User) -> dict:
    fields = ("project__public_id", "project__title", "level", "sent_at", "accepted_at", "revoked_at")
    rows = Share.objects.order_by("sent_at", "pk")
    return {
        "received": list(rows.filter(user=user).values(*fields)),
        "sent": list(rows.filter(invited_by=user).values("email", *fields)),
    }


def _alerts(user: User) -> list[dict]:
    rows = Alert.objects.filter(email__in=verified_addresses(user), state=Alert.State.ACTIVE).order_by("pk")
    return list(rows.values("email", "query", "frequency", "created_at", "confirmed_at", "mails"))


def _written_in(user: User):
    return SectionVersion.objects.filter(written_by=user).values("section__project")


def _project(project: Project, user: User) -> dict:
    """Return a project: whole for who owns it; of another's, what the person wrote there."""
    versions = SectionVersion.objects.filter(section__project=project, written_by=user).order_by("written_at", "pk")
    fields = ("section__key", "section__dossier__reference", "number", "answers", "kept_aside", "written_at")
    held = {"title": project.title, "versions_that_i_wrote": list(versions.values(*fields))}
    if project.owner_id != user.pk:
        return held
    return held | {
        "created_at": project.created_at,
        "origin": project.origin,
        "sections": list(
            project.sections.order_by("key", "pk").values(
                "key", "dossier__reference", "answers", "secrets", "changed_at"
            )
        ),
        "financing": list(
            project.financing.order_by("pk").values("expense", "label", "year", "amount", "payer", "state")
        ),
    }


def _dossier(dossier: Dossier) -> Iterator[Member]:
    """Yield a dossier twice: for machines, with its frozen deposits, and as a page that one reads."""
    kept = kept_answers(dossier)
    folder = f"dossiers/{dossier.reference}"
    yield _json(
        f"{folder}/dossier.json",
        {
            "reference": dossier.reference,
            "project": dossier.project.title,
            "procedure": {"key": dossier.procedure_key, "version": dossier.procedure_version},
            "stage": dossier.stage,
            "status": dossier.macro,
            "opened_at": dossier.opened_at,
            "deposited_at": dossier.deposited_at,
            "ended_at": dossier.ended_at,
            "kept_until": dossier.erase_after,
            "erased_at": dossier.erased_at,
            "answers": kept,
            "deposits": [
                {"number": one.number, "taken_at": one.taken_at, "sha256": one.sha256, "content": one.content}
                for one in dossier.snapshots.all()
            ],
            "decisions": [
                {"number": one.number, "signed_at": one.signed_at, "sha256": one.sha256, "content": one.content}
                for one in dossier.decisions.notified()
            ],
        },
    )
    sections = [
        (section.title, [(one.label, said(one, kept.get(section.key, {}).get(one.key))) for one in section.questions])
        for section in dossier.procedure.sections
    ]
    context = {"dossier": dossier, "sections": sections, "zone": zone_for(dossier)}
    yield _html(f"{folder}/dossier.html", "dossiers/personal/export_dossier.html", context)


def _messages(user: User, readable: list[int]) -> list[dict]:
    rows = Message.objects.filter(author=user, dossier__in=readable).order_by("sent_at", "pk")
    return list(rows.values("dossier__reference", "sent_at", "text"))


def _comments(user: User, readable: list[int]) -> list[dict]:
    rows = SpecificationComment.objects.filter(author=user, dossier__in=readable).order_by("written_at", "pk")
    return list(rows.values("dossier__reference", "section", "question", "written_at", "text", "resolved_at"))


def _notes(user: User, readable: list[int]) -> list[dict]:
    rows = Note.objects.present().filter(author=user, dossier__in=readable).order_by("written_at", "pk")
    return list(rows.values("dossier__reference", "written_at", "edited_at", "text"))


def _opinions(user: User) -> list[dict]:
    """Return the opinions that the person gave, and what was asked of them by name; not the words of the question."""
    rows = OpinionRequest.objects.filter(Q(user=user) | Q(answered_by=user)).order_by("asked_at", "pk")
    given = rows.filter(answered_by=user).in_bulk()
    return [
        {
            "dossier": one.dossier.reference,
            "asked_at": one.asked_at,
            "due_on": one.due_on,
            "ended": one.ending,
            **({"answered_at": one.answered_at, "sense": one.sense, "text": one.text} if one.pk in given else {}),
        }
        for one in rows.select_related("dossier")
    ]


def _views(user: User) -> list[dict]:
    """Return the searches that the person kept, with the team they share each with; those of colleagues are theirs."""
    return list(user.saved_views.values("name", "query", "body__name", "created_at"))


def _judgements(user: User) -> dict:
    """Return the juries where the person sits, what they declared, and the grids that they filled: no one else's."""
    rows = user.judgements.order_by("given_at", "pk")
    fields = ("dossier__reference", "jury__name", "given_at", "marks", "words", "overall", "total", "counts")
    declared = Interest.objects.filter(juror__user=user).order_by("declared_at", "pk")
    return {
        "juries": list(user.jury_seats.order_by("since", "pk").values("jury__name", "since", "left_at")),
        "interests": list(declared.values("candidate__dossier__reference", "conflict", "declared_at")),
        "grids": list(rows.values(*fields)),
    }


def _texts(user: User) -> list[dict]:
    rows = JournalText.objects.filter(entry__actor=user.pseudonym).order_by("entry__at", "pk")
    return list(rows.values("entry__dossier__reference", "entry__at", "entry__kind", "entry__move", "field", "text"))


def _acts(user: User) -> Member:
    """Return the person's acts in the journals, as a sheet that no spreadsheet takes for formulas."""
    text = StringIO()
    sheet = csv.writer(text, delimiter=";", lineterminator="\r\n")
    sheet.writerow(["dossier", "rang", "date", "acte", "geste", "en tant que", "empreinte"])
    labels = dict(JournalEntry.Kind.choices)
    rows = JournalEntry.objects.filter(actor=user.pseudonym).order_by("at", "pk")
    fields = ("dossier__reference", "seq", "at", "kind", "move", "party", "hash")
    for reference, seq, at, kind, move, party, digest in rows.values_list(*fields).iterator(chunk_size=500):
        moment = timezone.localtime(at).isoformat(timespec="minutes")
        cells = [reference, str(seq), moment, labels.get(kind, kind), move, PARTY_LABELS.get(party, party), digest]
        sheet.writerow([safe_cell(cell) for cell in cells])
    return Member("mes-actes.csv", text.getvalue().encode("utf-8-sig"))


def _files(user: User, open_to: list[int], model: type[KeptFile], folder: str) -> Iterator[Member]:
    """Yield the list of the files of one sort that the person joined, then those that may be opened."""
    rows = list(model.objects.filter(added_by=user).select_related("dossier").order_by("added_at", "pk"))
    listed, given = [], []
    for rank, row in enumerate(rows, start=1):
        may = row.may_be_opened and row.dossier_id in open_to and row.file.storage.exists(row.file.name)
        path = f"{folder}/{rank:04d}-{safe_name(row.name)}" if may else None
        listed.append(
            {
                "dossier": row.dossier.reference,
                "name": row.name,
                "size": row.size,
                "sha256": row.sha256,
                "added_at": row.added_at,
                "removed_at": row.removed_at,
                "scan": row.scan,
                "in_this_archive": path,
                **({"piece": row.piece} if isinstance(row, Attachment) else {"sort": row.sort, "words": row.words}),
            }
        )
        if path:
            given.append((path, row))
    yield _json(f"{folder}.json", listed)
    for path, row in given:
        yield Member(path, row.file.open("rb"))


def _json(path: str, content: object) -> Member:
    return Member(path, json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode())


def _html(path: str, template: str, context: dict) -> Member:
    return Member(path, render_to_string(template, context).encode())
