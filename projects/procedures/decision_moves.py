"""A decision: proposed, checked, signed, then notified; separate acts of separate people. Pure."""

from dataclasses import replace

from projects.procedures.asked import Question
from projects.procedures.conditions import recorded
from projects.procedures.funding import Money
from projects.procedures.types import Condition, Move
from projects.procedures.vocabulary import AGENCY_STAFF, DECIDERS, Choice, ClockEffect, Kind, MoneyKind, Party, When

GRANT, REFUSE = "grant", "refuse"
OUTCOMES = (Choice(GRANT, "Accorder"), Choice(REFUSE, "Refuser"))
WHERE_GRANTED = When("outcome", (GRANT,))

AMOUNTS = (
    Question("amount_granted", "Montant accordé, en euros", Kind.MONEY, when=WHERE_GRANTED),
    Question(
        "amount_per_year",
        "Montant pour une année, en euros",
        Kind.MONEY,
        "Le plus élevé s'il y a plusieurs années : au-delà de 23 000 € pour un organisme privé, une convention est "
        "obligatoire.",
        when=WHERE_GRANTED,
    ),
    Question(
        "exercise_ends_on",
        "Fin de l'exercice financé",
        Kind.DATE,
        "Le compte rendu financier est dû six mois après.",
        when=WHERE_GRANTED,
    ),
)


SEND_BACK = Move(
    "send-back",
    "Renvoyer à l'instruction",
    ("proposed", "checked"),
    "review",
    frozenset({Party.LEGAL, Party.DIRECTOR}),
    fields=(Question("sent_back", "Ce qu'il faut revoir", Kind.LONG, "Lu par l'agence seulement."),),
    internal=True,
)

CHECK = Move(
    "check",
    "Attester la vérification juridique",
    ("proposed",),
    "checked",
    frozenset({Party.LEGAL}),
    internal=True,
)

SIGN = Move(
    "sign",
    "Signer la décision",
    ("checked",),
    "signed",
    DECIDERS,
    clock=ClockEffect.STOP,
    decides=True,
    internal=True,
    confirm="Vous décidez : le porteur l'apprendra par la notification.",
)

NOTIFY_GRANT = Move(
    "notify-grant",
    "Notifier l'accord",
    ("signed",),
    "granted",
    AGENCY_STAFF,
    conditions=(recorded("outcome", (GRANT,), "Ce qui a été signé n'est pas un accord."),),
    letter="granted",
    after_decision=True,
    money=(Money(MoneyKind.GRANTED, "amount_granted"),),
)

NOTIFY_REFUSAL = Move(
    "notify-refusal",
    "Notifier le refus",
    ("signed",),
    "refused",
    AGENCY_STAFF,
    conditions=(recorded("outcome", (REFUSE,), "Ce qui a été signé n'est pas un refus."),),
    letter="refused",
    after_decision=True,
)


def decision(
    from_stages: tuple[str, ...],
    extra: tuple[Question, ...] = (),
    conditions: tuple[Condition, ...] = (),
    outcomes: tuple[Choice, ...] = OUTCOMES,
    granted: str = "granted",
) -> tuple[Move, ...]:
    """Return the moves of a decision.

    An officer proposes, the legal service checks, the director signs (that decides), the letter leaves; whoever
    checks or signs may send it back. The words proposed are the reasons that the letter gives.
    """
    propose = Move(
        "propose",
        "Proposer une décision",
        from_stages,
        "proposed",
        AGENCY_STAFF,
        fields=(
            Question("outcome", "Que proposez-vous ?", Kind.CHOICE, choices=outcomes),
            *extra,
            Question("motives", "Motifs", Kind.LONG, "Ils figureront dans le courrier."),
        ),
        conditions=conditions,
        internal=True,
    )
    return (propose, SEND_BACK, CHECK, SIGN, replace(NOTIFY_GRANT, to=granted), NOTIFY_REFUSAL)
