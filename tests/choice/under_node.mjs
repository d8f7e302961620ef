// Runs one call of the kernel as WebAssembly: reads a case from standard input, writes the arrays.
import { readFileSync } from "node:fs";

const { wasm, call, sizes, arrays, scratch } = JSON.parse(readFileSync(0, "utf8"));
const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {});
const { memory, __heap_base, ...kernel } = instance.exports;

let top = (__heap_base.value + 15) & ~15;
function claim(bytes) {
  const start = top;
  top = (top + bytes + 15) & ~15;
  const missing = top - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  return start;
}

const size = claim(4 * sizes.length);
const places = arrays.map((values) => claim(8 * values.length));
new Int32Array(memory.buffer, size, sizes.length).set(sizes);
places.push(claim(8 * kernel[scratch](size)));
const table = claim(4 * places.length);
new Uint32Array(memory.buffer, table, places.length).set(places);
arrays.forEach((values, n) =>
  new Float64Array(memory.buffer, places[n], values.length).set(values.map(Number)),
);
kernel[call](size, table);
const results = arrays.map((values, n) =>
  Array.from(new Float64Array(memory.buffer, places[n], values.length)),
);
process.stdout.write(JSON.stringify(results));
