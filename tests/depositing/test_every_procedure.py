"""Every procedure of the catalogue has its applicant's pages, from the draft to the proof that it was deposited."""

import pytest

from projects.procedures.catalogue import LATEST
from projects.procedures.types import Procedure
from projects.views.deposit import chosen_deposit
from projects.views.entry import Visit, visit
from tests import factories
from tests.dossier_factories import fill, make_dossier
from tests.people_factories import make_organisation

pytestmark = pytest.mark.django_db

REAL = [pytest.param(one, id=key) for key, one in sorted(LATEST.items())]


@pytest.mark.parametrize("procedure", REAL)
def test_its_pages_open_and_say_what_is_to_be_said(procedure: Procedure, client, applicant):
    call = factories.make_call() if procedure.needs_call else None
    dossier = make_dossier(applicant, procedure, organisation=make_organisation(applicant), call=call)
    client.force_login(applicant)
    page = f"/dossiers/{dossier.reference}/"
    for address in (page, f"{page}pieces/", f"{page}deposer/", f"{page}messages/", f"{page}copier/"):
        text = client.get(address).content.decode()
        assert ("n'est pas déposé</strong>" in text) != ("Ceci est un brouillon, rien n'est déposé." in text), address
    fill(dossier)
    text = client.get(page).content.decode()
    assert "Tout ce qui est obligatoire est rempli." in text
    for move in procedure.moves_from(procedure.initial.key):
        if f"/geste/{move.key}/" in text:
            assert client.get(f"{page}geste/{move.key}/").status_code == 200


def test_of_several_deposits_the_one_that_conditions_choose_is_shown_and_the_one_that_was_shown_is_made(rf, applicant):
    several = [one for one in LATEST.values() if len(one.deposits) > 1]
    assert several
    for procedure in several:
        dossier = fill(make_dossier(applicant, procedure, organisation=make_organisation(applicant)))
        request = rf.get("/")
        request.user = applicant
        visited: Visit = visit(request, dossier.reference)
        assert chosen_deposit(visited, "") in procedure.deposits
        for move in procedure.deposits:
            assert chosen_deposit(visited, move.key) is move
