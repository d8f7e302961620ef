"""Forecasts of how far a power goes, one file a kind of model, all of one shape.

A forecast is a function of the cases, which of them to learn from (`train`), which to answer for
(`test`), and the year of the origin. It returns the chances of reaching each step of the ladder.
"""
