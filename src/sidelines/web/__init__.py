"""The local page: a small server on this machine alone."""
