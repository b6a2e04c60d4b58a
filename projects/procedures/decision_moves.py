"""A decision: proposed, checked, signed, then notified; separate acts of separate people. Pure."""

from dataclasses import replace

from projects.procedures.asked import Question
from projects.procedures.conditions import recorded
from projects.procedures.funding import Money
from projects.procedures.payments import not_below_paid
from projects.procedures.shared_moves import OTHER_LEVER
from projects.procedures.types import Condition, Move
from projects.procedures.vocabulary import AGENCY_STAFF, DECIDERS, Choice, ClockEffect, Kind, MoneyKind, Party, When

GRANT, REFUSE = "grant", "refuse"
OUTCOMES = (Choice(GRANT, "Accorder"), Choice(REFUSE, "Refuser"))
WHERE_GRANTED = When("outcome", (GRANT,))
WHERE_REFUSED = When("outcome", (REFUSE,))

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


CORRECTION = (
    Question("correction_reason", "Pourquoi rectifier ?", Kind.LONG, "Ces mots figureront dans la décision."),
    Question("correction_words", "Ce qui change", Kind.LONG, "Montant, dates, mots : avant et après."),
    Question("corrected_amount", "Nouveau montant accordé, en euros", Kind.MONEY, required=False),
    Question("corrected_ends_on", "Nouvelle fin de l'exercice financé", Kind.DATE, required=False),
)

WITHDRAWAL = (
    "La décision d'origine reste lisible, à son numéro ; la vôtre en porte un autre, et le porteur est prévenu. "
    "Retirer ou réduire un droit déjà donné n'est possible que dans les quatre mois et si la décision était illégale : "
    "faites-le vérifier par le service juridique (à vérifier : nos sources ne le disent pas)."
)

SEND_BACK = Move(
    "send-back",
    "Renvoyer à l'instruction",
    ("proposed", "checked"),
    "review",
    frozenset({Party.LEGAL}) | DECIDERS,
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
    other_than=("propose",),
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
    other_than=("propose", "check"),
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
    other_than=("sign",),
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
    other_than=("sign",),
)


def corrections(
    stages: tuple[str, ...], by: frozenset[Party] = DECIDERS, ends: str = "exercise_ends_on"
) -> tuple[Move, ...]:
    """Return how a decision that was notified is righted, at each of some stages: by another one that stays there.

    Both are numbered and stay readable. What the law allows of the withdrawal of a decision that gives rights is said
    before; the sources that we hold do not settle it. ``ends``: the record that holds the end of what is financed: a
    corrected one takes its place, and the deadline of an action that is under way moves with it.
    """
    return tuple(
        Move(
            f"correct-{stage}",
            "Rectifier la décision",
            (stage,),
            stage,
            by,
            fields=CORRECTION,
            conditions=(not_below_paid("corrected_amount"),),
            letter="corrected",
            decides=True,
            after_decision=True,
            money=(Money(MoneyKind.GRANTED, "corrected_amount", in_place=True),),
            renews=((ends, "corrected_ends_on"), ("amount_granted", "corrected_amount")),
            due_from=ends if stage == "running" else "",
            confirm=WITHDRAWAL,
            source="CRPA, L. 242-1 (retrait d'une décision créatrice de droits) : à vérifier",
        )
        for stage in stages
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
            replace(OTHER_LEVER, when=WHERE_REFUSED),
            Question("motives", "Motifs", Kind.LONG, "Ils figureront dans le courrier."),
        ),
        conditions=conditions,
        internal=True,
    )
    ends = corrections((granted, "refused"))
    return (propose, SEND_BACK, CHECK, SIGN, replace(NOTIFY_GRANT, to=granted), NOTIFY_REFUSAL, *ends)
