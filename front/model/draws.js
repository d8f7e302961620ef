// The draws of an answer, unpacked: every input is one of 256 values between its lowest and highest.

/**
 * Return the draws behind the sliders.
 *
 * `layout` is [[name, roles, width], ...]: `width` columns for each of `roles` roles, in this order.
 * The bytes hold, for each column, its lowest and highest value as 32-bit floats; then, for each
 * column that varies, one byte a draw.
 *
 * @returns {Object<string, Float64Array[]>} columns by name; column `role * width + part`
 */
export function unpack(buffer, { draws, layout }) {
  const columns = layout.reduce((sum, [, roles, width]) => sum + roles * width, 0);
  const bounds = new DataView(buffer, 0, 8 * columns);
  const steps = new Uint8Array(buffer, 8 * columns);
  const found = {};
  let column = 0;
  let place = 0;
  for (const [name, roles, width] of layout) {
    found[name] = [];
    for (let n = 0; n < roles * width; n++, column++) {
      const low = bounds.getFloat32(8 * column, true);
      const high = bounds.getFloat32(8 * column + 4, true);
      const values = new Float64Array(draws).fill(low);
      if (high > low) {
        for (let d = 0; d < draws; d++) values[d] = low + (high - low) * (steps[place + d] / 255);
        place += draws;
      }
      found[name].push(values);
    }
  }
  return found;
}
