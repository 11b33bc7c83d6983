// Makes ../assets/world.json: land and the borders of states, in tenths of a degree, cut at the 180th meridian.
// Input: countries-110m.json and land-110m.json of the npm package world-atlas (Natural Earth 1:110m, public domain).
//   node world.mjs node_modules/world-atlas > ../assets/world.json
import { readFileSync } from "node:fs";

const folder = process.argv[2];
const load = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));

// The arcs of a topology as degrees.
function unpacked({ arcs, transform: { scale, translate } }) {
  return arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
}

const taken = (arcs, at) => (at >= 0 ? arcs[at] : [...arcs[~at]].reverse());
const ring = (arcs, list) => list.flatMap((at, n) => taken(arcs, at).slice(n ? 1 : 0));
const polygons = (shape) => (shape.type === "Polygon" ? [shape.arcs] : shape.type === "MultiPolygon" ? shape.arcs : []);

// Longitudes that do not jump, though they may leave the map.
function unwrapped(points) {
  let turn = 0;
  return points.map(([x, y], at) => {
    const jump = at ? x - points[at - 1][0] : 0;
    if (jump > 180) turn -= 360;
    if (jump < -180) turn += 360;
    return [x + turn, y];
  });
}

// The part of a ring on one side of a meridian (Sutherland and Hodgman).
function clipped(points, edge, inside) {
  return points.flatMap((now, at) => {
    const before = points[(at + points.length - 1) % points.length];
    const share = (edge - before[0]) / (now[0] - before[0]);
    const crossing = [edge, before[1] + share * (now[1] - before[1])];
    if (inside(now[0])) return inside(before[0]) ? [now] : [crossing, now];
    return inside(before[0]) ? [crossing] : [];
  });
}

function cut(points) {
  let path = unwrapped(points);
  const round = path.at(-1)[0] - path[0][0];
  if (Math.abs(round) > 180) path = [...path, [path.at(-1)[0], -90], [path[0][0], -90]]; // around the pole
  return [-360, 0, 360].map((by) => {
    const moved = path.map(([x, y]) => [x + by, y]);
    return clipped(clipped(moved, -180, (x) => x >= -180), 180, (x) => x <= 180);
  }).filter((part) => part.length > 3);
}

// Tenths of a degree, each as the step from the last; what does not move is left out.
function steps(points) {
  const out = [];
  let x = 0, y = 0;
  for (const [lon, lat] of points) {
    const [nx, ny] = [Math.round(lon * 10), Math.round(lat * 10)];
    if (out.length && nx === x && ny === y) continue;
    out.push(nx - x, ny - y);
    [x, y] = [nx, ny];
  }
  return out;
}

// Lines between two states: arcs that two shapes share.
function borders(world) {
  const arcs = unpacked(world), users = new Map();
  world.objects.countries.geometries.forEach((shape, one) => {
    for (const at of polygons(shape).flat(2)) {
      const key = at >= 0 ? at : ~at;
      users.set(key, (users.get(key) ?? new Set()).add(one));
    }
  });
  const jumps = (arc) => arc.some(([x], at) => at && Math.abs(x - arc[at - 1][0]) > 180);
  return [...users].filter(([, set]) => set.size > 1).map(([at]) => arcs[at]).filter((arc) => !jumps(arc));
}

const land = load("land-110m.json");
const shapes = land.objects.land.geometries ?? [land.objects.land];
const arcs = unpacked(land);
const rings = shapes.flatMap(polygons).flat().map((list) => ring(arcs, list)).flatMap(cut);
const list = (lines, least) => lines.map(steps).filter((line) => line.length >= least);
process.stdout.write(JSON.stringify({ land: list(rings, 8), borders: list(borders(load("countries-110m.json")), 4) }) + "\n");
