"""The documentation of a procedure, written from the procedure itself. Pure."""

from collections.abc import Iterable

from projects.procedures.asked import Question
from projects.procedures.conditions import HERE, NOT_HERE
from projects.procedures.letters import LETTERS
from projects.procedures.types import Move, Procedure, Stage
from projects.procedures.vocabulary import (
    FINAL,
    MACRO_LABELS,
    PARTY_LABELS,
    TURN_LABELS,
    Channel,
    ClockEffect,
    Delay,
    Unit,
    When,
)

CLOCKS = {
    ClockEffect.START: "part",
    ClockEffect.SUSPEND: "suspendu",
    ClockEffect.RESUME: "reprend",
    ClockEffect.STOP: "arrêté",
}
STAGE_HEAD = ("étape", "pour le porteur", "pour l'administration", "statut", "à qui d'agir", "délai")
MOVE_HEAD = (
    "geste", "de", "vers", "qui", "conditions", "champs et pièces", "horloge", "échéance", "courrier", "source",
)  # fmt: skip
UNITS = {Unit.DAYS: "jours", Unit.MONTHS: "mois"}
MADE = "<!-- Écrit par « manage.py describe_procedures » d'après projects/procedures/ : ne rien changer ici. -->"


def described(procedure: Procedure, base: Procedure | None = None) -> str:
    """Return a procedure as Markdown: what it is, a diagram, its stages, its moves, what it asks.

    Of a variant, what is the same in its ``base`` is left to the page of that one.
    """
    same = f"Ce qui n'est pas dit ici est comme dans [{base.title}]({base.key}.md)." if base else ""
    parts = [
        MADE,
        f"# {procedure.title}",
        procedure.summary,
        "\n".join(_facts(procedure)),
        same,
        "## Dessin",
        _diagram(procedure),
        "## Étapes",
        _table(STAGE_HEAD, map(_stage, _more(procedure.stages, base and base.stages))),
        "## Gestes",
        _table(MOVE_HEAD, (_move(procedure, move) for move in _more(procedure.moves, base and base.moves))),
        "## Ce qui est demandé",
        *_asked(procedure, base),
        *_funding(procedure),
        *_grid(procedure, base),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _more(items: tuple, known: tuple | None) -> list:
    """Return the items that are not among those known already."""
    return [item for item in items if item not in (known or ())]


def index(procedures: Iterable[Procedure]) -> str:
    """Return the list of procedures as Markdown."""
    rows = (
        (
            f"[{one.title}]({one.key}.md)",
            f"`{one.key}` {one.version}",
            ", ".join(f"`{slug}`" for slug in one.levers) or "",
            ", ".join(one.call_kinds) + (" (variante)" if one.variant_of else ""),
            _channel(one),
            "oui" if one.confidential else "",
            str(len(one.stages)),
            str(len(one.moves)),
        )
        for one in procedures
    )
    head = ("procédure", "clé, version", "leviers", "appels", "se dépose", "confidentielle", "étapes", "gestes")
    words = (
        "Le moteur ne connaît aucun levier : ce qui diffère d'une procédure à l'autre est une donnée. Une version "
        "publiée ne change plus ; un dossier garde celle avec laquelle il a été ouvert."
    )
    return "\n\n".join((MADE, "# Procédures", words, _table(head, rows))) + "\n"


def _channel(procedure: Procedure) -> str:
    return "sur le portail" if procedure.channel is Channel.PORTAL else "ailleurs, sauf adoption"


def _facts(procedure: Procedure) -> list[str]:
    mentions, unowned = procedure.mentions, procedure.unowned_after
    return [
        f"- Clé `{procedure.key}`, version {procedure.version}"
        + (f", variante de `{procedure.variant_of}`" if procedure.variant_of else ""),
        f"- Se dépose {_channel(procedure)}" + (" ; s'ouvre pour un appel" if procedure.needs_call else ""),
        f"- Confidentielle : {'oui, rien n’en sort' if procedure.confidential else 'non'}",
        f"- Silence : {mentions.silence or 'à vérifier'}",
        f"- Recours : {mentions.appeal or 'à vérifier'}",
        f"- Source des mentions : {mentions.source}",
        f"- Sources : {' ; '.join(procedure.sources)}",
        f"- Sans personne à qui il est confié : {_delay(unowned) if unowned else 'sans limite'}",
        f"- Conservé {procedure.kept_months} mois après la fin, un brouillon {procedure.draft_kept_months} mois",
    ]


def _diagram(procedure: Procedure) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {_name(procedure.initial.key)}"]
    lines += [f'    state "{_plain(stage.label)}" as {_name(stage.key)}' for stage in procedure.stages]
    lines += [
        f"    {_name(origin)} --> {_name(move.to)}: {_plain(move.label)}"
        for move in procedure.moves
        for origin in move.from_stages
    ]
    lines += [f"    {_name(stage.key)} --> [*]" for stage in procedure.stages if stage.macro in FINAL]
    return "\n".join((*lines, "```"))


def _name(key: str) -> str:
    return key.replace("-", "_")


def _plain(text: str) -> str:
    return text.replace(" :", ",").replace(":", ",").replace('"', "”")


def _stage(stage: Stage) -> tuple[str, ...]:
    due = stage.due
    return (
        f"`{stage.key}`" + (" ✎" if stage.editable else ""),
        f"**{stage.label}**. {stage.next_for_applicant}",
        stage.agency_label,
        MACRO_LABELS[stage.macro],
        TURN_LABELS[stage.turn],
        f"{_delay(due)}. {due.on_expiry}" if due else "",
    )


def _delay(due: Delay) -> str:
    return f"{due.count} {UNITS[due.unit]} ({due.source or 'usage du portail'})"


def _move(procedure: Procedure, move: Move) -> tuple[str, ...]:
    fields = [f"{field.label}{'' if field.required else ' (facultatif)'}{_under(field.when)}" for field in move.fields]
    pieces = [f"pièce : {piece.label}" for piece in procedure.pieces if move.key in piece.at]
    if move.document:
        pieces.append(f"document joint : {move.document.label}{'' if move.document.required else ' (facultatif)'}")
    pieces += [f"partie : {section.title}" for section in procedure.sections if move.key in section.at]
    marks = [
        word
        for holds, word in (
            (move.freezes, "fige le contenu"),
            (move.decides, "décide"),
            (move.internal, "interne"),
            (move.external, "dépôt ailleurs"),
            (bool(move.hands_to), f"associe : {PARTY_LABELS[move.hands_to] if move.hands_to else ''}"),
            (move.redirects, "réoriente"),
        )
        if holds
    ]
    return (
        f"**{move.label}** `{move.key}`" + (f" — {', '.join(marks)}" if marks else ""),
        ", ".join(f"`{key}`" for key in move.from_stages),
        f"`{move.to}`" + (", ou l'étape d'où c'est parti" if move.returns else ""),
        ", ".join(label for party, label in PARTY_LABELS.items() if party in move.by),
        " ; ".join(condition.refusal for condition in move.conditions if condition not in (HERE, NOT_HERE))
        + _here(move),
        " ; ".join((*fields, *pieces)),
        _clock(move),
        _due(move),
        _letter(move),
        move.source,
    )


def _clock(move: Move) -> str:
    if not move.clock:
        return ""
    start = f", compté de `{move.counted_from}`" if move.counted_from else ""
    return CLOCKS[move.clock] + (f", {_delay(move.clock_delay)}" if move.clock_delay else "") + start


def _here(move: Move) -> str:
    words = [("sur le portail seulement", HERE), ("hors du portail seulement", NOT_HERE)]
    said = [word for word, condition in words if condition in move.conditions]
    return f" ({said[0]})" if said else ""


def _letter(move: Move) -> str:
    if not move.letter:
        return ""
    letter = LETTERS[move.letter]
    marks = [word for holds, word in ((letter.legal, "légal"), (move.after_decision, "après décision")) if holds]
    return letter.subject + (f" ({', '.join(marks)})" if marks else "")


def _due(move: Move) -> str:
    if not move.due_from:
        return ""
    if move.due_months:
        return f"`{move.due_from}` + `{move.due_months}` mois, {move.due_at_most} au plus"
    return f"`{move.due_from}`" + (f" + {move.due_at_most} mois, ce jour compris" if move.due_at_most else "")


def _under(when: When | None) -> str:
    return f" [si `{when.question}` = {', '.join(map(_value, when.values))}]" if when else ""


def _value(value: object) -> str:
    return _yes(value) if isinstance(value, bool) else str(value)


def _yes(holds: bool) -> str:
    return "oui" if holds else "non"


def _asked(procedure: Procedure, base: Procedure | None) -> list[str]:
    found = []
    for section in _more(procedure.sections, base and base.sections):
        at = f" — demandée par {', '.join(f'`{key}`' for key in section.at)}" if section.at else ""
        found.append(f"### {section.title}{at}{_under(section.when)}")
        found.append("\n".join(f"- {_question(one)}" for one in section.questions))
    if pieces := _more(procedure.pieces, base and base.pieces):
        rows = (
            (
                one.label,
                one.help,
                "oui" if one.required else "non",
                _under(one.when).strip(),
                ", ".join(one.at),
                one.source,
            )
            for one in pieces
        )
        found += ["### Pièces", _table(("pièce", "aide", "obligatoire", "quand", "demandée par", "source"), rows)]
    return found


def _question(one: Question) -> str:
    choices = f" : {' · '.join(choice.label for choice in one.choices)}" if one.choices else ""
    return f"{one.label}{'' if one.required else ' (facultatif)'}{choices}{_under(one.when)}"


def _funding(procedure: Procedure) -> list[str]:
    if not procedure.funding_rules:
        return []
    rows = (
        (rule.verdict, rule.payer, ", ".join(rule.expenses), _under(rule.when).strip(), rule.words, rule.source)
        for rule in procedure.funding_rules
    )
    return ["## Qui peut payer quoi", _table(("règle", "payeur", "dépenses", "quand", "pourquoi", "source"), rows)]


def _grid(procedure: Procedure, base: Procedure | None) -> list[str]:
    grid = procedure.grid
    if grid is None or (base and base.grid == grid):
        return []
    rows = (
        (
            one.label,
            one.help,
            "à vérifier" if one.weight is None else str(one.weight),
            f"de {one.low} à {one.high}, motivée sous {one.words_below}",
            one.source,
        )
        for one in grid.criteria
    )
    words = f"Source : {grid.source}. L'échelle est un usage du portail."
    return ["## Grille", words, _table(("critère", "aide", "poids", "note", "source"), rows)]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in row)} |" for row in rows]
    return "\n".join(lines)
