// What the reader has chosen, kept in the address: a link shows the same page again.

const listeners = new Set();

export const state = { power: null, on: "forces", moves: {} };

/** Read the address; what it names and this crisis does not know is left out. */
export function read(known) {
  const given = new URLSearchParams(location.hash.slice(1));
  state.moves = {};
  for (const [name, text] of given) {
    const cut = name.lastIndexOf(".");
    const [role, lever] = [name.slice(0, cut), name.slice(cut + 1)];
    const share = Number(text) / 100;
    if (known.roles.includes(role) && known.levers.includes(lever) && share && Math.abs(share) <= 1) {
      (state.moves[role] ??= {})[lever] = share;
    }
  }
  if (known.roles.includes(given.get("power"))) state.power = given.get("power");
  if (known.statistics.includes(given.get("on"))) state.on = given.get("on");
}

function address() {
  const said = new URLSearchParams({ power: state.power, on: state.on });
  for (const [role, levers] of Object.entries(state.moves)) {
    for (const [lever, share] of Object.entries(levers)) said.set(`${role}.${lever}`, String(Math.round(100 * share)));
  }
  return `#${said}`;
}

let waiting = 0;

/** Change something, tell everybody, and write it into the address when the hand rests. */
export function change(what, changes) {
  Object.assign(state, changes);
  listeners.forEach((listener) => listener(what));
  clearTimeout(waiting);
  waiting = setTimeout(() => history.replaceState(null, "", address()), 200);
}

/** Move one lever of one role by a share of its way; zero puts it back. */
export function move(role, lever, share) {
  const moves = structuredClone(state.moves);
  if (share) (moves[role] ??= {})[lever] = share;
  else delete moves[role]?.[lever];
  if (moves[role] && !Object.keys(moves[role]).length) delete moves[role];
  change("moves", { moves });
}

export const listen = (listener) => listeners.add(listener);
