"""Whether the applicant is writing on the portal what they have not sent: nobody sends it in their place.

An agent who enters what came by post freezes the dossier as it is. What the applicant has in hand there is theirs: it
is neither read nor sent before they send it.
"""

from collections.abc import Mapping

from projects.engine.reading import Known, digest_of_content, frozen_content
from projects.engine.received import TYPED
from projects.models import Dossier, JournalEntry, Section
from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import Party

UNSENT = Refusal(
    "unsent",
    "Le porteur a commencé à écrire sur le portail depuis son dernier envoi. Personne ne peut l'envoyer à sa place : "
    "demandez-lui de l'envoyer lui-même, ou d'y reprendre ce que vous avez reçu.",
)


def has_unsent(state: Known) -> bool:
    """Tell whether something differs from the last deposit that no agent entered (six queries, or seven)."""
    dossier = state.dossier
    snapshot = dossier.snapshots.first()
    before, now = snapshot.content if snapshot else {}, frozen_content(state)
    whole = {TYPED[key]: digest_of_content({key: now[key]}) for key in TYPED if now.get(key) != before.get(key)}
    if whole and not _typed_by_agents(dossier, whole):
        return True
    acts = JournalEntry.objects.filter(dossier__project=dossier.project_id, party=Party.ENTERER)
    agents = set(acts.order_by().values_list("actor", flat=True).distinct())
    sent = {(file["piece"], file["sha256"]) for file in before.get("files", ())}
    files = dossier.attachments.present().select_related("added_by")
    if any((one.piece, one.sha256) not in sent and not _is_among(one.added_by, agents) for one in files):
        return True
    sent_answers = before.get("answers", {})
    changed = {key for key, said in now["answers"].items() if _given(said) != _given(sent_answers.get(key, {}))}
    rows = Section.objects.filter(project=dossier.project_id, key__in=changed).select_related("changed_by")
    return any(not _is_among(one.changed_by, agents) for one in rows if one.dossier_id in (None, dossier.pk))


def _typed_by_agents(dossier: Dossier, digests: Mapping[str, str]) -> bool:
    """Tell whether agents typed these as they are now, whole (one query)."""
    acts = dossier.journal.filter(kind=JournalEntry.Kind.SECTION, party=Party.ENTERER).order_by("seq")
    last = {key: data[key] for data in acts.values_list("data", flat=True) for key in digests if key in data}
    return last == dict(digests)


def _given(answers: dict) -> dict:
    return {key: raw for key, raw in answers.items() if raw not in (None, "", [])}


def _is_among(user, agents: set) -> bool:
    return user is not None and user.pseudonym in agents
