"""How those who instruct find their desk, and the pages of the desk once there."""

import re

import pytest

from tests.dossier_factories import make_officer
from tests.pages.reading import visit

HERE = r'<a class="portal-tabs__link" href="([^"]+)" aria-current="page">'


@pytest.mark.parametrize("address", ["/leviers/", "/instruction/"])
def test_the_header_leads_somebody_who_instructs_to_the_desk(address, client, catalogue):
    client.force_login(make_officer())
    assert visit(client, address).one("div", "portal-account").one("a", href="/instruction/").text == "Instruction"


def test_the_account_leads_somebody_who_instructs_to_the_desk(client, db):
    client.force_login(make_officer())
    assert 'href="/instruction/"' in client.get("/compte/").content.decode()


@pytest.mark.parametrize("address", ["/", "/compte/"])
def test_nobody_else_is_shown_the_way(address, client, applicant):
    client.force_login(applicant)
    assert 'href="/instruction/"' not in client.get(address).content.decode()


@pytest.mark.parametrize("page", ["dossiers", "pilotage", "absences"])
def test_the_page_that_is_open_is_told_even_where_it_is_folded(page, client, db):
    client.force_login(make_officer())
    html = client.get(f"/instruction/{page}/").content.decode()
    assert re.findall(HERE, html) == [f"/instruction/{page}/"]
    folded = re.search(r"<summary[^>]*>Autres pages(.*?)</summary>", html).group(1)
    assert ("<strong>" in folded) == (page != "dossiers")
