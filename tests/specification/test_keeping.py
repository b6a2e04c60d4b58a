"""What people wrote of a specification goes with the dossier; what somebody wrote is in what they take away."""

import json

import pytest

from projects.engine.people import THE_PORTAL, actor_of
from projects.engine.recording import as_the_portal
from projects.engine.verifying import verify
from projects.instruction.agencies import ask_to_lead, associate
from projects.models import EnvisagedProject, JournalText
from projects.retention.erasing import erase
from projects.retention.export import members_of
from projects.specification.commenting import About, comment
from projects.specification.reading import versions_of
from tests.dossier_factories import NOW
from tests.envisaged.test_board import make_envisaged
from tests.people_factories import make_agency_body

pytestmark = pytest.mark.django_db

SECRET = "Une phrase que plus personne ne doit lire"


def test_comments_figures_and_reasons_go_with_the_dossier(dossier, agent, head):
    comment(dossier.pk, About("terrain"), SECRET, actor_of(agent, NOW), NOW)
    associate(dossier.pk, make_agency_body("76"), actor_of(head, NOW), NOW)
    ask_to_lead(dossier.pk, make_agency_body("76"), SECRET, actor_of(head, NOW), NOW)
    row = make_envisaged(dossier=dossier)
    with as_the_portal(dossier.pk, NOW, THE_PORTAL) as desk:
        entry = erase(desk, {"why": "test"})
    assert entry.data["counts"]["comments"] == 1
    assert not dossier.comments.exists()
    assert not dossier.model_lines.exists()
    assert dossier.leader_changes.get().reason == ""
    assert not JournalText.objects.filter(entry__dossier=dossier).exists()
    assert all(one.is_erased for one in versions_of(dossier))
    assert EnvisagedProject.objects.get(pk=row.pk).dossier is None
    assert verify(dossier).is_whole


def test_what_somebody_commented_is_in_what_they_take_away_and_nobody_else_s(dossier, applicant, agent):
    comment(dossier.pk, About("terrain"), "Le mien", actor_of(applicant, NOW), NOW)
    comment(dossier.pk, About("terrain"), "Celui d'un autre", actor_of(agent, NOW), NOW)
    (member,) = [one for one in members_of(applicant, NOW) if one.path == "commentaires.json"]
    assert [one["text"] for one in json.loads(member.content)] == ["Le mien"]
