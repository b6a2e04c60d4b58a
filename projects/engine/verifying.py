"""Checking a journal: its chain, its end, its texts, where it leads, the deposits and the decisions that it names."""

from dataclasses import dataclass

from projects.engine.chain import TEXTS, Broken, Link, digest_of_text, first_broken, replay
from projects.engine.journal import link_of
from projects.engine.reading import digest_of_content
from projects.models import Decision, Dossier, JournalEntry


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
    """Check everything that a dossier's journal proves, and return the first thing that does not hold (four queries).

    A text that was erased is not a fault: its digest remains. One that was changed is. The row of the dossier is
    read with its acts, in one statement: an act written meanwhile is seen whole or not at all.
    """
    entries = list(dossier.journal.order_by("seq").select_related("dossier").prefetch_related("texts"))
    dossier = entries[0].dossier if entries else Dossier.objects.get(pk=dossier.pk)
    links = [link_of(entry, dossier.reference) for entry in entries]
    broken = (
        first_broken(links)
        or _end(dossier, links)
        or _texts(entries)
        or _state(dossier, links)
        or _deposits(dossier, entries)
        or _decisions(dossier, entries)
    )
    return Verified(len(links), links[-1].hash if links else "", broken)


def _end(dossier: Dossier, links: list[Link]) -> Broken | None:
    """Compare where the journal ends with where the dossier says that it does."""
    if len(links) < dossier.journal_length:
        return Broken(len(links) + 1, f"l'acte n° {len(links) + 1} manque à la fin")
    if len(links) > dossier.journal_length:
        return Broken(dossier.journal_length + 1, "il a été ajouté sans passer par le portail")
    if links and links[-1].hash != dossier.journal_hash:
        return Broken(links[-1].seq, "ce n'est pas le dernier acte que le dossier connaît")
    return None


def _texts(entries: list[JournalEntry]) -> Broken | None:
    for entry in entries:
        for text in entry.texts.all():
            if entry.data.get(TEXTS, {}).get(text.field) != digest_of_text(text.salt, text.text):
                return Broken(entry.seq, "un texte a changé")
    return None


def _state(dossier: Dossier, links: list[Link]) -> Broken | None:
    """Compare where the dossier stands with where its journal leads."""
    end = replay(links)
    if isinstance(end, Broken):
        return end
    last = max((link.seq for link in links if link.stage_version is not None), default=1)
    if (end.stage, end.version) != (dossier.stage, dossier.version):
        return Broken(last, "l'étape du dossier n'est pas celle où mène le journal")
    if links and (dossier.macro, dossier.turn) != (dossier.stage_now.macro, dossier.stage_now.turn):
        return Broken(last, "le statut du dossier n'est pas celui de son étape")
    return None


def _deposits(dossier: Dossier, entries: list[JournalEntry]) -> Broken | None:
    """Compare each deposit with what its act says; an emptied one is a fault unless the journal says the erasure."""
    written = dossier.snapshots.filter(entry__seq__lte=len(entries))
    frozen = {snapshot.entry_id: snapshot for snapshot in written}
    erased = any(entry.kind == JournalEntry.Kind.PURGED for entry in entries)
    deposits = [entry for entry in entries if "content" in entry.data]
    for entry in deposits:
        snapshot = frozen.pop(entry.pk, None)
        if snapshot is None:
            return Broken(entry.seq, "le dépôt figé manque")
        if snapshot.sha256 != entry.data["content"]:
            return Broken(entry.seq, "l'empreinte du dépôt n'est pas celle du journal")
        if erased and snapshot.content == snapshot.circumstances == {}:
            continue
        kept = (digest_of_content(snapshot.content), digest_of_content(snapshot.circumstances))
        if kept != (snapshot.sha256, entry.data["circumstances"]):
            return Broken(entry.seq, "le dépôt figé a changé")
    for snapshot in frozen.values():
        seq = next((entry.seq for entry in entries if entry.pk == snapshot.entry_id), 1)
        return Broken(seq, "un dépôt figé ne vient pas d'un dépôt")
    here = [entry for entry in deposits if not dossier.procedure.move(entry.move).external]
    if dossier.deposited_at != (here[0].at if here else None):
        return Broken(here[0].seq if here else 1, "la date de dépôt n'est pas celle du journal")
    return None


def _decisions(dossier: Dossier, entries: list[JournalEntry]) -> Broken | None:
    """Compare each signed document with what the act of its signature says: its number, its digest, its words."""
    signed = {one.entry_id: one for one in dossier.decisions.filter(entry__seq__lte=len(entries))}
    erased = any(entry.kind == JournalEntry.Kind.PURGED for entry in entries)
    for entry in entries:
        if "decision" in entry.data:
            fault = _fault_of(signed.pop(entry.pk, None), entry.data["decision"], erased=erased)
            if fault:
                return Broken(entry.seq, fault)
    for one in signed.values():
        seq = next((entry.seq for entry in entries if entry.pk == one.entry_id), 1)
        return Broken(seq, f"la décision n° {one.number} ne vient pas d'une signature")
    return None


def _fault_of(decision: Decision | None, said: dict, *, erased: bool) -> str:
    """Return what does not hold in a signed document; empty where everything does, or where it was erased."""
    number = said["number"]
    if decision is None:
        return f"la décision n° {number} manque"
    if decision.number != number:
        return f"la décision n° {number} porte un autre numéro : {decision.number}"
    if decision.sha256 != said["sha256"]:
        return f"l'empreinte de la décision n° {number} n'est pas celle du journal"
    if erased and decision.content == {}:
        return ""
    if digest_of_content(decision.content) != decision.sha256:
        return f"les mots de la décision n° {number} ont changé"
    return ""
