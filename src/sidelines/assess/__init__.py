"""The answer: joins crisis, facts, reach, effect and choice; draws, attribution, levers, trust."""
