// GeoJSON from our own server, with a query added to the address the page gave.
export async function geojson(address, query = {}, signal) {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries(query)) if (value !== "" && value != null) url.searchParams.set(name, value);
  const answer = await fetch(url, { signal, headers: { Accept: "application/geo+json, application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return answer.json();
}
