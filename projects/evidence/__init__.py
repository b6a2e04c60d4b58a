"""The evidence of a dossier: one archive that a third party can check without the portal."""
