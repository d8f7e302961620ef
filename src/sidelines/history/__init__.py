"""Past crises: cases, fit, backtest, scores."""
