"""The whole matrix of rights: at each stage of each procedure, what each party may do. Pure.

Made from the table of rights and the moves of the procedures, and written into the documentation
(``manage.py describe_rights``). Tests play all of it against the engine.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from projects.procedures.types import Move, Procedure, Stage
from projects.procedures.vocabulary import MACRO_LABELS, PARTY_LABELS, Party
from projects.rights.table import ACT_LABELS, RIGHTS, Act, acts_of


@dataclass(frozen=True, slots=True)
class Cell:
    """What a party may do at a stage; nothing at all where it does not see the dossier."""

    party: Party
    stage: Stage
    acts: frozenset[Act]
    moves: tuple[Move, ...]


def cell(procedure: Procedure, stage: Stage, party: Party) -> Cell:
    """Return what a party may do on a dossier at a stage, where it is concerned by it."""
    sees = party is Party.SYSTEM or any(
        stage.macro in right.sees and (right.confidential or not procedure.confidential)
        for right in RIGHTS
        if right.party is party
    )
    if not sees:
        return Cell(party, stage, frozenset(), ())
    moves = tuple(move for move in procedure.moves_from(stage.key) if party in move.by)
    return Cell(party, stage, acts_of(frozenset({party}), stage.macro, editable=stage.editable), moves)


def described(procedures: Iterable[Procedure]) -> str:
    """Return the matrix as a page of the documentation."""
    lines = [*_introduction()]
    for procedure in procedures:
        lines += _procedure(procedure)
    return "\n".join(lines) + "\n"


def _introduction() -> Iterator[str]:
    yield "# Qui peut quoi sur un dossier"
    yield ""
    yield (
        "Cette page est écrite par `python manage.py describe_rights`, à partir de `projects/rights/table.py` et des "
        "procédures ; un test refuse qu'elle s'en écarte, d'autres jouent chaque case contre le moteur."
    )
    yield ""
    yield (
        "Chaque ligne vaut pour la personne **concernée par ce dossier** : membre de l'organisme qui le porte, invitée "
        "au projet, en poste dans l'administration qui l'instruit ou qui y prend part. Le même rôle ailleurs (une "
        "autre région, un autre organisme, une autre administration) ne donne rien : le dossier n'existe pas pour "
        "elle. Une personne qui s'est déportée est dans le même cas. Qui n'est pas dans un tableau ne voit pas le "
        "dossier à cette étape. Une étape franchie demande aussi que ses conditions soient remplies."
    )
    yield ""


def _procedure(procedure: Procedure) -> Iterator[str]:
    secret = ", confidentielle" if procedure.confidential else ""
    yield f"## {procedure.title} (`{procedure.key}`, version {procedure.version}{secret})"
    yield ""
    for stage in procedure.stages:
        writing = ", contenu modifiable" if stage.editable else ""
        yield f"### {stage.label} (`{stage.key}` · {MACRO_LABELS[stage.macro]}{writing})"
        yield ""
        yield "| en tant que | actes | fait avancer |"
        yield "|---|---|---|"
        for party in Party:
            found = cell(procedure, stage, party)
            if found.acts or found.moves:
                acts = ", ".join(ACT_LABELS[act] for act in Act if act in found.acts) or "–"
                moves = ", ".join(f"{move.label} (`{move.key}`)" for move in found.moves) or "–"
                yield f"| {PARTY_LABELS[party]} | {acts} | {moves} |"
        yield ""
