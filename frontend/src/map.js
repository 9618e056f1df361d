// Pages with a map: MapLibre is fetched only where WebGL works, else the same content stands there as a list.
import "maplibre-gl/dist/maplibre-gl.css";
import "./styles/map.css";

import { ready } from "./dom.js";
import { fallBack } from "./map/fallback.js";
import { t } from "./words.js";

function drawsWebGL() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

ready("[data-map]", async (box) => {
  if (!drawsWebGL()) return fallBack(box, t("This device cannot draw the map; here is the list."));
  try {
    const { draw } = await import("./map/draw.js");
    await draw(box);
  } catch (error) {
    console.error(error);
    fallBack(box, t("The map could not be loaded. Try again in a moment."));
  }
});
