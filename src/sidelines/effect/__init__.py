"""Would it matter? How delivered strength changes the exchange: arrays in, arrays out."""
