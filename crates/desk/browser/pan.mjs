// Panning the timeline, and what it costs.
export const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

// Drags the timeline to and fro, one step a frame; gives milliseconds from frame to frame.
function dragged(one, frames) {
  return one.evaluate((frames) => new Promise((done) => {
    const canvas = document.querySelector("canvas.timeline");
    const box = canvas.getBoundingClientRect();
    const fire = (kind, x) => canvas.dispatchEvent(new PointerEvent(kind, { clientX: box.x + x, clientY: box.y + 60, pointerId: 1, bubbles: true }));
    canvas.setPointerCapture = () => {};
    const whole = [];
    fire("pointerdown", 500);
    const step = (now, at, last) => {
      if (last !== undefined) whole.push(now - last);
      if (at === frames) { fire("pointerup", 500); return done(whole); }
      fire("pointermove", 500 + 300 * Math.sin((at + 1) / 8));
      requestAnimationFrame((next) => step(next, at + 1, now));
    };
    requestAnimationFrame((now) => step(now, 0));
  }), frames);
}

// The same with what it cost: milliseconds of processor time of the page's thread in a frame, and frames a second.
export async function pan(one, frames) {
  const meter = await one.context().newCDPSession(one);
  await meter.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => Object.fromEntries((await meter.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value * 1000])).TaskDuration;
  const start = await spent();
  const whole = await dragged(one, frames);
  const cost = ((await spent()) - start) / frames;
  await meter.detach();
  return { cost, rate: 1000 / middle(whole) };
}
