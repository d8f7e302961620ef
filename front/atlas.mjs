// Writes the atlas of the page: the countries of visionscarto at 110 m, with codes for names, on a
// grid of some four kilometres. Given: the atlas, where to write.
import { readFileSync, writeFileSync } from "node:fs";
import { feature, quantize } from "topojson-client";

const [given, out] = process.argv.slice(2);
const world = JSON.parse(readFileSync(given, "utf8"));
const EMPTY = new Set(["ATA", "ATF"]);
delete world.objects.land;
const kept = world.objects.countries.geometries.filter((one) => !EMPTY.has(one.properties.a3));
world.objects.countries.geometries = kept.map(({ type, arcs, properties }) => ({ type, arcs, id: properties.a3 }));
const used = new Map();
const renumber = (arcs) =>
  arcs.map((arc) => {
    if (Array.isArray(arc)) return renumber(arc);
    const bare = arc < 0 ? ~arc : arc;
    if (!used.has(bare)) used.set(bare, used.size);
    return arc < 0 ? ~used.get(bare) : used.get(bare);
  });
for (const one of world.objects.countries.geometries) one.arcs = renumber(one.arcs);
world.arcs = [...used.keys()].map((arc) => world.arcs[arc]);
const coarse = quantize({ ...world, transform: undefined, arcs: absolute(world) }, 1e4);
if (feature(coarse, coarse.objects.countries).features.length !== kept.length) throw new Error("a country was lost");
writeFileSync(out, JSON.stringify(coarse));

/** Arcs in degrees instead of steps on a grid. */
function absolute({ arcs, transform: { scale, translate } }) {
  return arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
}
