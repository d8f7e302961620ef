// Who steps in: per power one bar over the ladder, a tick per instrument, two odds with their range.

import { behind, fill, h, table } from "../dom.js";
import { INSTRUMENTS, RUNGS } from "../model/ladder.js";
import { percent, percentRange } from "../words.js";

const LETTERS = ["w", "d", "$", "W", "A", "F"];
const ROOM_FOR_WORD = 0.17;
const WEAPONS = 3;
const FORCES = 5;

const spoken = (power) => RUNGS.map((rung, r) => `${rung} ${percent(power.rungs[r])}`).join(", ");

function bar() {
  const parts = RUNGS.map((rung) => h("span", { class: `rung ${rung}` }));
  const element = h("div", { class: "bar", role: "img" }, parts);
  return {
    element,
    show(power) {
      element.setAttribute("aria-label", spoken(power));
      parts.forEach((part, r) => {
        const p = power.rungs[r];
        part.style.width = `${100 * p}%`;
        part.textContent = p >= ROOM_FOR_WORD ? `${RUNGS[r]} ${percent(p)}` : "";
        part.title = `${RUNGS[r]} ${percent(p)}`;
      });
    },
  };
}

function ticks() {
  const fills = INSTRUMENTS.map(() => h("span", { class: "level" }));
  const element = h(
    "div",
    { class: "ticks", role: "img" },
    INSTRUMENTS.map((name, n) => h("span", { class: `tick ${name}` }, h("span", { class: "well" }, fills[n]), h("span", { class: "letter" }, LETTERS[n]))),
  );
  return {
    element,
    show(power) {
      element.setAttribute("aria-label", INSTRUMENTS.map((name, n) => `${name} used ${percent(power.instruments[n])}`).join(", "));
      fills.forEach((one, n) => {
        one.style.height = `${100 * power.instruments[n]}%`;
        one.parentElement.parentElement.title = `${INSTRUMENTS[n]} used: ${percent(power.instruments[n])}`;
      });
    },
  };
}

function odds() {
  const value = h("b", {});
  const range = h("span", { class: "range" });
  return {
    element: h("td", { class: "number odds" }, value, " ", range),
    show({ p, low, high }) {
      value.textContent = percent(p);
      range.textContent = percentRange(low, high);
    },
  };
}

function row(power, choose) {
  const shown = { bar: bar(), ticks: ticks(), weapons: odds(), forces: odds() };
  const pick = h("input", { type: "radio", name: "power", value: power.role, id: `pick-${power.role}`, onchange: () => choose(power.role) });
  const element = h(
    "tr",
    {},
    h("th", { scope: "row" }, h("label", { for: pick.id }, pick, h("span", { class: "name" }, power.name))),
    h("td", { class: "wide" }, shown.bar.element),
    h("td", {}, shown.ticks.element),
    shown.weapons.element,
    shown.forces.element,
  );
  return {
    element,
    pick,
    show(now) {
      shown.bar.show(now);
      shown.ticks.show(now);
      shown.weapons.show(now.atLeast[WEAPONS]);
      shown.forces.show(now.atLeast[FORCES]);
    },
  };
}

const byWeapons = (one, other) => other.atLeast[WEAPONS].p - one.atLeast[WEAPONS].p;

/** Fill the part of the page that lists all powers; `now()` gives everybody's answer by role. */
export function ladder(place, figures, crisis, { choose, now }) {
  const rows = new Map();
  const sides = ["target", "attacker"].map((side) => {
    const mine = crisis.powers.filter((one) => one.side === side).sort(byWeapons);
    if (!mine.length) return null;
    const made = mine.map((power) => {
      const one = row(power, choose);
      rows.set(power.role, one);
      return one.element;
    });
    return h(
      "tbody",
      {},
      h("tr", { class: "side" }, h("th", { colspan: 5, scope: "rowgroup" }, `Might back ${crisis.words[side]}`)),
      made,
    );
  });
  fill(
    place,
    h(
      "table",
      { class: "ladder" },
      h("caption", { class: "aside" }, "How far each power goes. 80% ranges over draws. Choose one to see why."),
      h("colgroup", {}, ["power", "bars", "uses", "odd", "odd"].map((name) => h("col", { class: name }))),
      h(
        "thead",
        {},
        h("tr", {}, ["Power", "Likeliest rung and all others", "Uses", "Weapons or more", "Forces"].map((text) => h("th", { scope: "col" }, text))),
      ),
      sides,
    ),
    legend(),
  );
  return {
    show() {
      const answers = now();
      rows.forEach((one, role) => one.show(answers.get(role)));
    },
    choose(role) {
      const one = rows.get(role);
      one.pick.checked = true;
      rows.forEach((other) => other.element.classList.toggle("chosen", other === one));
    },
    table() {
      const answers = [...now().values()];
      fill(
        figures,
        behind(
          "These figures as a table",
          table(
            "Chance of each rung, and that each instrument is used",
            ["Power, side", ...RUNGS, ...INSTRUMENTS.map((name) => `uses ${name}`)],
            answers.map((one) => [`${one.name}, for the ${one.side}`, ...one.rungs.map(percent), ...one.instruments.map(percent)]),
            { numbers: RUNGS.concat(INSTRUMENTS).map((_, n) => n + 1) },
          ),
        ),
      );
    },
  };
}

function legend() {
  return h(
    "p",
    { class: "legend" },
    RUNGS.map((rung, r) => h("span", { class: "key" }, h("span", { class: `swatch ${rung}` }), `${r ? LETTERS[r - 1] : "·"} ${rung}`)),
  );
}
