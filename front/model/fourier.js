// The table that the kernel reads: functions of total strength as short Fourier sums on [0, 1].
// The definition is sidelines/choice/fourier.py.

export const MODES = [16, 24, 32, 48, 64, 96, 128, 192];
const PERIOD = 1.5;
const SHARPEST = 34;
const ROOM = 0.95;
const PIECES = 400;

/** The modified Bessel function of order zero, by its power series. */
function bessel(x) {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-17 * sum; k++) sum += term *= (x / (2 * k)) ** 2;
  return sum;
}

/** The integral of a Kaiser window from -1 to an upper end, by Simpson's rule. */
function area(upper, sharpness) {
  const step = (upper + 1) / PIECES;
  let sum = 0;
  for (let n = 0; n <= PIECES; n++) {
    const place = -1 + n * step;
    const weight = n === 0 || n === PIECES ? 1 : n % 2 ? 4 : 2;
    sum += weight * bessel(sharpness * Math.sqrt(Math.max(0, 1 - place * place)));
  }
  return (sum * step) / 3;
}

const angles = (at, modes) => Array.from({ length: modes }, (_, g) => (at * 2 * Math.PI * g) / PERIOD);
const basis = (at, modes) => [...angles(at, modes).map(Math.cos), ...angles(at, modes).map((a) => -Math.sin(a))];

/** Nodes, blend, transform, checking points and check of a fit, one after the other. */
export function table(modes) {
  const gap = PERIOD - 1;
  const sharpness = Math.min((ROOM * Math.PI * modes * gap) / PERIOD, SHARPEST);
  const whole = area(1, sharpness);
  const at = Array.from({ length: 2 * modes }, (_, n) => (n * PERIOD) / (2 * modes));
  const blend = at.map((x) => (x > 1 ? area((2 * (x - 1)) / gap - 1, sharpness) / whole : 0));
  const transform = at.map((x) => basis(x, modes).map((value, part) => value * (part ? 1 : 0.5) * (1 / modes)));
  const points = (3 * modes) / 2;
  const between = Array.from({ length: points }, (_, n) => (n + 0.5) / points);
  const there = between.map((x) => basis(x, modes));
  const check = Array.from({ length: 2 * modes }, (_, part) => there.map((row) => row[part]));
  return Float64Array.from([at, blend, transform, between, check].flat(2));
}
