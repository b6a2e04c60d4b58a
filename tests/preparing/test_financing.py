"""The co-financing table: its sums, its lines, two people at once."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from projects.models import FinancingLine
from projects.preparing.financing import Asking, Line, exclusions, table_of
from tests.dossier_factories import make_dossier, make_project
from tests.pages.reading import read, visit

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
LINES = st.lists(
    st.builds(
        Line,
        st.sampled_from(["staff", "software"]),
        st.sampled_from(["fir", "self"]),
        AMOUNTS,
        st.sampled_from(["planned", "asked", "granted", "refused"]),
        st.sampled_from([None, 2027, 2028]),
        st.sampled_from(["", "AAAA2222"]),
    ),
    max_size=6,
)


@given(LINES)
def test_every_sum_adds_up_and_what_is_refused_is_what_nobody_pays(lines):
    table = table_of(lines)
    refused = sum((line.amount for line in lines if line.state == "refused"), Decimal(0))
    assert table.gap == refused == table.expenses - table.resources
    assert table.balances is (refused == 0)
    for sums in (table.by_payer, table.by_year, table.by_dossier):
        assert sum(sums.values(), Decimal(0)) == table.resources
    assert sum(table.by_expense.values(), Decimal(0)) == table.expenses
    assert list(table.by_year) == sorted(table.by_year, key=lambda year: year or 9999)


def test_levers_that_do_not_go_together_are_found_whichever_says_so():
    one = Asking("A", "fir", frozenset({"cpom"}))
    other = Asking("B", "cpom", frozenset())
    third = Asking("C", "mig", frozenset())
    assert exclusions([one, other, third]) == [(one, other)]
    assert exclusions([other, one]) == [(other, one)]


@pytest.fixture
def plan(dossier) -> str:
    return reverse("project-financing", args=[dossier.project.public_id])


def values(page) -> dict[str, str]:
    form = page.one("main").one("form", css="portal-form")
    kinds = ("hidden", "text")
    found = {one["name"]: one.get("value") or "" for one in form.all("input") if one.get("type") in kinds}
    for select in form.all("select"):
        chosen = [one for one in select.all("option") if "selected" in one.attributes] or select.all("option")
        found[select["name"]] = chosen[0]["value"]
    return found


def line(rank: int, **given) -> dict[str, str]:
    return {f"plan-{rank}-{name}": value for name, value in given.items()}


@pytest.mark.django_db
class TestPage:
    def test_a_line_is_written_and_added_up(self, mine, plan, dossier):
        sent = values(visit(mine, plan))
        sent |= line(0, expense="staff", amount="12 500,50", payer="fir", year="2027", state="asked")
        sent |= line(0, dossier=dossier.reference) | line(1, expense="software", amount="500", payer="self")
        page = read(mine.post(plan, sent, follow=True))
        assert [(row.amount, row.dossier_id) for row in FinancingLine.objects.all()] == [
            (Decimal("12500.50"), dossier.pk),
            (Decimal(500), None),
        ]
        assert "Le plan est équilibré : 13 000,50 € de dépenses" in page.text.replace("\u202f", " ").replace(
            "\xa0", " "
        )
        assert dossier.reference in page.text

    def test_lines_left_empty_are_no_lines(self, mine, plan):
        mine.post(plan, values(visit(mine, plan)))
        assert not FinancingLine.objects.exists()

    def test_a_wrong_amount_saves_nothing_and_loses_nothing(self, mine, plan):
        sent = (
            values(visit(mine, plan)) | line(0, amount="beaucoup", label="Un poste") | line(1, amount="10", label="b")
        )
        page = read(mine.post(plan, sent))
        assert not FinancingLine.objects.exists()
        assert page.one("input", name="plan-0-amount")["value"] == "beaucoup"
        assert page.one("input", name="plan-1-label")["value"] == "b"
        assert "Le plan n'est pas enregistré" in page.text

    def test_a_line_is_changed_and_taken_away(self, mine, plan):
        mine.post(plan, values(visit(mine, plan)) | line(0, amount="10") | line(1, amount="20"))
        mine.post(plan, values(visit(mine, plan)) | line(0, amount="11") | line(1, DELETE="on"))
        assert [row.amount for row in FinancingLine.objects.all()] == [Decimal(11)]

    def test_a_line_that_somebody_changed_meanwhile_is_told_and_not_overwritten(self, mine, plan):
        mine.post(plan, values(visit(mine, plan)) | line(0, amount="10", label="Poste"))
        before = values(visit(mine, plan))
        mine.post(plan, before | line(0, amount="20"))
        page = read(mine.post(plan, before | line(0, amount="30")))
        assert "Quelqu'un a changé cette ligne entre-temps" in page.text
        assert page.one("input", name="plan-0-amount")["value"] == "30"
        assert FinancingLine.objects.get().amount == 20
        mine.post(plan, values(page))
        assert FinancingLine.objects.get().amount == 30

    def test_a_line_that_somebody_took_away_is_written_anew(self, mine, plan):
        mine.post(plan, values(visit(mine, plan)) | line(0, amount="10"))
        before = values(visit(mine, plan))
        FinancingLine.objects.all().delete()
        mine.post(plan, before | line(0, amount="12"))
        assert FinancingLine.objects.get().amount == 12

    def test_what_is_refused_is_told_as_missing(self, mine, plan, dossier):
        FinancingLine.objects.create(project=dossier.project, expense="staff", amount=10, payer="fir", state="refused")
        assert "il manque 10" in visit(mine, plan).text

    def test_a_line_of_another_project_is_not_touched(self, mine, plan, stranger):
        other = FinancingLine.objects.create(project=make_project(stranger), expense="staff", amount=10, payer="fir")
        mine.post(plan, values(visit(mine, plan)) | line(0, line=str(other.pk), amount="99", DELETE="on"))
        other.refresh_from_db()
        assert other.amount == 10

    def test_as_many_questions_to_the_base_for_one_line_as_for_thirty(
        self, mine, plan, dossier, django_assert_num_queries
    ):
        fields = {"project": dossier.project, "expense": "staff", "payer": "fir", "amount": 1}
        FinancingLine.objects.create(**fields)
        mine.get(plan)
        with django_assert_num_queries(10):
            mine.get(plan)
        for _ in range(29):
            FinancingLine.objects.create(**fields)
        with django_assert_num_queries(10):
            mine.get(plan)

    def test_who_may_pay_is_proposed_with_its_reason_and_nothing_is_chosen(self, mine, plan, dossier):
        make_dossier(dossier.project.owner, "article-51", project=dossier.project)
        FinancingLine.objects.create(project=dossier.project, expense="care", amount=10, payer="self")
        page = visit(mine, plan)
        assert "Qui peut payer quoi, d'après vos démarches" in page.text
        line = page.all("fieldset")[0]
        assert "Proposé pour cette dépense" in line.text
        assert "Le fonds national paie les soins et l'évaluation." in line.text
        assert values(page)["plan-0-payer"] == "self"
        mine.post(plan, values(page) | {"plan-0-expense": "staff"})
        assert "Proposé pour cette dépense" not in visit(mine, plan).all("fieldset")[0].text

    def test_a_procedure_that_says_nothing_of_payers_proposes_nobody(self, mine, plan, dossier):
        FinancingLine.objects.create(project=dossier.project, expense="care", amount=10, payer="self")
        text = visit(mine, plan).text
        assert "Proposé" not in text
        assert "Qui peut payer quoi" not in text
