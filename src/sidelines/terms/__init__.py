"""The words every room shares: ladder, instruments, sides, ties, sources, units, errors."""
