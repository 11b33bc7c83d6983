
(() => {
  "use strict";
  const read = (text) => text.split(" ").map((span) => span.split("-").map(Number));
  const pieces = [...document.querySelectorAll("[data-at]")].map((node) => ({ node, at: read(node.dataset.at)[0], fields: [] }));
  const fields = [...document.querySelectorAll("[data-spans]")].map((node) => ({ node, pieces: [] }));
  const first = (byte) => {
    let low = 0, high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pieces[middle].at[1] <= byte) low = middle + 1; else high = middle;
    }
    return low;
  };
  for (const field of fields) {
    for (const [start, end] of read(field.node.dataset.spans)) {
      for (let at = first(start); at < pieces.length && pieces[at].at[0] < end; at += 1) {
        field.pieces.push(pieces[at]);
        pieces[at].fields.push(field);
      }
    }
  }
  let lit = [];
  const light = (nodes) => {
    lit.forEach((node) => node.classList.remove("lit"));
    lit = nodes;
    lit.forEach((node) => node.classList.add("lit"));
  };
  const show = (field, scroll) => {
    light([field.node, ...field.pieces.map((piece) => piece.node)]);
    if (scroll && field.pieces.length) field.pieces[0].node.scrollIntoView({ block: "nearest" });
  };
  for (const field of fields) {
    field.node.addEventListener("mouseenter", () => show(field, matchMedia("(min-width: 52rem)").matches));
    field.node.addEventListener("focus", () => show(field, true));
    field.node.addEventListener("mouseleave", () => light([]));
    field.node.addEventListener("blur", () => light([]));
  }
  for (const piece of pieces) {
    if (!piece.fields.length) continue;
    const touched = () => light([piece.node, ...piece.fields.map((field) => field.node)]);
    piece.node.addEventListener("mouseenter", touched);
    piece.node.addEventListener("mouseleave", () => light([]));
    piece.node.addEventListener("click", () => {
      const smallest = piece.fields.reduce((a, b) => (b.pieces.length < a.pieces.length ? b : a));
      const section = smallest.node.closest("details");
      if (section) section.open = true;
      smallest.node.focus();
      smallest.node.scrollIntoView({ block: "nearest" });
    });
  }
})();
