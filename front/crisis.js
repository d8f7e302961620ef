// The crisis page: verdict first, then who, where, why, what would change it, when, and how sure.

import { connect } from "./client.js";
import { fill, h } from "./dom.js";
import { LEVERS } from "./model/crisis.js";
import { INSTRUMENTS, RUNGS } from "./model/ladder.js";
import { isFile, part } from "./parts.js";
import { change, listen, move, read, state } from "./state.js";
import { ladder } from "./views/ladder.js";
import { levers } from "./views/levers.js";
import { map } from "./views/map.js";
import { path } from "./views/path.js";
import { power } from "./views/power.js";
import { sources } from "./views/sources.js";
import { takeaway } from "./views/takeaway.js";
import { trust } from "./views/trust.js";
import { STATISTICS, why } from "./views/why.js";
import { day, gist } from "./words.js";

const at = (id) => document.getElementById(id);
const bounded = (p) => Math.min(1, Math.max(0, p));

/** A power as assessed, its lists by name. */
function assessed(power) {
  return { ...power, atLeast: power.at_least.map(([p, low, high]) => ({ p, low, high })) };
}

/** A power with what the levers moved added to what all draws say. */
function added(power, before, after) {
  const shift = (all, from, to) => bounded(all + to - from);
  const rungs = power.rungs.map((p, r) => shift(p, before.rungs[r], after.rungs[r]));
  const sum = rungs.reduce((total, p) => total + p, 0);
  return {
    ...power,
    assessed: power,
    rungs: rungs.map((p) => p / sum),
    instruments: power.instruments.map((p, n) => shift(p, before.instruments[n], after.instruments[n])),
    atLeast: power.atLeast.map((one, n) => Object.fromEntries(Object.keys(one).map((key) => [key, shift(one[key], before.atLeast[n][key], after.atLeast[n][key])]))),
  };
}

function statistic(power, on) {
  const [kind, name] = on.includes(":") ? on.split(":") : ["rung", on];
  const n = INSTRUMENTS.indexOf(name);
  return kind === "instrument" ? power.instruments[n] : power.atLeast[n].p;
}

/** The power to begin with: of the target's the likeliest to send weapons that does not fight yet. */
function telling(powers) {
  const order = [...powers].sort((a, b) => b.atLeast[3].p - a.atLeast[3].p);
  return order.find((one) => one.side === "target" && !one.done.includes("forces")) ?? order[0];
}

/** Show a crisis. */
export async function showCrisis() {
  const crisis = await part("crisis");
  const powers = new Map(crisis.powers.map((one) => [one.role, assessed(one)]));
  crisis.powers = [...powers.values()];
  let now = new Map(crisis.powers.map((one) => [one.role, { ...one, assessed: one }]));
  let status = { provisional: false, draws: crisis.model.draws, settled: true };
  let model = null;
  let present = () => null;
  let found = null;

  document.title = `${crisis.title} · Sidelines`;
  fill(at("title"), crisis.title);
  fill(at("as-of"), `as of ${day(crisis.as_of)}`);
  state.power = telling(crisis.powers).role;
  read({ roles: [...powers.keys()], levers: Object.keys(LEVERS), statistics: STATISTICS.map(([name]) => name) });

  const choose = (role) => change("power", { power: role });
  const views = {
    ladder: ladder(at("ladder"), at("figures"), crisis, { choose, now: () => now }),
    power: power(at("power"), crisis),
    levers: levers(at("levers"), crisis, { move, reset: () => change("moves", { moves: {} }), present: (role) => present(role) }),
    why: why(at("why"), crisis, { pick: (on) => change("on", { on }), geography: (role) => found?.powers[role]?.geography }),
  };
  sources(at("sources"), crisis);
  takeaway(at("takeaway"), crisis, { now: () => now, moves: () => state.moves, ways: () => found });

  function headline() {
    const sides = ["target", "attacker"].map((side) => [side, [...now.values()].filter((one) => one.side === side)]).filter(([, mine]) => mine.length);
    fill(at("gist"), sides.map(([side, mine], n) => h(n ? "p" : "h1", { class: n ? "second" : null }, gist(crisis.words[side], mine))));
  }

  function show() {
    headline();
    views.ladder.show();
    views.power.show(now.get(state.power));
    views.levers.show(state.moves, now.get(state.power), status);
    views.map?.show(now);
    if (!status.provisional) views.ladder.table();
  }

  function chosen() {
    const one = powers.get(state.power);
    for (const view of Object.values(views)) view.choose?.(view === views.ladder || view === views.map || view === views.levers ? one.role : view === views.why ? state.on : one);
  }

  let asked = 0;
  async function explain() {
    if (!model) return;
    const mine = ++asked;
    document.body.dataset.why = "asked";
    views.why.wait(0);
    const split = await model.why(state.power, state.on, state.moves, ({ progress }) => mine === asked && views.why.wait(progress));
    if (mine !== asked || !split) return;
    const one = now.get(state.power);
    views.why.show(one, split, statistic(one, state.on));
    document.body.dataset.why = "told";
  }

  function take(answer, provisional) {
    const base = provisional ? model.first : model.base.base;
    now = new Map(answer.roles.map((one, i) => [crisis.powers[i].role, added(crisis.powers[i], base.roles[i], one)]));
    status = { provisional, draws: answer.draws, settled: !answer.unsettled };
    show();
    document.body.dataset.state = provisional ? "provisional" : "settled";
  }

  let resting = 0;
  async function moved() {
    if (!model) return;
    document.body.dataset.state = "moving";
    document.body.dataset.why = "asked";
    const settled = await model.move(state.moves, (answer) => take(answer, true));
    if (settled) {
      take(settled, false);
      clearTimeout(resting);
      resting = setTimeout(explain, 250);
    }
  }

  listen((what) => {
    if (what === "moves") {
      views.levers.show(state.moves, now.get(state.power), status);
      moved();
      return;
    }
    chosen();
    show();
    explain();
  });

  chosen();
  show();
  at("page").hidden = false;
  document.body.dataset.state = "shown";
  views.levers.wait("The draws are on their way…");

  const world = part("world").then((atlas) => {
    views.map = map(at("map"), crisis, atlas, { choose });
    views.map.choose(state.power);
    views.map.show(now);
    if (found) views.map.know(found);
  });
  const rest = [
    part("record").then((record) => {
      views.trust = trust(at("trust"), crisis, record);
      views.trust.choose(powers.get(state.power));
    }),
    part("path").then((days) => {
      views.path = path(at("path"), crisis, days);
      views.path.choose(powers.get(state.power));
    }),
    part("ways").then((ways) => {
      found = ways;
      views.map?.know(ways);
    }),
  ];
  try {
    model = await connect(await part("about"));
    present = (role) => model.base.present[crisis.powers.findIndex((one) => one.role === role)];
    model.first = model.base.first ?? model.base.base;
    views.levers.ready();
    document.body.dataset.kernel = model.kind;
    show();
    if (Object.keys(state.moves).length) await moved();
    else await explain();
  } catch (error) {
    views.levers.wait(`The levers cannot be moved here: ${error.message}. The answer as assessed stands.`);
    document.body.dataset.why = "told";
  }
  await Promise.allSettled([world, ...rest]);
  if (found) await explain();
  document.body.dataset.state = "settled";
}
