// Chinese signs on machines without a Chinese font: the web font is fetched there, and only there.
const WEB_FONT = "Noto Sans SC Variable";

// Two different signs that draw alike are two empty boxes.
function lacksChinese() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 24, height: 24 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return false;
  const family = getComputedStyle(document.documentElement).getPropertyValue("--font");
  pen.font = `20px ${family.replace(`"${WEB_FONT}",`, "")}`;
  const drawn = ["国", "际"].map((sign) => {
    pen.clearRect(0, 0, 24, 24);
    pen.fillText(sign, 2, 20);
    return pen.getImageData(0, 0, 24, 24).data.join();
  });
  return drawn[0] === drawn[1];
}

// Without a network the page stays as it is: the font comes with the next opening.
const webFont = lacksChinese() ? import("./fonts.js").catch(() => null) : null;

// Waits (not for ever) until every sign of the text can be drawn on a canvas.
export async function glyphsFor(text) {
  if (!webFont) return;
  const signs = [...new Set(text)].join("");
  const come = webFont.then(() => document.fonts.load(`16px "${WEB_FONT}"`, signs));
  await Promise.race([come, new Promise((late) => setTimeout(late, 4000))]);
}
