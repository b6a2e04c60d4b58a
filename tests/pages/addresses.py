"""Every address that anybody may open without signing in, written out: what is not here is private.

Each route of the resolver is given with addresses of it that the real content answers.
"""

#: Pages that people read.
PAGES = {
    "": ["/"],
    "leviers/": [
        "/leviers/",
        "/leviers/?q=numérique&audience=industrie&sort=title",
        "/leviers/?nature=inexistante",
        "/leviers/?q=subvantion inovation ehpad guadloupe",
        "/leviers/?q=télésurveillance&nature=contrat&region=94",
        "/leviers/?q=xylophone",
    ],
    "leviers/<slug:slug>/": [
        "/leviers/fir/",
        "/leviers/cpom/",
        "/leviers/article-51/",
        "/leviers/ami-aap-aac/",
        "/leviers/mig-cooperation-internationale/",
        "/leviers/achats-innovants/",
        "/leviers/conference-des-financeurs/",
        "/leviers/tiga/",
        "/leviers/indemand/",
        "/leviers/structures-3-0/",
        "/leviers/esms-numerique/",
        "/leviers/grades/",
    ],
    "leviers/comparer/": [
        "/leviers/comparer/",
        "/leviers/comparer/?levier=fir",
        "/leviers/comparer/?levier=fir&levier=article-51",
        "/leviers/comparer/?levier=fir&levier=article-51&levier=cpom&levier=tiga&actor_type=ehpad",
        "/leviers/comparer/?levier=fir&levier=fir&levier=inconnu&actor_type=personne&q=xylophone",
        "/leviers/comparer/?levier=fir&levier=article-51&levier=cpom&levier=tiga&levier=grades",
    ],
    "leviers/parcours/": [
        "/leviers/parcours/",
        "/leviers/parcours/?actor_type=ehpad&region=76&needs_derogation=false",
    ],
    "diagnostic/": [
        "/diagnostic/",
        "/diagnostic/?actor_type=ehpad&region=01&ecran=vous",
        "/diagnostic/?trl=12",
    ],
    "diagnostic/resultats/": [
        "/diagnostic/resultats/",
        "/diagnostic/resultats/?on=2020-10-01&actor_type=ehpad&region=01&needs_derogation=false&gir_5_6_share=40",
        "/diagnostic/resultats/?actor_type=nulle-part&trl=12",
    ],
    "appels/": [
        "/appels/",
        "/appels/?region=76&actor_type=ehpad&status=open",
        "/appels/?q=xylophone&nature=inexistante",
        "/appels/?view=month&month=2025-05",
        "/appels/?view=month&month=jamais&q=xylophone",
    ],
    "appels/<slug:slug>/": ["/appels/facilisoins-2022/", "/appels/centres-sante-participatifs-2021/"],
    "experimentations/": [
        "/experimentations/",
        "/experimentations/?region=76&joining=to-check&actor_type=ehpad",
        "/experimentations/?q=dents",
        "/experimentations/?q=xylophone&nature=inexistante",
    ],
    "experimentations/<slug:slug>/": [
        "/experimentations/oralien/",
        "/experimentations/lymphorac/",
        "/experimentations/home-toulouse/",
        "/experimentations/centres-sante-participatifs/",
        "/experimentations/handiconsult-34/",
        "/experimentations/facilisoins/",
    ],
    "retours-d-experience/": [
        "/retours-d-experience/",
        "/retours-d-experience/?kind=evaluation&experiment=inconnue",
    ],
    "commande-publique/": [
        "/commande-publique/",
        "/commande-publique/?amount=55000&buyer_type=other-public&on=2026-03-31",
        "/commande-publique/?amount=95000&buyer_type=central-state&innovative=true",
        "/commande-publique/?amount=50000&buyer_type=other-public&category=works&on=2023-01-01",
        "/commande-publique/?amount=65 000,50&buyer_type=private",
        "/commande-publique/?amount=beaucoup&on=hier",
    ],
    "preparer/": ["/preparer/", "/preparer/?contact_door=true"],
    "preparer/bilan/": [
        "/preparer/bilan/",
        "/preparer/bilan/?contact_door=true&project_access=false&element_ethics=na&trl=6&mistake_time=peut-être",
    ],
    "preparer/numerique/": [
        "/preparer/numerique/",
        "/preparer/numerique/?prescription=false&medical_purpose=true&fait=law&fait=security",
        "/preparer/numerique/?prescription=peut-être",
    ],
    "preparer/former-un-groupe/": [
        "/preparer/former-un-groupe/",
        "/preparer/former-un-groupe/?esms_count=9&og_count=2&region=01&fait=group_goal",
        "/preparer/former-un-groupe/?esms_count=1000000",
    ],
    "preparer/levier/<slug:slug>/": [
        "/preparer/levier/fir/",
        "/preparer/levier/mig-cooperation-internationale/",
        "/preparer/levier/mig-cooperation-internationale/?renewal=true&actor_type=entreprise-pme&fait=team",
        "/preparer/levier/mig-cooperation-internationale/?renewal=peut-être",
        "/preparer/levier/article-51/?region=76",
        "/preparer/levier/esms-numerique/",
    ],
    "preparer/<slug:slug>/": [
        "/preparer/bon-interlocuteur/",
        "/preparer/bon-projet/?contact_door=true",
        "/preparer/bon-moment/",
        "/preparer/bon-moment/?trl=6&moment_early=true",
        "/preparer/bonne-maniere/",
        "/preparer/erreurs-a-eviter/?mistake_time=peut-être",
        "/preparer/elements-a-fournir/",
    ],
    "glossaire/": ["/glossaire/", "/glossaire/?q=csis", "/glossaire/?q=xylophone"],
    "textes-et-strategies/": [
        "/textes-et-strategies/",
        "/textes-et-strategies/?region=76&status=in-force",
        "/textes-et-strategies/?kind=inconnue",
    ],
    "annuaire/": [
        "/annuaire/",
        "/annuaire/?region=76&department=31&subject=grand-age&audience=acteur-de-sante",
        "/annuaire/?region=11&subject=numerique&audience=industrie",
        "/annuaire/?subject=medicaments",
        "/annuaire/?region=99&department=31&subject=inconnu",
    ],
    "annuaire/<str:code>/": ["/annuaire/76/", "/annuaire/11/", "/annuaire/03/"],
    "sources/": ["/sources/"],
    "statistiques/": ["/statistiques/"],
    "alertes/envoyee/": ["/alertes/envoyee/"],
    "alertes/arretee/": ["/alertes/arretee/"],
    "plan-du-site/": ["/plan-du-site/"],
    "accessibilite/": ["/accessibilite/"],
    "mentions-legales/": ["/mentions-legales/"],
    "donnees-personnelles/": ["/donnees-personnelles/"],
    "compte/donnees/supprime/": ["/compte/donnees/supprime/"],
    "avis/merci/": ["/avis/merci/"],
}

