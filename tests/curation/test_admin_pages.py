"""Pages of the real content, saved as they are: nothing is refused and nothing changes."""

import pytest
from django.urls import reverse

from apist.fixtures import files_from_base
from levers.models import Criterion


def as_sent(page) -> dict:
    """Return what a browser sends when the page is saved untouched."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [
        page.context["adminform"].form,
        *(form for formset in formsets for form in [formset.management_form, *formset]),
    ]
    data = {}
    for bound in (bound for form in forms for bound in form):
        value = bound.value()
        if isinstance(value, list):
            value = [getattr(item, "pk", item) for item in value]
        if value is not False:
            data[bound.html_name] = "" if value is None else value
    return data


def save_untouched(client, model: str, pk: int, app: str = "levers") -> None:
    address = reverse(f"admin:{app}_{model}_change", args=[pk])
    answer = client.post(address, as_sent(client.get(address)))
    assert answer.status_code == 302


@pytest.mark.parametrize("slug", ["achats-innovants", "article-51", "grades"])
def test_the_page_of_a_lever_saves_whatever_the_number_of_its_parts(slug, client, curator, catalogue):
    client.force_login(curator)
    before = files_from_base()
    save_untouched(client, "lever", catalogue[slug].pk)
    assert files_from_base() == before


def test_the_page_of_a_criterion_with_conditions_or_ways_around_saves(client, curator, catalogue):
    client.force_login(curator)
    before = files_from_base()
    composed = Criterion.objects.filter(paths__isnull=False) | Criterion.objects.filter(conditions__isnull=False)
    for criterion in composed.distinct()[:8]:
        save_untouched(client, "criterion", criterion.pk)
    assert files_from_base() == before
