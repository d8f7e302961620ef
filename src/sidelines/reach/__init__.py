"""Can it arrive? Distance, loss of strength, lift, open ways, slack: arrays in, arrays out."""
