"""The journal of the agency's side names who is associated and who is asked to lead; the applicant's does not."""

import pytest

from actors.models import Body
from projects.depositing.history import told
from projects.instruction.agencies import answer_to_lead, ask_to_lead, associate, end_association
from projects.views.moves import bodies_of, names_of
from tests.dossier_factories import NOW
from tests.people_factories import make_agency_body
from tests.specification.test_agencies import acting, page, signed_in

pytestmark = pytest.mark.django_db


def lines(dossier, *, for_applicant: bool) -> list[tuple]:
    entries = list(dossier.journal.filter(kind="associated").order_by("seq").prefetch_related("texts"))
    found = told(dossier.procedure, entries, names_of(entries), for_applicant=for_applicant, bodies=bodies_of(entries))
    return [(one.what, one.details) for one in found]


def test_each_act_names_its_agencies_on_the_side_of_those_who_instruct(dossier, head, neighbour_head):
    here, there = dossier.body, make_agency_body("76")
    part = associate(dossier.pk, there, acting(head), NOW)
    ask_to_lead(dossier.pk, there, "Le projet est chez eux.", acting(head), NOW)
    answer_to_lead(dossier.pk, accept=True, actor=acting(neighbour_head), at=NOW)
    assert lines(dossier, for_applicant=False) == [
        ("Une agence est associée au dossier", (("Agence", here.name),)),
        ("Une agence n'est plus associée au dossier", (("Agence", there.name),)),
        ("Le pilotage change", (("Agence sollicitée", there.name),)),
        (
            "Une agence est sollicitée pour piloter",
            (("Pilote jusque-là", here.name), ("Agence sollicitée", there.name)),
        ),
        ("Une agence est associée au dossier", (("Agence", there.name),)),
    ]
    assert lines(dossier, for_applicant=True) == []
    assert part.pk


def test_an_agency_that_declines_is_named_and_one_whose_row_is_gone_by_its_code(dossier, head, neighbour_head):
    there = make_agency_body("76")
    associate(dossier.pk, there, acting(head), NOW)
    ask_to_lead(dossier.pk, there, "Le projet est chez eux.", acting(head), NOW)
    answer_to_lead(dossier.pk, accept=False, actor=acting(neighbour_head), at=NOW)
    assert lines(dossier, for_applicant=False)[0] == ("Une agence ne pilote pas", (("Agence sollicitée", there.name),))
    code = there.code
    Body.objects.filter(pk=there.pk).update(code="autre")
    assert lines(dossier, for_applicant=False)[0][1] == (("Agence sollicitée", code),)


def test_the_end_of_a_part_is_told_apart_and_the_page_says_the_names_with_their_articles(dossier, head, neighbour_head):
    there = make_agency_body("76")
    part = associate(dossier.pk, there, acting(head), NOW)
    client = signed_in(head)
    assert there.name in client.get(f"/instruction/{dossier.reference}/").content.decode()
    ask_to_lead(dossier.pk, there, "Le projet est chez eux.", acting(head), NOW)
    assert f"L&#x27;{there.name} est sollicitée" in client.get(page(dossier)).content.decode()
    answer_to_lead(dossier.pk, accept=False, actor=acting(neighbour_head), at=NOW)
    end_association(dossier.pk, part.pk, acting(head), NOW)
    assert lines(dossier, for_applicant=False)[0][0] == "Une agence n'est plus associée au dossier"
