"""Who reaches a project: the same table as for dossiers, asked of a query and of a row."""

from itertools import product

import pytest

from projects.access import holdings_of
from projects.models import Project, Share
from projects.procedures.vocabulary import Party
from projects.rights.holdings import NOBODY
from projects.rights.predicates import parties, project_acts, project_parties
from projects.rights.table import Act, project_rights
from tests import factories, people_factories
from tests.dossier_factories import NOW, make_dossier, make_project

pytestmark = pytest.mark.django_db


def share(project, user, level, **fields):
    defaults = {"sent_at": NOW, "expires_at": NOW, "accepted_at": NOW, "token_digest": str(factories.number())}
    return Share.objects.create(project=project, email=user.email, user=user, level=level, **defaults | fields)


def people_and_projects():
    owner, member, depositor, editor, reader, invited, revoked, officer, stranger = (
        factories.make_user() for _ in range(9)
    )
    organisation = people_factories.make_organisation()
    people_factories.make_membership(organisation, member, may_deposit=False)
    people_factories.make_membership(organisation, depositor)
    people_factories.make_post(user=officer)
    projects = [make_project(owner, organisation=organisation), make_project(owner), make_project(stranger)]
    for project in projects[:2]:
        share(project, editor, Share.Level.EDITOR)
        share(project, reader, Share.Level.READER)
        share(project, invited, Share.Level.EDITOR, accepted_at=None)
        share(project, revoked, Share.Level.EDITOR, revoked_at=NOW)
    return {
        "owner": owner, "member": member, "depositor": depositor, "editor": editor, "reader": reader,
        "invited": invited, "revoked": revoked, "officer": officer, "stranger": stranger,
    }, projects  # fmt: skip


def test_the_query_and_the_predicate_agree_for_everybody_and_every_project():
    people, projects = people_and_projects()
    for user, project in product(people.values(), projects):
        holdings = holdings_of(user, NOW)
        found = Project.objects.visible_to(holdings).filter(pk=project.pk).exists()
        assert found is bool(project_parties(holdings, project))
    assert not Project.objects.visible_to(NOBODY).exists()
    assert project_acts(NOBODY, projects[0]) == frozenset()


def test_who_reaches_the_project_of_an_organisation_and_as_what():
    people, (project, _, _) = people_and_projects()
    found = {name: project_parties(holdings_of(user, NOW), project) for name, user in people.items()}
    assert found == {
        "owner": {Party.CARRIER}, "member": {Party.CARRIER}, "depositor": {Party.CARRIER, Party.DEPOSITOR},
        "editor": {Party.EDITOR}, "reader": {Party.READER}, "invited": set(), "revoked": set(), "officer": set(),
        "stranger": set(),
    }  # fmt: skip


def test_what_each_may_do_there():
    people, (project, _, _) = people_and_projects()
    acts = {name: project_acts(holdings_of(user, NOW), project) for name, user in people.items()}
    assert {name for name, may in acts.items() if Act.EDIT in may} == {"owner", "member", "depositor", "editor"}
    assert {name for name, may in acts.items() if Act.SHARE in may} == {"owner", "member", "depositor"}
    assert acts["reader"] == {Act.READ, Act.DOWNLOAD}


def test_whoever_reaches_a_project_reads_its_drafts_and_nobody_else_does():
    people, (project, _, _) = people_and_projects()
    dossier = make_dossier(project.owner, project=project, organisation=project.organisation)
    for user in people.values():
        holdings = holdings_of(user, NOW)
        assert bool(parties(holdings, dossier)) is bool(project_parties(holdings, project))


def test_the_rows_that_reach_a_project_are_those_of_the_table():
    assert [right.party for right, _ in project_rights()] == [
        Party.CARRIER, Party.CARRIER, Party.DEPOSITOR, Party.EDITOR, Party.READER,
    ]  # fmt: skip
