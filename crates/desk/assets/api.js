// Questions to the server. Addresses are relative to the page's base, which holds the token.
export function query(values) {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of [value].flat()) if (one !== undefined && one !== null && one !== "") pairs.append(name, one);
  }
  const text = pairs.toString();
  return text ? `?${text}` : "";
}

// `with` is a second side: both must take part.
export function address(path, { with: other, ...values } = {}) {
  const actor = [values.actor, other].flat().filter(Boolean);
  return `api/v1/${path}${query({ ...values, actor })}`;
}

async function answer(response) {
  const value = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(value.detail ?? `the server answers ${response.status}`);
  return value;
}

export async function get(path, values) {
  return answer(await fetch(address(path, values)));
}

export async function post(path, body = {}, values = {}) {
  const text = typeof body === "string";
  const headers = { "Content-Type": text ? "text/plain; charset=utf-8" : "application/json" };
  return answer(await fetch(address(path, values), { method: "POST", headers, body: text ? body : JSON.stringify(body) }));
}
