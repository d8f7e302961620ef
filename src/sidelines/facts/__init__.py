"""What is known: small dated tables, each row with its source, and one question a subject.

Start with `world.load_world(as_of)`, then ask: `places.capital(world, "IRN")`,
`strength.strength_share(world, "RUS")`, `ties.pacts(world, "USA", "JPN")` and so on. An answer is a
`record.Fact`, a tuple of them, or None where we do not know; None is never zero.
"""
