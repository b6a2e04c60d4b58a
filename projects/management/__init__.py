"""Commands of the dossiers."""
