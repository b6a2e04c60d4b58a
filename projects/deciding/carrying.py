"""Taking a refused or redirected dossier to the lever proposed instead, in one click: nothing is typed twice."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from levers.models import Lever
from projects.engine.door import NotAllowed
from projects.engine.opening import Target
from projects.engine.people import Actor
from projects.engine.reading import records
from projects.engine.recording import act_on
from projects.models import Dossier, JournalEntry, Section, SectionVersion
from projects.preparing.opening import Wish, body_for, open_wish, procedure_for
from projects.procedures.shared_moves import ORIENTATION_LEVER
from projects.procedures.vocabulary import Macro, Scope
from projects.rights.predicates import acts
from projects.rights.table import Act

OVER = frozenset({Macro.REFUSED, Macro.REDIRECTED})


def other_lever(dossier: Dossier, entries, at: datetime) -> Lever | None:
    """Return the lever proposed instead, once the applicant was told; None where it cannot be asked for."""
    if Macro(dossier.macro) not in OVER:
        return None
    slug = records(dossier.procedure, entries).get(ORIENTATION_LEVER)
    lever = Lever.objects.published().filter(slug=slug).first() if slug else None
    if lever is None or procedure_for(lever, None, timezone.localtime(at).date()) is None:
        return None
    return lever


@transaction.atomic
def carry_over(dossier: Dossier, lever: Lever, actor: Actor, at: datetime) -> Dossier:
    """Open the dossier of another lever in the same project, with the answers that it asks too, and return it.

    ``NotAllowed`` where the person may not take them up. Asked twice, the same draft comes back.
    """
    if Act.COPY not in acts(actor.holdings, dossier, editable=dossier.stage_now.editable):
        raise NotAllowed
    procedure = procedure_for(lever, None, timezone.localtime(at).date())
    if procedure is None:
        raise NotAllowed
    target = Target(procedure, lever, None, dossier.region, body_for(dossier.region, None))
    new = open_wish(Wish(target, project=dossier.project), actor, at)
    asked = {
        section.key: {question.key for question in section.questions}
        for section in procedure.sections
        if section.scope is Scope.DOSSIER
    }
    there = set(Section.objects.filter(dossier=new).values_list("key", flat=True))
    carried = []
    for former in Section.objects.filter(dossier=dossier, key__in=set(asked) - there):
        answers = {key: value for key, value in former.answers.items() if key in asked[former.key]}
        secrets = [key for key in former.secrets if key in answers]
        section = Section.objects.create(
            project=dossier.project, dossier=new, key=former.key, answers=answers, secrets=secrets, version=1,
            changed_at=at, changed_by=actor.user,
        )  # fmt: skip
        SectionVersion.objects.create(section=section, number=1, answers=answers, written_at=at, written_by=actor.user)
        carried.append(former.key)
    if carried:
        with act_on(new.pk, Act.EDIT, actor, at) as desk:
            desk.write(JournalEntry.Kind.SECTION, {"copied_from": dossier.reference, "sections": sorted(carried)})
    return new
