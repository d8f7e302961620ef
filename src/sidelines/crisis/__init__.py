"""The question: a crisis file read, checked, written; its events and shocks; bundled crises."""
