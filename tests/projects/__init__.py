"""The register: what its rules say, what its content holds."""
