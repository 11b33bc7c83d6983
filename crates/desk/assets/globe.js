// The earth on a plane: the Equal Earth projection (Šavrič, Patterson and Jenny 2018), land, borders, ways.
const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
const HALF = Math.sqrt(3) / 2;
const RADIANS = Math.PI / 180;
const SCALE = 500 / 2.70663; // the equator is 1000 long

export const WHOLE = { x: -500, y: -243.4, width: 1000, height: 450 };

// Degrees east and north as a point; y grows downwards.
export function project(longitude, latitude) {
  const t = Math.asin(HALF * Math.sin(latitude * RADIANS));
  const t2 = t * t, t6 = t2 * t2 * t2;
  const x = (longitude * RADIANS * Math.cos(t)) / (HALF * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)));
  const y = t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2));
  return [x * SCALE, -y * SCALE];
}

const short = (value) => Math.round(value * 10) / 10;

// A path through points in degrees; it is lifted where it leaves the map on one side to come in on the other.
export function path(points, close = false) {
  let text = "", before = null;
  for (const [longitude, latitude] of points) {
    const [x, y] = project(longitude, latitude);
    const lifted = before === null || (!close && Math.abs(longitude - before) > 180);
    text += `${lifted ? "M" : "L"}${short(x)} ${short(y)}`;
    before = longitude;
  }
  return close ? `${text}Z` : text;
}

// Steps in tenths of a degree as points.
function unpacked(steps) {
  const points = [];
  for (let at = 0, x = 0, y = 0; at < steps.length; at += 2) points.push([(x += steps[at]) / 10, (y += steps[at + 1]) / 10]);
  return points;
}

export function outlines({ land, borders }) {
  return {
    land: land.map((ring) => path(unpacked(ring), true)).join(""),
    borders: borders.map((line) => path(unpacked(line))).join(""),
  };
}

// A way from one point to another, bent to the north, so that it stays on the map and two of them do not lie on one another.
export function way(start, end) {
  const [[x1, y1], [x2, y2]] = [start, end].map((one) => project(one.longitude, one.latitude));
  const [dx, dy] = [x2 - x1, y2 - y1];
  if (Math.hypot(dx, dy) < 0.5) return "";
  const side = dx < 0 ? -1 : 1;
  const bend = [(x1 + x2) / 2 + side * dy * 0.18, (y1 + y2) / 2 - side * dx * 0.18];
  return `M${short(x1)} ${short(y1)}Q${bend.map(short).join(" ")} ${short(x2)} ${short(y2)}`;
}
