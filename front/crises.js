// The index: every crisis on one map of the world, and a list that says who steps in.

import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";

import { fill, h, s } from "./dom.js";
import { part } from "./parts.js";
import { POLICY } from "./views/map.js";
import { day } from "./words.js";

const WIDTH = 900;
const HEIGHT = 440;

/** Show the list of crises. */
export async function showIndex() {
  const { crises } = await part("crises");
  const at = (id) => document.getElementById(id);
  const link = (one) => h("a", { href: `crisis/${encodeURIComponent(one.id)}/` }, one.title);
  fill(at("list"), crises.map((one) => h("li", {}, link(one), h("span", { class: "aside" }, ` ${day(one.as_of)} · ${one.theatre ?? ""}`))));
  const left = h("select", { id: "left" }, crises.map((one) => h("option", { value: one.id }, one.title)));
  const right = h("select", { id: "right" }, crises.map((one) => h("option", { value: one.id }, one.title)));
  right.selectedIndex = Math.min(1, crises.length - 1);
  fill(
    at("compare"),
    h("h2", {}, "Compare two"),
    h(
      "form",
      { class: "ask", onsubmit: (event) => {
        event.preventDefault();
        location.href = `compare/${encodeURIComponent(left.value)}/${encodeURIComponent(right.value)}/`;
      } },
      h("label", { for: "left" }, "Compare "), left, h("label", { for: "right" }, " with "), right, " ", h("button", {}, "Show what differs"),
    ),
  );
  at("page").hidden = false;
  const world = await part("world");
  const projection = geoEqualEarth().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: "Sphere" });
  const path = geoPath(projection);
  fill(
    at("world"),
    s(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map", role: "img", "aria-label": `${crises.length} crises on a map of the world; the list below names them.` },
      s("path", { class: "sea", d: path({ type: "Sphere" }) }),
      feature(world, world.objects.countries).features.map((one) => s("path", { class: "land", d: path(one) ?? "" })),
      crises.filter((one) => one.lat !== null).map((one) => {
        const [x, y] = projection([one.lon, one.lat]);
        return s("g", { class: "label" }, s("circle", { class: "theatre", cx: x, cy: y, r: 4 }), s("text", { x: x + 6, y: y + 4 }, one.id));
      }),
    ),
    h("p", { class: "aside" }, POLICY),
  );
  document.body.dataset.state = "settled";
}
