"""One small answer with both sides, an override, a done deed and a threat, for every report."""

import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.crisis.read import read_crisis

TEXT = """\
id: small
title: A made-up crisis between real names
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
theatre: {name: The Gulf, lat: 30, lon: 52}
control: {air: 0.6, sea: [0.3, 0.7], land: 0.2}
attack: {resolve: [0.6, 0.9], committed: 0.2}
defence: {resolve: [0.6, 0.9], committed: 1.0}
threats: [{date: 2026-03-01, by: USA, against: [RUS], strength: 0.3}]
sources: {wire: {title: A wire story, date: 2026-03-04, strength: C}}
powers:
  - power: RUS
    side: target
    stake: {value: 0.4, range: [0.2, 0.6], source: wire}
    commitments: [{title: A war elsewhere, share: [0.5, 0.8], source: assumed}]
    access: [{means: air, grantor: AZE, right: overflight, state: unknown, prob: [0.2, 0.6]}]
  - {power: CHN, side: target, overrides: [{rung: weapons, probability: 0.25, reason: A leak}]}
  - {power: MNG, side: target, stake: 0.01}
  - power: GBR
    side: attacker
    stake: [0.2, 0.5]
    signals: [{date: 2026-03-01, title: Backs it, instrument: diplomatic, done: true}]
  - {power: RUS, side: attacker, stake: 0.05}
"""


@pytest.fixture(scope="session")
def text() -> str:
    """Return the text of a small crisis."""
    return TEXT


@pytest.fixture(scope="session")
def answer() -> Assessment:
    """Return its answer."""
    return assess_crisis(read_crisis(TEXT), draws=20, seed=1)
