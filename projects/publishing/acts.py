"""The acts of a publication, one door each: proposing words, answering them, publishing, taking back."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from actors.models import Source, User
from projects.actions import publish_experiment, unpublish_experiment
from projects.engine.door import Refused
from projects.engine.mails import News, tell_agents, tell_applicants
from projects.engine.people import Actor
from projects.engine.reading import records
from projects.engine.recording import Desk, act_on
from projects.engine.register import write_dates
from projects.models import Dossier, Experiment, JournalEntry, Participant, Publication, PublicWording
from projects.procedures.conditions import Refusal
from projects.publishing.rules import refusals, unagreed, was_granted
from projects.rights.table import Act

Field, State = PublicWording.Field, PublicWording.State
CURRENT = (State.WAITING, State.AGREED, State.REFUSED)
REVIEWED_WITHIN = timedelta(days=365)
OF_CARRIER, OF_AGENCY = "dossier-carrier", "dossier-agency"


def current_wordings(dossier: Dossier) -> dict[str, PublicWording]:
    """Return the proposal in force for each field (one query)."""
    return {row.field: row for row in dossier.public_wordings.filter(state__in=CURRENT)}


def waits_for_consent(dossier: Dossier) -> bool:
    """Tell whether the applicant has words to say yes or no to (one query)."""
    return dossier.public_wordings.filter(state=State.WAITING).exists()


def refused_now(dossier: Dossier) -> tuple[Refusal, ...]:
    """Return why nothing of a dossier may be public now (one query)."""
    reached = dossier.journal.filter(kind=JournalEntry.Kind.MOVE).values_list("to_stage", flat=True)
    macros = [dossier.procedure.stage(stage).macro for stage in reached]
    return refusals(dossier, was_granted=was_granted(macros))


def propose(dossier_id: int, texts: Mapping[str, str], actor: Actor, at: datetime) -> list[PublicWording]:
    """Propose words to the applicant, for the fields whose words are new; the rest stays as it was answered."""
    with act_on(dossier_id, Act.PUBLISH, actor, at) as desk:
        _refuse(refused_now(desk.dossier))
        known, made = current_wordings(desk.dossier), []
        for field, text in texts.items():
            before = known.get(field)
            if not text.strip() or (before and before.sha256 == _digest(text)):
                continue
            if before:
                before.state, before.text = State.REPLACED, ""
                before.save(update_fields=["state", "text"])
            row = PublicWording(dossier=desk.dossier, field=field, text=text, sha256=_digest(text))
            row.proposed_at, row.proposed_by = at, actor.user
            row.save()
            made.append(row)
        if made:
            entry = desk.write(JournalEntry.Kind.PUBLISHED, {"proposed": {row.field: row.sha256 for row in made}})
            words = (f"L'agence propose de faire connaître le projet du dossier {desk.dossier.reference}.",
                     "Rien ne paraît sans votre accord, champ par champ.")  # fmt: skip
            tell_applicants(desk.dossier, entry, News("Votre accord est demandé pour une publication", words), at)
    return made


def answer(dossier_id: int, answers: Mapping[str, bool], actor: Actor, at: datetime) -> None:
    """Say yes or no to words, field by field. Taking back a yes hides at once what it allowed."""
    with act_on(dossier_id, Act.CONSENT, actor, at) as desk:
        said = write_answers(desk, answers, actor.user)
        if said:
            entry = desk.write(JournalEntry.Kind.CONSENTED, {"said": said})
            words = (f"Le porteur du dossier {desk.dossier.reference} a répondu sur ce qui peut être public.",)
            tell_agents(desk.dossier, entry, News("Réponse sur une publication", words), at)


def write_answers(desk: Desk, answers: Mapping[str, bool], by: User | None) -> dict[str, list[str]]:
    """Write a yes or a no to the words of each field, on a locked dossier; return what changed, for the journal."""
    said, known = {}, current_wordings(desk.dossier)
    for field, agreed in answers.items():
        row = known.get(field)
        state = State.AGREED if agreed else State.REFUSED
        if row is None or row.state == state:
            continue
        if row.state == State.AGREED and not row.text:  # published already: what it allowed goes
            _hide(desk.dossier, field)
            state = State.WITHDRAWN
        row.state, row.answered_at, row.answered_by = state, desk.at, by
        row.save(update_fields=["state", "answered_at", "answered_by"])
        said[field] = [state, row.sha256]
    return said


def publish(dossier_id: int, reach: str, actor: Actor, at: datetime) -> Experiment:
    """Enter a dossier in the register, or bring its words up to date, with what is agreed and nothing else."""
    with act_on(dossier_id, Act.PUBLISH, actor, at) as desk:
        dossier = desk.dossier
        _refuse(refused_now(dossier))
        known = current_wordings(dossier)
        if lacking := unagreed({field: row.state for field, row in known.items()}):
            names = ", ".join(Field(field).label.lower() for field in lacking)
            _refuse((Refusal("not-agreed", f"Il manque l'accord du porteur pour : {names}."),))
        experiment = _entry_of(dossier, known, reach, at)
        _write_words(experiment, dossier, known)
        write_dates(experiment, dossier, _records(dossier))
        try:
            publish_experiment(experiment, agreed=True)
        except ValidationError as error:
            _refuse((Refusal("incomplete", " ".join(error.messages)),))
        fields = {field: row.sha256 for field, row in known.items() if row.state == State.AGREED}
        desk.write(JournalEntry.Kind.PUBLISHED, {"published": fields, "slug": experiment.slug})
    return experiment


def take_back(dossier_id: int, actor: Actor, at: datetime) -> None:
    """Hide the entry of a dossier; always possible."""
    with act_on(dossier_id, Act.PUBLISH, actor, at) as desk:
        publication = Publication.objects.select_related("experiment").filter(dossier=desk.dossier).first()
        if publication is None:
            raise Refused((Refusal("not-published", "Ce dossier n'est pas au registre."),))
        unpublish_experiment(publication.experiment)
        desk.write(JournalEntry.Kind.PUBLISHED, {"hidden": publication.experiment.slug})


def _refuse(reasons: tuple[Refusal, ...]) -> None:
    if reasons:
        raise Refused(reasons)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _records(dossier: Dossier) -> dict:
    return records(dossier.procedure, dossier.journal.order_by("seq").prefetch_related("texts"))


def _entry_of(dossier: Dossier, known: Mapping[str, PublicWording], reach: str, at: datetime) -> Experiment:
    """Return the entry of a dossier; a draft where it has none yet."""
    publication = Publication.objects.select_related("experiment").filter(dossier=dossier).first()
    if publication is not None:
        experiment = publication.experiment
        experiment.reach = reach
        experiment.save(update_fields=["reach"])
        return experiment
    on = timezone.localtime(at).date()
    title = known[Field.TITLE].text
    experiment = Experiment.objects.create(
        slug=f"{slugify(title)[:60].strip('-') or 'projet'}-{dossier.reference.lower()}",
        title=title, short_name=title[:80], summary=known[Field.SUMMARY].text, text=known[Field.TEXT].text,
        reach=reach, lever=dossier.lever, source=_source(dossier, on), locator=f"Dossier {dossier.reference}",
        verified_on=on, review_due=on + REVIEWED_WITHIN,
    )  # fmt: skip
    if dossier.region_id:
        experiment.regions.add(dossier.region_id)
    Publication.objects.create(dossier=dossier, experiment=experiment, made_at=at)
    return experiment


def _source(dossier: Dossier, on) -> Source:
    """Return the source of entries that an administration makes from its dossiers."""
    body = dossier.body
    defaults = {
        "title": f"Dossiers décidés par {body.name}", "kind": Source.Kind.OFFICIAL, "publisher": body.name,
        "reliability": Source.Reliability.PRIMARY, "verified_on": on, "review_due": on + REVIEWED_WITHIN,
    }  # fmt: skip
    return Source.objects.get_or_create(slug=f"dossiers-{body.code}", defaults=defaults)[0]


def _write_words(experiment: Experiment, dossier: Dossier, known: Mapping[str, PublicWording]) -> None:
    """Write in the register the words that are agreed and not there yet; from then on they are there alone."""
    for field, row in known.items():
        if row.state != State.AGREED or not row.text:
            continue
        if field == Field.ORGANISATION:
            _participant(experiment, dossier, OF_CARRIER, row.text, Participant.Role.CARRIER)
        elif field == Field.DEPARTMENT:
            if dossier.organisation and dossier.organisation.department_id:
                experiment.departments.set([dossier.organisation.department_id])
        else:
            setattr(experiment, field, row.text)
            if field == Field.TITLE:
                experiment.short_name = row.text[:80]
            experiment.save()
        row.text = ""
        row.save(update_fields=["text"])
    _participant(experiment, dossier, OF_AGENCY, dossier.body.name, Participant.Role.PARTNER)


def _participant(experiment: Experiment, dossier: Dossier, key: str, name: str, role: str) -> None:
    defaults = {"name": name, "role": role, "region": dossier.region, "position": 0 if key == OF_CARRIER else 1}
    defaults |= {field: getattr(experiment, field) for field in ("source", "verified_on", "review_due")}
    Participant.objects.update_or_create(experiment=experiment, key=key, defaults=defaults)


def _hide(dossier: Dossier, field: str) -> None:
    """Take out of the register what a consent no longer allows; without its title or its words, the whole entry."""
    publication = Publication.objects.select_related("experiment").filter(dossier=dossier).first()
    if publication is None:
        return
    experiment = publication.experiment
    if field == Field.ORGANISATION:
        experiment.participants.filter(key=OF_CARRIER).delete()
    elif field == Field.DEPARTMENT:
        experiment.departments.clear()
    elif field == Field.POPULATION:
        experiment.population = ""
        experiment.save(update_fields=["population"])
    else:
        unpublish_experiment(experiment)
