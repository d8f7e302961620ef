"""What do past crises teach? Estimates, their uncertainty, and how far to trust them."""
