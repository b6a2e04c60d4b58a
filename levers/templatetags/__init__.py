"""Tags of templates that need the content."""
