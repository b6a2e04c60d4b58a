"""What checks the pages and the sheets sees the corpus where it got out of its place."""

import pytest

from tests.hostile.corpus import (
    COMPUTED,
    FILE_NAME,
    URL,
    cells_of,
    faults_of_cells,
    faults_of_headers,
    faults_of_html,
    hostile,
)


@pytest.mark.parametrize("page", [
    f"<p>{hostile()}</p>", f'<input value="{hostile()}">', f"<input value='{hostile()}'>", f'<a href="{URL}">x</a>',
    f"<td title='{FILE_NAME}'>{FILE_NAME}</td>", "<script>const x = 1</script>", '<a href="javascript:zq7(1)">x</a>',
    f"<p>{COMPUTED}</p>", f"<!-- {hostile()} -->", f"<textarea>{hostile()}</textarea>",
])  # fmt: skip
def test_markup_that_got_out_is_seen(page):
    assert faults_of_html(page)


def test_what_is_escaped_is_quiet():
    assert (
        faults_of_html('<p title="&quot;&gt;&lt;b zq7=&#x27;1&#x27;&gt;">&lt;script&gt;zq7(1)&lt;/script&gt;</p>') == []
    )


@pytest.mark.parametrize("rank", range(6))
def test_a_formula_is_seen(rank):
    cell = hostile(rank).replace('"', '""')
    assert faults_of_cells(cells_of(f'Projet;Montant\r\n"{cell}";-12,50\r\n'.encode())) != []
    assert faults_of_cells(cells_of(f'Projet;Montant\r\n"\'{cell}";-12,50\r\n'.encode())) == []


def test_a_header_that_was_made_is_seen():
    assert faults_of_headers({"Content-Type": "text/html", "Bcc": "zq7@exemple.invalid"})
    assert faults_of_headers({"Content-Disposition": "attachment; filename=a\r\nBcc: x"})
    assert faults_of_headers({"Content-Type": "text/html"}) == []
