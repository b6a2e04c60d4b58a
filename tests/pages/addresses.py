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
    "commande-publique/": [
        "/commande-publique/",
        "/commande-publique/?amount=55000&buyer_type=other-public&on=2026-03-31",
        "/commande-publique/?amount=95000&buyer_type=central-state&innovative=true",
        "/commande-publique/?amount=50000&buyer_type=other-public&category=works&on=2023-01-01",
        "/commande-publique/?amount=65 000,50&buyer_type=private",
        "/commande-publique/?amount=beaucoup&on=hier",
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
}

#: Pages with a form that is sent: they set the cookie that protects it.
FORMS = {
    "compte/connexion/": ["/compte/connexion/"],
    "compte/mot-de-passe/oublie/": ["/compte/mot-de-passe/oublie/"],
    "alertes/nouvelle/": [
        "/alertes/nouvelle/",
        "/alertes/nouvelle/?region=76&actor_type=ehpad&status=open&period=2026",
    ],
}

#: Leads to the one page where people sign in.
REDIRECTIONS = {"admin/login/": ["/admin/login/"]}

#: Pages that end a change of password.
PASSWORD_PAGES = {
    "compte/mot-de-passe/envoye/": ["/compte/mot-de-passe/envoye/"],
    "compte/mot-de-passe/nouveau/<uidb64>/<token>/": ["/compte/mot-de-passe/nouveau/MQ/perime-1/"],
    "compte/mot-de-passe/change/": ["/compte/mot-de-passe/change/"],
}

#: Pages of one alert, open to whoever holds its link; another link finds nothing there.
BY_LINK = {
    "alertes/<str:token>/": ["/alertes/perdue/"],
    "alertes/<str:token>/confirmer/": ["/alertes/perdue/confirmer/"],
    "alertes/<str:token>/arreter/": ["/alertes/perdue/arreter/"],
}

#: Not pages.
DATA = {
    "robots.txt": ["/robots.txt"],
    "leviers.csv": ["/leviers.csv"],
    "appels.ics": ["/appels.ics", "/appels.ics?region=76"],
    "appels.rss": ["/appels.rss", "/appels.rss?status=closed"],
    "appels/<slug:slug>.ics": ["/appels/facilisoins-2022.ics"],
    "api/v1/levers/": ["/api/v1/levers/"],
    "api/v1/levers/<slug:slug>/": ["/api/v1/levers/fir/"],
    "api/v1/calls/": ["/api/v1/calls/"],
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
