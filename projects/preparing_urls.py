"""The addresses where projects and drafts are prepared, under ``/dossiers/``. Every one is private."""

urlpatterns: list = []
