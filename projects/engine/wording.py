"""The words of a document: those of its draft, else of the template that serves, with the values of a dossier."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone

from levers.models import Lever
from projects.engine.amended import prepared
from projects.engine.paying import AFTER_A_GRANT, instalments_of
from projects.engine.reading import Known, digest_of_content
from projects.engine.signatories import other_signatory
from projects.engine.terms import carrier_signed, in_words
from projects.letters.choosing import best_of, key_for, sort_of
from projects.letters.defaults import DEFAULTS
from projects.letters.substitution import fill
from projects.models import Decision, DecisionDraft, Dossier, JournalEntry, LetterTemplate
from projects.procedures.shared_moves import ORIENTATION_LEVER
from projects.procedures.types import Move
from projects.procedures.vocabulary import Value


def words_of(state: Known, move: Move, corrects: Decision | None = None) -> tuple[str, str]:
    """Return the subject and the words of a decision: those of its draft, else of the template that serves."""
    draft = state.dossier.drafts.filter(sort=sort_of(move)).first()
    if draft is not None:
        return draft.subject, draft.text
    return from_template(state, key_for(move, recorded(state)), corrects)


def from_template(state: Known, key: str, corrects: Decision | None = None) -> tuple[str, str]:
    """Return the subject and the words that the template of a letter gives on a dossier."""
    template = template_for(state.dossier, key, timezone.localtime(state.facts.at).date())
    values = values_of(state, corrects)
    return " ".join(fill(template.subject, values).split())[:200], fill(template.text, values)


def template_for(dossier: Dossier, key: str, on: date):
    """Return the template that serves on a day: the nearest of the curators', else of the repository."""
    rows = list(LetterTemplate.objects.in_force(on).filter(key=key))
    nearest = best_of(rows, dossier.procedure_key, dossier.body_id)
    given = [one for one in DEFAULTS if one.key == key]
    return nearest or best_of(given, dossier.procedure_key, None)


def recorded(state: Known) -> Mapping[str, Value]:
    """Return what acts recorded, those of this move included; what a later answer no longer calls for is left out."""
    known = {**state.facts.records, **state.facts.given}
    asked = {one.key for move in state.dossier.procedure.moves for one in move.fields if one.is_asked(known)}
    return {key: value for key, value in known.items() if key in asked}


def values_of(state: Known, corrects: Decision | None = None) -> dict[str, str]:
    """Return the values of the variables of a template on a dossier, as words."""
    dossier, said = state.dossier, recorded(state)
    organisation = dossier.organisation
    received = timezone.localtime(dossier.deposited_at).date() if dossier.deposited_at else None
    given, before = state.facts.given, state.facts.records
    ends = given.get("corrected_ends_on") or said.get("exercise_ends_on") or said.get("ends_on")
    amount = given.get("corrected_amount") or given.get("amended_amount") or said.get("amount_granted")
    rows, group = instalments_of(dossier) if dossier.macro in AFTER_A_GRANT else [], other_signatory(dossier)
    return {
        "reference": dossier.reference,
        "projet": dossier.project.title,
        "organisme": organisation.name if organisation else _owner(dossier),
        "siret": organisation.siret if organisation else "",
        "demarche": dossier.procedure.title,
        "groupement": group.name if group else "",
        "levier": dossier.lever.title if dossier.lever_id else "",
        "appel": dossier.call.title if dossier.call_id else "",
        "agence": dossier.body.name if dossier.body_id else "",
        "date_depot": in_words(received),
        "service": str(said.get("service") or ""),
        "service_contact": str(said.get("service_contact") or ""),
        "montant": in_words(amount),
        "montant_annuel": in_words(said.get("amount_per_year")),
        "fin_exercice": in_words(ends),
        "duree_mois": in_words(said.get("months_authorised")),
        "motifs": _motives(state, said),
        "comite_le": in_words(said.get("committee_on")),
        "autre_levier": _lever(said),
        "decision_rectifiee": corrects.number if corrects else "",
        "rectification": str(given.get("correction_words") or ""),
        "convention": agreement_number(dossier),
        "signature_porteur": in_words(carrier_signed(state)),
        "echeancier": str(rows[0].schedule.number) if rows else "",
        "avenant_motif": str(said.get("amendment_reason") or said.get("amendment_words") or ""),
        "montant_avant": in_words(before.get("amount_granted")),
        "fin_avant": in_words(before.get("exercise_ends_on")),
    }


def _motives(state: Known, said: Mapping[str, Value]) -> str:
    """Return the reasons: those given with the act itself first, then the last ones that were recorded."""
    names = ("correction_reason", "reason", "granted_words", "motives")
    for given in (state.facts.given, said):
        for name in names if given is state.facts.given else ("motives", "reason", "granted_words"):
            if given.get(name):
                return str(given[name])
    return ""


def _lever(said: Mapping[str, Value]) -> str:
    """Return the title of the lever that is proposed instead; empty where the catalogue has none of that name."""
    slug = said.get(ORIENTATION_LEVER)
    return (Lever.objects.published().filter(slug=slug).values_list("title", flat=True).first() or "") if slug else ""


def _owner(dossier: Dossier) -> str:
    owner = dossier.project.owner
    return owner.full_name if owner else ""


def agreement_number(dossier: Dossier) -> str:
    """Return the number of the agreement in force; empty where none was signed here."""
    last = agreement_of(dossier)
    return last.number if last else ""


def agreement_of(dossier: Dossier) -> Decision | None:
    """Return the last agreement that was signed and handed over (one query)."""
    return dossier.decisions.notified().filter(key="agreement").order_by("-signed_at", "-pk").first()


def digest_of_draft(dossier: Dossier, move: Move, entries: Iterable[JournalEntry]) -> str:
    """Return the digest of the words that a move signs, or attests, as a page shows them."""
    return digests_of_drafts({dossier.pk: move}, {dossier.pk: entries})[dossier.pk]


def digests_of_drafts(moves: Mapping[int, Move], journals: Mapping[int, Iterable[JournalEntry]]) -> dict[int, str]:
    """Return the same for many dossiers, by number (one query); without a draft, the template will serve.

    Of an amendment, what was prepared counts as well as the words: both are signed.
    """
    found = DecisionDraft.objects.filter(dossier__in=moves)
    drafts = {(one.dossier_id, one.sort): one for one in found}
    return {pk: _digest(drafts.get((pk, sort_of(move))), move, journals[pk]) for pk, move in moves.items()}


def digest_of_words(draft: DecisionDraft | None) -> str:
    """Return the digest of the words of a draft."""
    return digest_of_content({"subject": draft.subject, "text": draft.text} if draft else {})


def _digest(draft: DecisionDraft | None, move: Move, entries: Iterable[JournalEntry]) -> str:
    if not move.amends:
        return digest_of_words(draft)
    waiting = prepared(entries)
    said = {"subject": draft.subject, "text": draft.text} if draft else {}
    return digest_of_content(said | {"prepared": waiting.seq if waiting else 0})
