// A view as one file that needs nothing else and runs nothing.
export async function save(title) {
  const style = await (await fetch("assets/style.css")).text();
  const main = document.getElementById("main");
  const copy = main.cloneNode(true);
  const drawn = main.querySelectorAll("canvas");
  copy.querySelectorAll("canvas").forEach((canvas, at) => {
    const image = document.createElement("img");
    image.src = drawn[at].toDataURL("image/png");
    image.alt = canvas.getAttribute("aria-label") ?? "";
    canvas.replaceWith(image);
  });
  copy.querySelectorAll("form, button, .tools, .downloads, .paging").forEach((one) => one.remove());
  copy.querySelectorAll("a[href]").forEach((one) => {
    if (!/^https?:/.test(one.getAttribute("href"))) one.removeAttribute("href");
  });
  const name = document.createElement("title");
  name.textContent = title;
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">${name.outerHTML}<style>${style}</style>`;
  const blob = new Blob([`<!doctype html>\n<html lang="en"><head>${head}</head>\n<body>${copy.outerHTML}</body></html>\n`], { type: "text/html" });
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(blob);
  anchor.download = `${title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "legation"}.html`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}
