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
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = "en";
  const policy = page.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  const sheet = page.createElement("style");
  sheet.textContent = style;
  page.head.prepend(charset, policy);
  page.head.append(sheet);
  page.body.append(page.importNode(copy, true));
  const blob = new Blob(["<!doctype html>\n", page.documentElement.outerHTML], { type: "text/html" });
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(blob);
  anchor.download = `${title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "legation"}.html`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}
