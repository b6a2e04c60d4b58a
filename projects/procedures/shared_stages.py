"""Stages that procedures share, in the same words for the same thing. Pure."""

from projects.procedures import legal
from projects.procedures.types import Stage
from projects.procedures.vocabulary import Delay, Macro, Turn, Unit

READING = Delay(15, Unit.DAYS, "Sans nouvelles, écrivez à l'agence depuis la page du dossier.")
"""A usage of the portal, and no right: how long an agency has to open what it receives."""

DRAFT = Stage(
    "draft",
    "Brouillon : rien n'est déposé",
    "En préparation chez le porteur",
    Macro.DRAFT,
    Turn.APPLICANT,
    "Quand tout y est, déposez-le là où il doit l'être : la page du dossier dit où.",
    editable=True,
)

RECEIVED = Stage(
    "received",
    "Dossier déposé",
    "Reçu, à ouvrir",
    Macro.DEPOSITED,
    Turn.AGENCY,
    "L'agence ouvre le dossier et vous dit quel service le suit.",
    due=READING,
)

ADMISSIBILITY = Stage(
    "admissibility",
    "Recevabilité en cours d'examen",
    "Recevabilité à examiner",
    Macro.ADMISSIBILITY,
    Turn.AGENCY,
    "L'agence vérifie que le dossier est complet et que vous pouvez demander ce levier. Elle ne juge pas encore le "
    "fond.",
    due=Delay(30, Unit.DAYS, "Sans nouvelles, écrivez à l'agence depuis la page du dossier."),
)

TO_COMPLETE = Stage(
    "to-complete",
    "Dossier à compléter",
    "Compléments attendus du porteur",
    Macro.TO_COMPLETE,
    Turn.APPLICANT,
    "Répondez point par point : l'examen reprend dès votre réponse. En attendant, le délai légal ne court pas.",
    due=legal.TO_COMPLETE,
    editable=True,
)

INADMISSIBLE = Stage(
    "inadmissible",
    "Dossier non recevable",
    "Irrecevable",
    Macro.REFUSED,
    Turn.NOBODY,
    "Le courrier dit pourquoi, et comment contester. Le contenu peut être repris dans un autre dossier.",
)

REVIEW = Stage(
    "review",
    "Instruction en cours",
    "À instruire",
    Macro.REVIEW,
    Turn.AGENCY,
    "L'agence étudie le fond et peut demander des avis ; elle prépare ensuite sa décision.",
)

TO_CLARIFY = Stage(
    "to-clarify",
    "Précisions à donner",
    "Précisions attendues du porteur",
    Macro.TO_COMPLETE,
    Turn.APPLICANT,
    "Répondez point par point : l'instruction reprend dès votre réponse. En attendant, le délai légal ne court pas.",
    due=legal.TO_COMPLETE,
    editable=True,
)

PROPOSED = Stage(
    "proposed",
    "Décision en préparation",
    "Proposée, à vérifier par le juridique",
    Macro.PROPOSED,
    Turn.AGENCY,
    "La décision est préparée, relue, puis signée par la direction ; elle vous sera notifiée.",
)

CHECKED = Stage(
    "checked",
    "Décision en préparation",
    "Vérifiée, à signer par la direction",
    Macro.PROPOSED,
    Turn.AGENCY,
    PROPOSED.next_for_applicant,
)

SIGNED = Stage(
    "signed",
    "Décision en préparation",
    "Signée, à notifier",
    Macro.PROPOSED,
    Turn.AGENCY,
    PROPOSED.next_for_applicant,
)

REFUSED = Stage(
    "refused",
    "Demande refusée",
    "Refusée",
    Macro.REFUSED,
    Turn.NOBODY,
    "Le courrier dit pourquoi, et comment contester. Le contenu peut être repris dans un autre dossier.",
)

REDIRECTED = Stage(
    "redirected",
    "Réorienté",
    "Réorienté",
    Macro.REDIRECTED,
    Turn.NOBODY,
    "Suivez le levier ou la personne indiqués ; ce que vous avez écrit peut y être repris.",
)

WITHDRAWN = Stage(
    "withdrawn",
    "Demande retirée",
    "Retirée par le porteur",
    Macro.WITHDRAWN,
    Turn.NOBODY,
    "Rien de plus : le contenu reste à vous, et peut être repris dans un autre dossier.",
)

ELSEWHERE = Stage(
    "elsewhere",
    "Déposé ailleurs",
    "Déposé ailleurs par le porteur",
    Macro.ELSEWHERE,
    Turn.NOBODY,
    "La réponse viendra du service où vous l'avez déposé, pas du portail : notez-la ici quand vous l'aurez.",
    due=Delay(4, Unit.MONTHS, "Avez-vous reçu une réponse ? Notez-la, ou relancez le service."),
)

ANSWERED_ELSEWHERE = Stage(
    "answered-elsewhere",
    "Réponse reçue d'ailleurs",
    "Réponse donnée ailleurs",
    Macro.CLOSED,
    Turn.NOBODY,
    "Le portail garde la trace de ce que vous aviez préparé, du dépôt et de la réponse.",
)

OUTSIDE = (ELSEWHERE, ANSWERED_ELSEWHERE)
"""What every procedure holds for where no authority receives it on the portal."""

DECISION = (PROPOSED, CHECKED, SIGNED, REFUSED)
"""Proposed, checked, signed, notified."""

ENDS = (REDIRECTED, WITHDRAWN, *OUTSIDE)

CLOSED = Stage(
    "closed",
    "Dossier clos",
    "Clos",
    Macro.CLOSED,
    Turn.NOBODY,
    "Tout est terminé ; le dossier reste lisible.",
    public_outcome="ended",
)
