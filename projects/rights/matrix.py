"""The whole matrix of rights: at each stage of each procedure, what each party may do. Pure.

Made from the table of rights and the moves of the procedures, and written into the documentation
(``manage.py describe_rights``). Tests play all of it against the engine.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from projects.procedures.types import Move, Procedure, Stage
from projects.procedures.vocabulary import MACRO_LABELS, PARTY_LABELS, Macro, Party
from projects.procedures.walks import moved, steps
from projects.rights.table import ACT_LABELS, RIGHTS, WRITTEN_WHERE, Act, Right, acts_of


@dataclass(frozen=True, slots=True)
class Cell:
    """What a party may do at a stage; nothing at all where it does not see the dossier."""

    party: Party
    stage: Stage
    acts: frozenset[Act]
    moves: tuple[Move, ...]


def received_at(procedure: Procedure) -> dict[str, frozenset[bool]]:
    """Return whether a dossier may be there deposited on the portal, or not, by stage: some paths do, some do not."""
    found: dict[str, set[bool]] = {procedure.initial.key: {False}}
    for state, move in steps(procedure):
        found.setdefault(move.to, set()).add(moved(state, move).deposited)
    return {key: frozenset(values) for key, values in found.items()}


def cell(procedure: Procedure, stage: Stage, party: Party, *, received: bool) -> Cell:
    """Return what a party may do on a dossier at a stage, where it is concerned by it.

    ``received``: the dossier was deposited on the portal.
    """
    sees = party is Party.SYSTEM or any(
        stage.macro in right.sees
        and (right.confidential or not procedure.confidential)
        and (received or not right.received)
        for right in RIGHTS
        if right.party is party
    )
    if not sees:
        return Cell(party, stage, frozenset(), ())
    moves = tuple(move for move in procedure.moves_from(stage.key) if party in move.by)
    return Cell(party, stage, acts_of(frozenset({party}), stage.macro, editable=stage.editable), moves)


def described(procedures: Iterable[Procedure]) -> str:
    """Return the matrix as a page of the documentation; of a variant, the stages in which it differs."""
    known = {procedure.key: procedure for procedure in procedures}
    lines = [*_introduction(), *_table_of_acts()]
    for procedure in known.values():
        lines += _procedure(procedure, known.get(procedure.variant_of))
    return "\n".join(lines) + "\n"


def _introduction() -> Iterator[str]:
    yield "# Qui peut quoi sur un dossier"
    yield ""
    yield (
        "Cette page est écrite par `python manage.py describe_rights`, à partir de `projects/rights/table.py` et des "
        "procédures ; un test refuse qu'elle s'en écarte, un autre joue chaque case contre le moteur, refus compris."
    )
    yield ""
    yield (
        "Tout vaut pour la personne **concernée par ce dossier** : membre de l'organisme qui le porte, invitée au "
        "projet, en poste dans l'administration qui l'instruit ou qui y prend part. Le même rôle ailleurs (une autre "
        "région, un autre organisme, une autre administration) ne donne rien : le dossier n'existe pas pour elle. Une "
        "personne qui s'est déportée est dans le même cas. Celle qui est des deux côtés à la fois (en poste, et aussi "
        "membre de l'organisme qui porte le dossier, responsable du projet ou invitée à celui-ci) n'a que les droits "
        "du porteur : rien de ce que donnent ses fonctions, sans avoir à se déporter. Une étape franchie demande aussi "
        "que ses conditions soient remplies."
    )
    yield ""


def _table_of_acts() -> Iterator[str]:
    yield "## Voir et agir, étapes mises à part"
    yield ""
    writing = " et ".join(f"« {ACT_LABELS[act]} »" for act in Act if act in WRITTEN_WHERE)
    yield f"{writing} : seulement à une étape où le contenu est modifiable (✎ plus bas)."
    yield ""
    yield (
        f"« {ACT_LABELS[Act.ENTER]} » : enregistre, pour le porteur et en le disant, les gestes qui sont les siens à "
        "l'étape ; ceux qu'il note d'un dépôt fait ailleurs lui restent."
    )
    yield ""
    yield "| en tant que | voit le dossier | avant qu'il soit déposé ici | s'il est confidentiel | peut |"
    yield "|---|---|---|---|---|"
    for party in Party:
        rows = [right for right in RIGHTS if right.party is party]
        for sees, received, confidential in dict.fromkeys(map(_sight, rows)):
            granted = {act for one in rows if _sight(one) == (sees, received, confidential) for act in one.acts}
            acts = ", ".join(ACT_LABELS[act] for act in Act if act in granted)
            before, secret = ("non" if received else "oui"), ("oui" if confidential else "non")
            yield f"| {PARTY_LABELS[party]} | {_statuses(sees)} | {before} | {secret} | {acts} |"
    yield ""


def _sight(right: Right) -> tuple[frozenset[Macro], bool, bool]:
    return right.sees, right.received, right.confidential


def _statuses(sees: frozenset[Macro]) -> str:
    """Return statuses in words, told by what is left out where that is shorter."""
    left_out = [MACRO_LABELS[macro] for macro in Macro if macro not in sees]
    if not left_out:
        return "toujours"
    if len(left_out) < len(sees):
        return f"sauf : {', '.join(left_out)}"
    return ", ".join(MACRO_LABELS[macro] for macro in Macro if macro in sees)


def _procedure(procedure: Procedure, base: Procedure | None) -> Iterator[str]:
    secret = ", confidentielle" if procedure.confidential else ""
    yield f"## {procedure.title} (`{procedure.key}`, version {procedure.version}{secret})"
    yield ""
    if base:
        yield f"Comme `{base.key}`, sauf à ces étapes :"
        yield ""
    yield "| étape | statut | qui fait quoi avancer |"
    yield "|---|---|---|"
    same = set(_rows(base)) if base else set()
    yield from (row for row in _rows(procedure) if row not in same)
    yield ""


def _rows(procedure: Procedure) -> Iterator[str]:
    received = received_at(procedure)
    for stage in procedure.stages:
        cells = [cell(procedure, stage, party, received=True in received[stage.key]) for party in Party]
        moves = [
            f"{move.label} (`{move.key}`) : " + ", ".join(PARTY_LABELS[one.party] for one in cells if move in one.moves)
            for move in procedure.moves_from(stage.key)
        ]
        pen = " ✎" if stage.editable else ""
        yield f"| {stage.label} (`{stage.key}`){pen} | {MACRO_LABELS[stage.macro]} | {'<br>'.join(moves) or '–'} |"
