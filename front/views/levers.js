// Levers: what would have to change. Each moves one input of one power in every draw.

import { fill, h } from "../dom.js";
import { percent, points } from "../words.js";

const MEANING = {
  stake: "what it gains if its side prevails",
  commitment: "how far its ties oblige it",
  arrival: "how much of what it sends arrives",
  overstretch: "how much of its forces is tied down elsewhere",
  caution: "how bad a war with the other side would be for it",
  exposure: "how far it depends on the other side's markets",
  rents: "what it earns by arms and oil",
};
const RUNGS = [["weapons", 3], ["forces", 5]];

const moved = (present, share) => (share > 0 ? present + share * (1 - present) : present + share * present);

function told(present, share) {
  if (!share) return `as assessed, ${present.toFixed(2)}`;
  return `${Math.round(100 * Math.abs(share))}% of the way to ${share > 0 ? "all" : "nothing"}: ${moved(present, share).toFixed(2)}`;
}

function lever(name, { move }) {
  const output = h("output", { class: "value" });
  const input = h("input", {
    type: "range", min: -100, max: 100, step: 5, id: `lever-${name}`, "aria-describedby": `means-${name}`,
    oninput: () => move(name, Number(input.value) / 100),
  });
  const reset = h("button", { type: "button", class: "small", onclick: () => { move(name, 0); input.focus(); } }, `Reset ${name}`);
  output.setAttribute("for", input.id);
  return {
    element: h(
      "div",
      { class: "lever" },
      h("label", { for: input.id }, name),
      h("span", { class: "means", id: `means-${name}` }, MEANING[name]),
      input,
      h("span", { class: "state" }, output, reset),
    ),
    show(present, share) {
      input.value = Math.round(100 * share);
      input.setAttribute("aria-valuetext", told(present, share));
      output.textContent = told(present, share);
      reset.hidden = !share;
    },
  };
}

/** Fill the levers; `present(role)` gives the mean of each input as assessed. */
export function levers(place, crisis, { move, reset, present }) {
  let role;
  const made = Object.fromEntries(Object.keys(MEANING).map((name) => [name, lever(name, { move: (which, share) => move(role, which, share) })]));
  const effect = h("p", { class: "effect", role: "status" });
  const changed = h("ul", { class: "changed" });
  const all = h("button", { type: "button", onclick: reset }, "Reset all levers");
  const same = h("p", { class: "aside" });
  fill(
    place,
    h("h3", { id: "levers-title" }, "What would have to change"),
    effect,
    h("div", { class: "levers", role: "group", "aria-labelledby": "levers-title" }, Object.values(made).map((one) => one.element)),
    changed,
    all,
    same,
  );
  function list(moves) {
    const items = Object.entries(moves).flatMap(([name, levers]) => {
      const power = crisis.powers.find((one) => one.role === name);
      return Object.entries(levers).map(([which, share]) =>
        h(
          "li",
          {},
          `${power.name}, ${which}: ${Math.round(100 * Math.abs(share))}% of the way to ${share > 0 ? "all" : "nothing"} `,
          h("button", { type: "button", class: "small", "aria-label": `Reset ${which} of ${power.name}`, onclick: () => move(name, which, 0) }, "Reset"),
        ),
      );
    });
    fill(changed, items);
    all.hidden = !items.length;
    const own = Object.entries(moves[role] ?? {}).map(([which, share]) => `${which}=${Math.round(100 * Math.abs(share))}%to${share > 0 ? 1 : 0}`);
    const [id, side] = role.split(".");
    fill(same, own.length ? ["The same over all draws, in a terminal: ", h("code", {}, `sidelines what-if ${crisis.id} ${id} ${own.join(" ")}${side === "attacker" ? " --side attacker" : ""}`)] : null);
  }
  return {
    choose(which) {
      role = which;
    },
    show(moves, now, { provisional, draws, settled }) {
      const inputs = present(role);
      for (const [name, one] of Object.entries(made)) one.show(inputs?.[name] ?? 0, moves[role]?.[name] ?? 0);
      list(moves);
      if (!Object.keys(moves).length) {
        effect.textContent = "Nothing is changed: this is the answer as assessed.";
        return;
      }
      const said = RUNGS.map(([rung, n]) => {
        const change = now.atLeast[n].p - now.assessed.atLeast[n].p;
        return `${rung}${rung === "forces" ? "" : " or more"} ${percent(now.assessed.atLeast[n].p)} → ${percent(now.atLeast[n].p)} (${points(change)} points)`;
      });
      effect.textContent = `${now.name}: ${said.join("; ")}. ${provisional ? `Provisional, from ${draws} draws.` : `From ${draws} draws that stand for all${settled ? "" : "; some did not settle"}.`}`;
    },
    wait(text) {
      effect.textContent = text;
      Object.values(made).forEach((one) => one.element.querySelector("input").toggleAttribute("disabled", true));
    },
    ready() {
      Object.values(made).forEach((one) => one.element.querySelector("input").toggleAttribute("disabled", false));
    },
  };
}