#: Pages with a form that is sent: they set the cookie that protects it.
FORMS = {
    "compte/connexion/": ["/compte/connexion/"],
    "compte/inscription/": ["/compte/inscription/"],
    "compte/mot-de-passe/oublie/": ["/compte/mot-de-passe/oublie/"],
    "preparer/message/": ["/preparer/message/"],
    "alertes/nouvelle/": [
        "/alertes/nouvelle/",
        "/alertes/nouvelle/?region=76&actor_type=ehpad&status=open&period=2026",
    ],
}

#: Leads to the one page where people sign in.
REDIRECTIONS = {
    "admin/login/": ["/admin/login/"],
    "compte/connexion/cle/": ["/compte/connexion/cle/"],
    "compte/confirmer-mon-adresse/": ["/compte/confirmer-mon-adresse/"],
    "compte/double-authentification/verifier/": ["/compte/double-authentification/verifier/"],
    "compte/fournisseurs/inscription/": ["/compte/fournisseurs/inscription/"],
}

#: Where a provider sends people back; nothing is there for one that is not configured.
PROVIDERS = {
    "compte/fournisseurs/<slug:provider_id>/": ["/compte/fournisseurs/inconnu/"],
    "compte/fournisseurs/<slug:provider_id>/retour/": ["/compte/fournisseurs/inconnu/retour/"],
}

