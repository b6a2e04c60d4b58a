"""What the yearly campaign on international cooperation asks: the partner, the programme, ten criteria. Pure."""

from projects.procedures.asked import Piece, Question, Section
from projects.procedures.funding import FundingRule, Verdict
from projects.procedures.shared_pieces import PREVIOUS
from projects.procedures.vocabulary import Choice, Kind, When

SOURCE = "Guide APIST (000), lignes 333 à 411"

CRITERIA = (
    Choice("situation", "Situation du pays et besoins de santé documentés"),
    Choice("objective", "Objectif lisible, dans une priorité de la campagne"),
    Choice("leads", "Chefs de projet désignés, ici et là-bas"),
    Choice("programme", "Durée et programme détaillé des actions"),
    Choice("team", "Composition de l'équipe"),
    Choice("contacts", "Ambassade et AFD contactées (outre-mer : institutions de la région aussi)"),
    Choice("budget", "Plan de financement cohérent avec les actions"),
    Choice("results", "Résultats attendus pour chaque action"),
    Choice("indicators", "Indicateurs de suivi définis"),
    Choice("agreement", "Convention signée, ou lettre d'engagement commune"),
)
"""The compulsory criteria of the guide (``000``, lines 375 to 386), the report of a renewal apart."""

COOPERATION = Section(
    "cooperation",
    "Le partenaire et le pays",
    "Le ministère regarde d'abord si le besoin est établi là-bas, et voulu par le partenaire.",
    (
        Question("country", "Quel pays ?", Kind.TEXT),
        Question("partner", "Quel établissement partenaire ?", Kind.TEXT),
        Question(
            "country_needs",
            "Quelle est la situation sanitaire, et quels besoins ?",
            Kind.LONG,
            "Chiffres et sources.",
        ),
        Question(
            "theme",
            "Quel thème de la campagne ?",
            Kind.CHOICE,
            choices=(
                Choice("systems", "Renforcer le système de santé et lutter contre une maladie"),
                Choice("security", "Sécurité sanitaire internationale"),
                Choice("prevention", "Prévention et santé des populations"),
                Choice("expertise", "Expertise, formation et innovation françaises"),
            ),
        ),
        Question("shared_aim", "Comment les objectifs ont-ils été définis avec le partenaire ?", Kind.LONG),
        Question(
            "embassy_contact", "L'ambassade et l'AFD sont-elles contactées ?", Kind.YES_NO, fact="embassy_contact"
        ),
        Question("overseas", "Êtes-vous un établissement d'outre-mer ?", Kind.YES_NO),
        Question(
            "multilateral_contact",
            "Les institutions multilatérales de la région sont-elles contactées ?",
            Kind.YES_NO,
            when=When("overseas", (True,)),
            fact="multilateral_contact",
        ),
        Question(
            "joint_agreement",
            "Une convention ou une lettre d'engagement commune est-elle signée ?",
            Kind.YES_NO,
            fact="joint_agreement",
        ),
    ),
)

PROGRAMME = Section(
    "programme",
    "Le programme et l'argent",
    "Cette aide paie des voyages, des séjours et l'accueil de partenaires ; rien d'autre.",
    (
        Question("leads", "Qui conduit le projet, ici et là-bas ?", Kind.LONG, "Des fonctions, pas des noms."),
        Question("team", "Quelle équipe part, quelle équipe est reçue ?", Kind.LONG, "Métiers et nombre de personnes."),
        Question(
            "actions",
            "Quelles actions, et quel résultat attendu de chacune ?",
            Kind.LONG,
            "Une par ligne : action, date, résultat, indicateur.",
            "Mission de formation, mars 2028 : douze sages-femmes formées",
        ),
        Question("amount_asked", "Montant demandé, en euros", Kind.MONEY, "En moyenne de 10 000 à 25 000 €."),
        Question("renewal", "Est-ce la suite d'un projet déjà aidé ?", Kind.YES_NO, fact="renewal"),
    ),
)

PIECES = (
    Piece(
        "joint-agreement",
        "Convention signée, ou lettre d'engagement commune",
        "Entre votre établissement et le partenaire étranger.",
        source="Guide APIST (000), ligne 386",
    ),
    Piece("mission-budget", "Budget par action", "Voyages, séjours, accueil ; et les autres financeurs."),
    PREVIOUS,
)

FUNDING = (
    FundingRule(
        Verdict.PROPOSED,
        "mig",
        "Missions de personnels hospitaliers, accueil des partenaires.",
        SOURCE,
        ("missions", "hosting"),
    ),
    FundingRule(
        Verdict.REFUSED,
        "mig",
        "Cette aide paie les missions des personnels hospitaliers (voyage, séjour) et l'accueil des partenaires "
        "étrangers, rien d'autre.",
        SOURCE,
        ("engineering", "start-up", "care", "evaluation", "staff", "equipment", "software", "training", "other"),
    ),
    FundingRule(
        Verdict.WARNING,
        "mig",
        "Les aides accordées vont en moyenne de 10 000 à 25 000 € par projet : vérifiez le montant demandé.",
        SOURCE,
        low=10_000,
        high=25_000,
    ),
)
