// The distance map: the theatre in the middle, every straight line to it a great circle, rings in
// true kilometres. Ways, what blocks them, bases, closed skies; disputed borders dashed.

import { geoAzimuthalEquidistant, geoCircle, geoDistance, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";

import { behind, fill, h, s, table } from "../dom.js";
import { RUNGS } from "../model/ladder.js";

const SIZE = 560;
const EARTH_KM = 6371;
const KM_PER_DEGREE = (Math.PI / 180) * EARTH_KM;
const NEAREST_KM = 2200;
const FARTHEST_KM = 19900;
const ZONE_KM = 150;
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** Borders that somebody disputes: drawn dashed, whoever drew them. */
const DISPUTED = [
  ["MAR", "ESH"], ["ISR", "PSE"], ["ISR", "SYR"], ["CYP", "CYN"], ["SRB", "XKX"], ["SOM", "SOL"], ["ETH", "SOL"], ["DJI", "SOL"],
  ["IND", "PAK"], ["IND", "CHN"], ["PRK", "KOR"], ["RUS", "UKR"], ["GEO", "RUS"], ["SDN", "SSD"], ["GUY", "VEN"], ["ARM", "AZE"],
].map((pair) => pair.sort().join());

export const POLICY =
  "Borders are those of the open atlas visionscarto, a view and no judgement; borders that somebody disputes are dashed. No figure here depends on them.";

const lonLat = ([lat, lon]) => [lon, lat];

function ringsWithin(radius) {
  const step = [250, 500, 1000, 2000, 5000].find((km) => radius / km <= 5) ?? 5000;
  return Array.from({ length: Math.floor(radius / step) }, (_, n) => (n + 1) * step);
}

function hatch(id, angle, colour) {
  return s(
    "pattern",
    { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})` },
    s("line", { x1: 0, y1: 0, x2: 0, y2: 6, stroke: colour, "stroke-width": 2 }),
  );
}

const likeliest = (power) => power.rungs.reduce((best, p, r) => (p > power.rungs[best] ? r : best), 0);

/** Fill the map; `world` is the atlas, `ways` what is known of ways and bases, once it is. */
export function map(place, crisis, world, { choose }) {
  const parties = [...crisis.parties.target, ...crisis.parties.attacker];
  const seat = crisis.theatre ? [crisis.theatre.lat, crisis.theatre.lon] : crisis.parties.target[0].seat;
  if (!seat) {
    fill(place, h("p", { class: "note" }, "Nothing is known of where this is, so there is no map."));
    return { show() {}, choose() {}, know() {} };
  }
  const centre = lonLat(seat);
  const countries = feature(world, world.objects.countries).features;
  const borders = mesh(world, world.objects.countries, (a, b) => a !== b && !DISPUTED.includes([a.id, b.id].sort().join()));
  const disputed = mesh(world, world.objects.countries, (a, b) => a !== b && DISPUTED.includes([a.id, b.id].sort().join()));
  const away = (point) => geoDistance(centre, lonLat(point)) * EARTH_KM;

  const projection = geoAzimuthalEquidistant().rotate([-centre[0], -centre[1]]).translate([SIZE / 2, SIZE / 2]).precision(0.4);
  const path = geoPath(projection);
  const svg = s("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img", class: "map" });
  const note = h("p", { class: "aside" });
  const list = h("div");
  let radius = NEAREST_KM;
  let zoom = 1;
  let ways = null;
  let role = null;
  let answers = new Map();

  const closer = h("button", { type: "button", class: "small", onclick: () => rescale(zoom / 1.5) }, "Closer");
  const farther = h("button", { type: "button", class: "small", onclick: () => rescale(zoom * 1.5) }, "Farther");
  fill(place, svg, h("p", { class: "aside" }, POLICY), note, h("p", { class: "tools" }, closer, " ", farther), list);

  function rescale(factor) {
    zoom = Math.max(0.2, Math.min(8, factor));
    draw();
  }

  function fitted() {
    const chosen = crisis.powers.find((one) => one.role === role);
    const points = [chosen?.seat, ...(ways?.powers[role]?.courses ?? []).flatMap((one) => one.points)].filter(Boolean);
    const farthest = Math.max(NEAREST_KM, ...points.map(away));
    return Math.min(FARTHEST_KM, farthest * 1.12 * zoom);
  }

  const circle = (km) => geoCircle().center(centre).radius(km / KM_PER_DEGREE)();

  function draw() {
    radius = fitted();
    projection.scale((SIZE / 2 - 2) / (radius / EARTH_KM)).clipAngle(Math.min(179.9, radius / KM_PER_DEGREE));
    const own = ways?.powers[role];
    const side = crisis.powers.find((one) => one.role === role)?.side;
    const sideOf = new Map(crisis.powers.filter((one) => one.side === side).map((one) => [one.id, one]));
    const refused = new Set(own?.refused ?? []);
    const contested = ways?.contested ?? [];
    const party = (id) => parties.find((one) => one.id === id);
    fill(
      svg,
      s("title", {}, `Distance map around ${crisis.theatre?.name ?? parties[0].name}; the outer edge lies ${whole.format(radius)} km away.`),
      s("defs", {}, hatch("closed", 45, "#8a8172"), hatch("contested", -45, "#b3261e")),
      s("path", { class: "sea", d: path({ type: "Sphere" }) }),
      countries.map((one) => {
        const power = sideOf.get(one.id);
        const rung = power && answers.has(power.role) ? RUNGS[likeliest(answers.get(power.role))] : "";
        const d = path(one);
        return d && s("path", { class: `land ${party(one.id) ? "party" : rung ? `rung ${rung}` : ""}`, d });
      }),
      countries.filter((one) => refused.has(one.id)).map((one) => s("path", { class: "closed", d: path(one) ?? "" })),
      countries.filter((one) => contested.some((zone) => zone.id === one.id && zone.means === "air")).map((one) => s("path", { class: "contested", d: path(one) ?? "" })),
      countries.filter((one) => crisis.parties.target.some((target) => target.id === one.id)).map((one) => s("path", { class: "target", d: path(one) ?? "" })),
      s("path", { class: "border", d: path(borders) ?? "" }),
      s("path", { class: "border disputed", d: path(disputed) ?? "" }),
      ringsWithin(radius).map((km) => s("path", { class: "ring", d: path(circle(km)) })),
      ringsWithin(radius).map((km) => {
        const edge = SIZE / 2 - (km / radius) * (SIZE / 2 - 2);
        return s("text", { class: "ring-label", x: SIZE / 2, y: edge + 11, "text-anchor": "middle" }, `${whole.format(km)} km`);
      }),
      contested.filter((zone) => zone.point && away(zone.point) < radius).map((zone) =>
        s("path", { class: "contested zone", d: path(geoCircle().center(lonLat(zone.point)).radius(ZONE_KM / KM_PER_DEGREE)()) ?? "" }, s("title", {}, `Contested: ${zone.name}`)),
      ),
      (own?.courses ?? []).map((one) =>
        s("path", {
          class: `way ${one.means}${one.threats.length ? " threatened" : ""}`,
          d: path({ type: "LineString", coordinates: one.points.map(lonLat) }) ?? "",
        }),
      ),
      (ways?.bases ?? []).flatMap((one) => one.points.map((point) => marker(one, point, role))),
      s("circle", { class: "theatre", cx: SIZE / 2, cy: SIZE / 2, r: 4 }),
      labels(),
    );
    caption(own);
  }

  function marker(base, point, chosen) {
    const [x, y] = projection(lonLat(point)) ?? [];
    if (x === undefined || geoDistance(centre, lonLat(point)) * EARTH_KM > radius) return null;
    const own = chosen?.startsWith(`${base.id}.`);
    if (own) return s("path", { class: "base own", d: `M${x},${y - 5}l5,5l-5,5l-5,-5z` });
    return s("rect", { class: `base ${base.party ? "party" : ""}`, x: x - 3, y: y - 3, width: 6, height: 6 });
  }

  function labels() {
    const taken = [];
    const order = [
      ...parties.map((one) => ({ ...one, rank: 0 })),
      ...crisis.powers.map((one) => ({ ...one, rank: one.role === role ? -1 : 2 - (one.atLeast?.[3]?.p ?? 0) })),
    ].sort((a, b) => a.rank - b.rank);
    const seen = new Set();
    return order.map((one) => {
      if (!one.seat || seen.has(one.id) || away(one.seat) > radius) return null;
      seen.add(one.id);
      const [x, y] = projection(lonLat(one.seat));
      const text = one.role ? `${one.name}, ${whole.format(away(one.seat))} km` : one.name;
      const width = text.length * 5.6;
      const left = x + width + 8 > SIZE;
      const box = [left ? x - width - 6 : x + 4, y - 7, left ? x : x + width + 6, y + 7];
      if (one.role !== role && taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return null;
      taken.push(box);
      return s(
        "g",
        { class: one.role === role ? "label chosen" : "label", onclick: one.role ? () => choose(one.role) : null },
        s("circle", { cx: x, cy: y, r: 2.2 }),
        s("text", { x: left ? x - 5 : x + 5, y: y + 3.5, "text-anchor": left ? "end" : "start" }, text),
      );
    });
  }

  function caption(own) {
    const told = (own?.courses ?? []).map((one) => {
      const trip = `By ${one.means}${one.base ? " from a base" : ""}, ${one.from} to ${one.to}`;
      if (one.km === null) return `${trip}: no way; ${one.blocked_by.length ? `${one.blocked_by.join(", ")} would have to open` : "whoever grants what"}.`;
      return `${trip}: ${whole.format(one.km)} km${one.threats.length ? `, past danger at ${one.threats.join(", ")}` : ""}.`;
    });
    note.textContent = own
      ? "Solid: by air. Dashed: by sea. Red: past danger. Hatched upward: contested; downward: likelier to refuse than to grant. Diamonds: own bases; black squares: the parties'; white: others'."
      : "Ways are being traced…";
    fill(
      list,
      own
        ? behind(
            "Ways and bases as a table",
            table("Ways of the chosen power", ["Way"], told.map((one) => [one])),
            table("What each means could carry", ["Means", "Open and safe", "t a day", "Limited by", "Against it"],
              own.lift.map((one) => [one.means, `${Math.round(100 * one.open_prob)}%`, whole.format(one.t_per_day), one.limited_by, one.blocked_by.join(", ") || "nothing"]), { numbers: [1, 2] }),
            table("Contested areas and passages", ["Where", "By"], ways.contested.map((one) => [one.name, one.means])),
            table("Bases near the theatre", ["Whose", "Where"], ways.bases.map((one) => [one.name, one.places.join(", ")])),
          )
        : null,
    );
    svg.setAttribute("aria-label", `Distance map around ${crisis.theatre?.name ?? parties[0].name}, ${whole.format(radius)} km to the edge. ${told.join(" ")}`);
  }

  return {
    know(found) {
      ways = found;
      draw();
    },
    show(now) {
      const before = [...answers].map(([key, one]) => `${key}${likeliest(one)}`).join();
      answers = now;
      if ([...answers].map(([key, one]) => `${key}${likeliest(one)}`).join() !== before) draw();
    },
    choose(which) {
      role = which;
      zoom = 1;
      draw();
    },
  };
}
