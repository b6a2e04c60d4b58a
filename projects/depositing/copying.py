"""Taking up again what a dossier says in a new one of the same project: for the same procedure, as it is today."""

from datetime import datetime

from django.db import transaction

from projects.engine.door import NotAllowed
from projects.engine.opening import Target, open_dossier
from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.models import Dossier, JournalEntry, Section, SectionVersion
from projects.procedures.catalogue import LATEST
from projects.rights.predicates import acts
from projects.rights.table import Act


@transaction.atomic
def copy_dossier(dossier: Dossier, actor: Actor, at: datetime) -> Dossier:
    """Open a draft with the answers of a dossier and return it; ``NotAllowed`` where the person may not take them up.

    Only the questions that the procedure still asks are carried over. What the project says is shared already; the
    files are not: a date, a signature, a quotation are of one deposit.
    """
    if Act.COPY not in acts(actor.holdings, dossier, editable=dossier.stage_now.editable):
        raise NotAllowed
    procedure = LATEST[dossier.procedure_key]
    target = Target(procedure, dossier.lever, dossier.call, dossier.region, dossier.body)
    new = open_dossier(dossier.project, target, dossier.organisation, actor, at)
    asked = {section.key: {question.key for question in section.questions} for section in procedure.sections}
    carried = []
    for former in Section.objects.filter(dossier=dossier, key__in=asked):
        answers = {key: value for key, value in former.answers.items() if key in asked[former.key]}
        secrets = [key for key in former.secrets if key in answers]
        section = Section.objects.create(
            project=dossier.project, dossier=new, key=former.key, answers=answers, secrets=secrets, version=1,
            changed_at=at, changed_by=actor.user,
        )  # fmt: skip
        SectionVersion.objects.create(section=section, number=1, answers=answers, written_at=at, written_by=actor.user)
        carried.append(former.key)
    with act_on(new.pk, Act.EDIT, actor, at) as desk:
        desk.write(JournalEntry.Kind.SECTION, {"copied_from": dossier.reference, "sections": sorted(carried)})
    return new
