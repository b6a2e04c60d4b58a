"""Checking a journal: its chain, its texts, where it leads, and the deposits that it names."""

import hashlib
from dataclasses import dataclass

from projects.engine.chain import TEXTS, Broken, canonical, digest_of_text, first_broken, replay
from projects.engine.journal import links_of
from projects.models import Dossier


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: nothing, or the first thing that does not hold."""

    entries: int
    last_hash: str
    broken: Broken | None = None

    @property
    def is_whole(self) -> bool:
        """Tell whether everything holds."""
        return self.broken is None


def verify(dossier: Dossier) -> Verified:
    """Check everything that a dossier's journal proves, and return the first thing that does not hold.

    A text that was erased is not a fault: its digest remains. One that was changed is.
    """
    links = links_of(dossier)
    broken = first_broken(links) or _texts(dossier) or _state(dossier, links) or _deposits(dossier)
    return Verified(len(links), links[-1].hash if links else "", broken)


def _texts(dossier: Dossier) -> Broken | None:
    for entry in dossier.journal.order_by("seq").prefetch_related("texts"):
        for text in entry.texts.all():
            if entry.data.get(TEXTS, {}).get(text.field) != digest_of_text(text.salt, text.text):
                return Broken(entry.seq, "un texte a changé")
    return None


def _state(dossier: Dossier, links) -> Broken | None:
    end = replay(links)
    if isinstance(end, Broken):
        return end
    if (end.stage, end.version) != (dossier.stage, dossier.version):
        return Broken(links[-1].seq if links else 1, "l'étape du dossier n'est pas celle où mène le journal")
    return None


def _deposits(dossier: Dossier) -> Broken | None:
    frozen = {snapshot.entry_id: snapshot for snapshot in dossier.snapshots.all()}
    for entry in dossier.journal.order_by("seq"):
        if "content" not in entry.data:
            continue
        snapshot = frozen.get(entry.pk)
        if snapshot is None:
            return Broken(entry.seq, "le dépôt figé manque")
        if snapshot.sha256 != entry.data["content"]:
            return Broken(entry.seq, "l'empreinte du dépôt n'est pas celle du journal")
        erased = dossier.erased_at is not None and snapshot.content == {}
        if not erased and hashlib.sha256(canonical(snapshot.content).encode()).hexdigest() != snapshot.sha256:
            return Broken(entry.seq, "le dépôt figé a changé")
    return None
