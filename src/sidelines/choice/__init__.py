"""Would they want to? Payoffs, equilibrium, multiplicity: arrays in, arrays out."""
