"""The board: the same search as the list, in columns, with as many as the list finds."""

import re

from tests.dossier_factories import NOW, drive
from tests.instruction.conftest import deposited
from tests.instruction.test_home_and_list import shown
from tests.people_factories import make_organisation

BOARD = "/instruction/tableau/"
QUERIES = 17


def columns(client, query: str = "") -> dict[str, tuple[int, int]]:
    """Return, by the value of each column, how many it says and how many it shows."""
    html = client.get(f"{BOARD}?{query}").content.decode()
    found = {}
    for part in html.split('<section class="portal-board__column"')[1:]:
        value = re.search(r'id="colonne-([\w-]+)"', part).group(1)
        total = int(re.search(r"<h3[^>]*><a [^>]*>[^<]* : (\d+)</a>", part).group(1))
        found[value] = (total, len(re.findall(r'<li><a href="/instruction/[0-9A-Z]{8}/"', part)))
    return found


def test_columns_are_statuses_and_stages_where_one_procedure_is_chosen(client, applicant, of_the_region, tried):
    one, _ = deposited(applicant, tried), deposited(applicant, tried)
    drive(one, "ask", of_the_region, NOW, answer_by="2030-01-01")
    client.force_login(of_the_region)
    assert columns(client) == {"to-complete": (1, 1), "review": (1, 1)}
    assert columns(client, "procedure=tried") == {"review": (1, 1), "to-complete": (1, 1)}
    assert list(columns(client, "procedure=tried")) == ["review", "to-complete"]
    assert columns(client, "procedure=tried&stage=tried:review") == {"review": (1, 1)}
    assert columns(client, "macro=review") == {"review": (1, 1)}
    assert columns(client, "q=introuvable") == {}


def test_a_column_shows_the_first_ones_and_leads_to_the_list_of_all(
    client, applicant, of_the_region, tried, django_assert_num_queries
):
    client.force_login(of_the_region)
    deposited(applicant, tried, organisation=make_organisation())
    for size, expected in ((0, (1, 1)), (22, (23, 20))):
        for _ in range(size):
            deposited(applicant, tried, organisation=make_organisation())
        with django_assert_num_queries(QUERIES):
            client.get(BOARD)
        assert columns(client) == {"review": expected}
    html = client.get(f"{BOARD}?procedure=tried&q=confié").content.decode()
    address = re.search(r'<h3[^>]*><a href="/instruction/dossiers/\?([^"]+)"', html).group(1).replace("&amp;", "&")
    assert len(shown(client, address)) == 23
    assert "3 autres" in html


def test_the_board_keeps_the_search_of_the_list_and_gives_it_back(client, applicant, of_the_region, tried):
    deposited(applicant, tried)
    client.force_login(of_the_region)
    assert f'href="{BOARD}?macro=review"' in client.get("/instruction/dossiers/?macro=review&page=2").content.decode()
    assert 'href="/instruction/dossiers/?macro=review"' in client.get(f"{BOARD}?macro=review").content.decode()


def test_another_agency_finds_an_empty_board(client, dossier, of_another_region):
    client.force_login(of_another_region)
    html = client.get(BOARD).content.decode()
    assert dossier.reference not in html
    assert "Aucun dossier" in html


def test_whoever_does_not_instruct_finds_no_board(client, stranger):
    client.force_login(stranger)
    assert client.get(BOARD).status_code == 404
