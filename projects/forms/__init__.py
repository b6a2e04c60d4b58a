"""What people type about projects and dossiers."""
