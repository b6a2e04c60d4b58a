"""The levers whose counter is elsewhere: Conférence des financeurs, digital aid of the CNSA, and all the others. Pure.

``prepared-elsewhere`` serves the levers that have ended (TIGA, InDemand, Structures 3.0) as well: whether a lever is
open is the catalogue's business, and a page that shows one as ended offers a first contact rather than a dossier; what
remains is to prepare an answer to whatever succeeds it, and to keep the record of where it went.
"""

from dataclasses import replace

from projects.procedures import legal, shared_pieces
from projects.procedures.asked import Piece, Question, Section
from projects.procedures.calls.deployment import DEPLOYMENT
from projects.procedures.funding import FundingRule, Verdict
from projects.procedures.prepared_base import STAFFED, answering, before, stages
from projects.procedures.project_sections import CONTEXT, IDEA, IMPACT, MEANS
from projects.procedures.shared_sections import BODY, DIGITAL, MONEY
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import AGENCY_STAFF, DECIDERS, Channel, Choice, Kind, Party, Turn

DEPARTMENT = frozenset({Party.DEPARTMENT})
CNSA = frozenset({Party.CNSA})


def handed(moves: tuple[Move, ...], to: Party) -> tuple[Move, ...]:
    """Return moves whose deposit here brings in the authority that answers."""
    return tuple(replace(move, hands_to=to) if move.key == "deposit" else move for move in moves)


PREVENTION = Section(
    "prevention",
    "L'action de prévention",
    "La conférence aide des actions pour les personnes de 60 ans et plus, et pour leurs proches aidants.",
    (
        Question(
            "axis",
            "Que propose l'action ?",
            Kind.CHOICES,
            choices=(
                Choice("equipment", "Un meilleur accès à des équipements et aides techniques"),
                Choice("home-help", "La prévention menée par des services d'aide à domicile"),
                Choice("carers", "Un soutien aux proches aidants"),
                Choice("collective", "Une autre action collective de prévention"),
            ),
        ),
        Question(
            "audience_60_plus",
            "S'adresse-t-elle aux 60 ans et plus ou à leurs aidants ?",
            Kind.YES_NO,
            fact="audience_60_plus",
        ),
        Question(
            "gir_5_6_share",
            "Quelle part de personnes non dépendantes (GIR 5 et 6), en pour cent ?",
            Kind.INTEGER,
            "Le guide demande 40 % au moins ; c'est une part de tout le programme, à vérifier auprès du département.",
            low=0,
            high=100,
            fact="gir_5_6_share",
        ),
        Question(
            "commercial_action",
            "L'action a-t-elle un but commercial ?",
            Kind.YES_NO,
            "Si oui, elle ne peut pas être aidée ici.",
            fact="commercial_action",
        ),
        Question(
            "capital_expenditure",
            "Demandez-vous de payer un investissement amorti ?",
            Kind.YES_NO,
            "Si oui, cette dépense ne peut pas être aidée ici.",
            fact="capital_expenditure",
        ),
        Question(
            "conference_member",
            "Un membre de la conférence porte-t-il l'action ?",
            Kind.YES_NO,
            fact="conference_member",
        ),
    ),
)

AGENCY_OPINION = Move(
    "agency-opinion",
    "Donner l'avis de l'agence",
    ("review",),
    "review",
    AGENCY_STAFF,
    fields=(Question("agency_opinion", "Sens et motifs", Kind.LONG, "L'agence est vice-présidente de la conférence."),),
    internal=True,
    source="Étude du domaine, §4.3",
)

CONFERENCE = Procedure(
    key="conference-des-financeurs",
    version=1,
    title="Conférence des financeurs de la prévention",
    summary="Une aide du département à une action de prévention de la perte d'autonomie ; l'agence y siège.",
    stages=stages(Turn.DEPARTMENT),
    moves=(
        *handed(before(), Party.DEPARTMENT),
        *answering(DEPARTMENT, DEPARTMENT),
        AGENCY_OPINION,
    ),
    sections=(IDEA, IMPACT, MEANS, BODY, PREVENTION, MONEY),
    pieces=(*shared_pieces.OF_THE_BODY, shared_pieces.BUDGET, shared_pieces.PARTNERS, shared_pieces.PREVIOUS),
    mentions=legal.ELSEWHERE,
    levers=("conference-des-financeurs",),
    channel=Channel.EXTERNAL,
    sources=("000_d99033c1927da53e.txt, lignes 631 à 693", "Étude du domaine, §4.3 : siège et nom à vérifier"),
    funding_rules=(
        FundingRule(
            Verdict.WARNING,
            "conference",
            "Un équipement amorti ne peut pas être payé par la conférence des financeurs : vérifiez que c'est un achat "
            "courant.",
            "Guide APIST (000), ligne 678",
            ("equipment", "software"),
        ),
    ),
)

