// How large a photo becomes before it is kept: its longer side is cut to what the office asks for; a small one stays as it is.
export function fitted(width, height, longest) {
  const share = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}
