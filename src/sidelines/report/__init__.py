"""What a person sees: words, documents, the terminal, errors, the Python result."""
