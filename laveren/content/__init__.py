"""Cases, methods, domains and the codebook: read from YAML, checked, typed."""
