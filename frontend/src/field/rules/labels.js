// What a label on a door says: our labels carry the address …/p/<code>; an older one may carry the code alone.

const CODE = /^[\w-]{1,40}$/;

export function codeOf(text) {
  const said = String(text ?? "").trim();
  const [, found = ""] = /\/p\/([\w%-]+)\/?(?:[?#].*)?$/.exec(said) ?? [];
  if (found) return decodeURIComponent(found);
  return CODE.test(said) ? said : "";
}