#: Pages that end something: a change of password, a sign-in.
PASSWORD_PAGES = {
    "compte/ferme/": ["/compte/ferme/"],
    "compte/fournisseurs/annule/": ["/compte/fournisseurs/annule/"],
    "compte/mot-de-passe/envoye/": ["/compte/mot-de-passe/envoye/"],
    "compte/mot-de-passe/nouveau/<uidb36>/<key>/": ["/compte/mot-de-passe/nouveau/MQ/perime-1/"],
    "compte/mot-de-passe/change/": ["/compte/mot-de-passe/change/"],
}

#: Pages of one alert, open to whoever holds its link; another link finds nothing there.
BY_LINK = {
    "alertes/<str:token>/": ["/alertes/perdue/"],
    "alertes/<str:token>/confirmer/": ["/alertes/perdue/confirmer/"],
    "alertes/<str:token>/arreter/": ["/alertes/perdue/arreter/"],
    "avis/<str:token>/": ["/avis/perdu/"],
    "avis/<str:token>/pieces/<uuid:public_id>/": ["/avis/perdu/pieces/00000000-0000-4000-8000-000000000000/"],
}

#: Not pages.
DATA = {
    "robots.txt": ["/robots.txt"],
    "leviers.csv": ["/leviers.csv"],
    "donnees-essentielles/<slug:code>/<int:year>.csv": ["/donnees-essentielles/ars-76/2026.csv"],
    "donnees-essentielles/<slug:code>/<int:year>.json": ["/donnees-essentielles/ars-76/2026.json"],
    "leviers/<slug:slug>/fiche.pdf": ["/leviers/fir/fiche.pdf"],
    "diagnostic/feuille-de-route.pdf": ["/diagnostic/feuille-de-route.pdf?actor_type=ehpad&region=76"],
    "appels.ics": ["/appels.ics", "/appels.ics?region=76"],
    "appels.rss": ["/appels.rss", "/appels.rss?status=closed"],
    "appels/<slug:slug>.ics": ["/appels/facilisoins-2022.ics"],
    "api/v1/levers/": ["/api/v1/levers/"],
    "api/v1/levers/<slug:slug>/": ["/api/v1/levers/fir/"],
    "api/v1/calls/": ["/api/v1/calls/"],
    "api/v1/experiments/": ["/api/v1/experiments/"],
    "api/v1/terms/": ["/api/v1/terms/", "/api/v1/terms/?q=fonds"],
    "api/v1/agencies/": ["/api/v1/agencies/"],
    "api/v1/matches/": ["/api/v1/matches/"],
    "api/v1/procurement/": ["/api/v1/procurement/?amount=65000&buyer_type=other-public&on=2026-06-01"],
    "api/v1/schema/": ["/api/v1/schema/"],
    "healthz": ["/healthz"],
    "readyz": ["/readyz"],
}

#: Open only in the demonstration; elsewhere there is nothing there.
DEMONSTRATION = {"demonstration/messages/": ["/demonstration/messages/"]}

#: Only a form is sent there; opened by hand, it leads back to the list.
SENT = {"recherche-sans-resultat/": ["/recherche-sans-resultat/"]}

PUBLIC = PAGES | FORMS | PASSWORD_PAGES | REDIRECTIONS | DATA | SENT

READ = [address for addresses in (PAGES | FORMS | PASSWORD_PAGES).values() for address in addresses]
"""Every public page that holds HTML."""