RECORD = Section(
    "user-record",
    "Le dossier de l'usager informatisé",
    "Le groupe d'établissements candidate ensemble, par un porteur.",
    (
        Question(
            "dui_projects",
            "Que demandez-vous ?",
            Kind.CHOICES,
            choices=(
                Choice("acquisition", "Acquérir un logiciel"),
                Choice("replacement", "Remplacer un logiciel"),
                Choice("compliance", "Mettre en conformité celui qui existe"),
                Choice("equipment", "Du matériel"),
                Choice("amoa", "Une aide pour conduire le projet (AMOA)"),
            ),
            fact="dui_project",
        ),
        Question(
            "esms_l312_1", "Les établissements relèvent-ils de l'article L. 312-1 ?", Kind.YES_NO, fact="esms_l312_1"
        ),
        Question(
            "dui_vendor_listed",
            "L'éditeur est-il référencé au marché national ?",
            Kind.YES_NO,
            fact="dui_vendor_listed",
        ),
        Question("information_plan", "Avez-vous un schéma directeur du système d'information ?", Kind.YES_NO),
        Question("procedures_written", "Quelles règles communes le groupe a-t-il écrites ?", Kind.LONG, required=False),
    ),
)

PAI_NUMERIQUE = Procedure(
    key="esms-numerique",
    version=1,
    title="Aide au numérique des établissements médico-sociaux (PAI numérique)",
    summary="Une aide de la CNSA ou de l'agence, déposée dans l'outil de la CNSA ; l'appel dit qui décide.",
    stages=stages(Turn.NATIONAL),
    moves=(*handed(before(), Party.CNSA), *answering(CNSA | AGENCY_STAFF, CNSA | DECIDERS)),
    sections=(IDEA, IMPACT, MEANS, BODY, RECORD, DEPLOYMENT, MONEY, DIGITAL),
    pieces=(
        Piece(
            "mandate", "Mandats des organismes du groupe", "Chacun autorise le porteur à le représenter.", several=True
        ),
        Piece("site-list", "Liste des établissements", "Numéro FINESS géographique, nom, activité de chacun."),
        shared_pieces.BUDGET,
        shared_pieces.BANK,
        shared_pieces.PREVIOUS,
        shared_pieces.DEVICE,
    ),
    mentions=legal.ELSEWHERE,
    levers=("esms-numerique",),
    channel=Channel.EXTERNAL,
    sources=(
        "004_7f37c78e260fedb7.txt, lignes 130 à 340",
        "Étude du domaine, §4.7 : campagnes closes, suite à vérifier",
    ),
)

PREPARED_ELSEWHERE = Procedure(
    key="prepared-elsewhere",
    version=1,
    title="Dossier préparé ici, déposé ailleurs",
    summary="Préparer une demande dont le guichet n'est pas le portail, l'emporter, et garder la trace du dépôt.",
    stages=stages(),
    moves=(*before(), *STAFFED),
    sections=(IDEA, IMPACT, CONTEXT, MEANS, BODY, MONEY, DIGITAL),
    pieces=(
        Piece("form", "Formulaire du guichet", "Celui que demande le service où vous déposerez.", required=False),
        shared_pieces.BUDGET,
        shared_pieces.PARTNERS,
        shared_pieces.DELEGATION,
        shared_pieces.PREVIOUS,
        shared_pieces.DEVICE,
    ),
    mentions=legal.ELSEWHERE,
    levers=("tiga", "indemand", "structures-3-0"),
    channel=Channel.EXTERNAL,
    sources=("000_d99033c1927da53e.txt, lignes 700 à 800", "002_bff08bda7da91182.txt"),
)

PREPARED = (CONFERENCE, PAI_NUMERIQUE, PREPARED_ELSEWHERE)
