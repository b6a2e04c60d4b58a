"""What is checked beside the text of the applicant: the moves' conditions, who may pay what, the lever's criteria."""

from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest

from projects.instruction.judging import checks_of, plan_of
from projects.instruction.offers import Offer
from projects.models import FinancingLine
from projects.procedures.catalogue import LATEST
from projects.procedures.conditions import NO_OPEN_REQUEST
from projects.procedures.types import Facts, Move
from projects.procedures.vocabulary import AGENCY_STAFF, APPLICANTS, Party
from tests.dossier_factories import drive, fill, make_dossier
from tests.instruction.conftest import deposited
from tests.instruction.procedure import TRIED
from tests.people_factories import make_agency_body, make_organisation

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)
PAYERS = dict(FinancingLine.Payer.choices)


def content(*lines: tuple[str, str, str], scale: str = "regional") -> dict:
    financing = [{"expense": what, "payer": payer, "amount": amount} for what, payer, amount in lines]
    section = next(
        one.key for one in LATEST["article-51"].sections if "scale" in {question.key for question in one.questions}
    )
    return {"financing": financing, "answers": {section: {"scale": scale}}}


def judged(*lines, scale: str = "regional"):
    rows = [(what, "2027", amount, payer, "Demandé") for what, payer, amount in lines]
    return plan_of(LATEST["article-51"], content(*lines, scale=scale), rows, PAYERS)


@pytest.mark.parametrize(
    ("line", "scale", "verdicts"),
    [
        (("care", "fiss", "1000"), "regional", []),
        (("care", "fir", "1000"), "regional", ["refused"]),
        (("engineering", "fir", "1000"), "interregional", ["refused"]),
        (("engineering", "fir", "1000"), "regional", []),
        (("equipment", "fiss", "1000"), "regional", ["warning"]),
    ],
)
def test_each_line_says_what_the_rules_refuse_or_warn_of(line, scale, verdicts):
    plan = judged(line, scale=scale)
    assert [one.verdict for one in plan.lines[0].remarks] == verdicts
    assert plan.refused == verdicts.count("refused")
    assert all(one.words and one.source for one in plan.lines[0].remarks)


def test_each_line_says_who_may_be_asked_to_pay_it():
    plan = judged(("care", "fir", "1000"), ("engineering", "fiss", "10"))
    assert [one.proposed for one in plan.lines] == [(PAYERS["fiss"],), (PAYERS["fir"],)]


def test_a_plan_without_rules_is_shown_and_judged_by_nobody():
    rows = [("Personnel", "", "10 €", "FIR", "Prévu")]
    plan = plan_of(TRIED, {"financing": [{"expense": "staff", "payer": "fir", "amount": "dix"}]}, rows, PAYERS)
    assert (plan.has_rules, plan.refused, plan.lines[0].remarks, plan.lines[0].what) == (False, 0, (), "Personnel")
    assert plan_of(TRIED, {}, [], PAYERS).lines == ()


def test_moves_say_what_prevents_them_and_what_their_form_establishes():
    move = LATEST["article-51"].move("admit")
    checked = checks_of([Offer(move, Party.OFFICER)], Facts(NOW))
    assert [(one.label, one.met, one.unmet) for one in checked] == [(move.label, 0, ())]
    assert checked[0].to_fill == tuple(one.label for one in move.fields)
    asked = Move("go", "Aller", ("a",), "b", AGENCY_STAFF, conditions=(NO_OPEN_REQUEST,))
    assert checks_of([Offer(asked, None)], Facts(NOW))[0].met == 1
    assert checks_of([Offer(asked, None)], Facts(NOW, open_requests=1))[0].unmet == (NO_OPEN_REQUEST.refusal,)
    assert checks_of([Offer(replace(asked, by=APPLICANTS), None)], Facts(NOW)) == []
    assert checks_of([Offer(replace(asked, conditions=()), None)], Facts(NOW)) == []


def test_the_page_shows_criteria_and_the_plan_beside_the_text(client, catalogue, applicant, of_the_region, tried):
    dossier = fill(make_dossier(applicant, tried, lever=catalogue["fir"], organisation=make_organisation()))
    FinancingLine.objects.create(project=dossier.project, expense="staff", amount=10, payer="fir", label="<b>Mot</b>")
    drive(dossier, "deposit", applicant)
    client.force_login(of_the_region)
    html = client.get(f"/instruction/{dossier.reference}/").content.decode()
    criterion = catalogue["fir"].criteria.first()
    assert criterion is not None
    for words in ("Ce qui est à vérifier", "Demandez d&#x27;abord des compléments.", "&lt;b&gt;Mot&lt;/b&gt;"):
        assert words in html
    assert criterion.label.split("'")[0][:20] in html
    assert "<b>Mot</b>" not in html


def test_a_plan_that_the_rules_refuse_is_said_on_the_page(client, applicant, of_the_region):
    procedure = LATEST["article-51"]
    dossier = fill(make_dossier(applicant, procedure, organisation=make_organisation()), {"scale": "regional"})
    FinancingLine.objects.create(project=dossier.project, expense="care", amount=10, payer="fir")
    dossier.entered_by = of_the_region
    dossier.save()
    client.force_login(of_the_region)
    html = unescape(client.get(f"/instruction/{dossier.reference}/").content.decode())
    assert "1 point que les règles refusent" in html
    assert PAYERS["fiss"] in html
    assert "Qui peut être sollicité" in html


def test_the_other_dossiers_are_those_that_this_person_may_read(client, applicant, of_the_region, tried):
    organisation = make_organisation(name="Organisme commun")
    one = deposited(applicant, tried, organisation=organisation)
    of_the_project = deposited(applicant, tried, project=one.project)
    of_the_body = deposited(applicant, tried, organisation=organisation)
    hidden = [
        deposited(applicant, tried, organisation=organisation, body=make_agency_body("76")),
        make_dossier(applicant, tried, organisation=organisation),
        make_dossier(of_the_region, tried, organisation=organisation, body=make_agency_body("76")),
    ]
    recused = deposited(applicant, tried, organisation=organisation)
    recused.recusals.create(user=of_the_region, since=NOW)
    client.force_login(of_the_region)
    html = client.get(f"/instruction/{one.reference}/").content.decode()
    beside = html.split('id="autres"')[1].split("</section>")[0]
    assert of_the_project.reference in beside
    assert of_the_body.reference in beside
    assert not [row for row in (*hidden, recused) if row.reference in html]
