// H3 cells over the map: the darker, the more; outlined where there is more than chance. A click opens the matters.
import { boundsOf } from "./shapes.js";
import { colours, EMPTY } from "./style.js";

const paints = (c) => ({
  "cells-fill": { "fill-color": c.civic, "fill-opacity": ["interpolate", ["linear"], ["sqrt", ["get", "share"]], 0, 0.06, 1, 0.82] },
  "cells-hot": { "line-color": c["late-fill"], "line-width": ["interpolate", ["linear"], ["zoom"], 8, 1.2, 13, 2.6] },
});

export class Cells {
  constructor(map, box) {
    Object.assign(this, { map, box, data: EMPTY });
  }

  start() {
    this.data = JSON.parse(document.getElementById(this.box.dataset.cells).textContent);
    const { "cells-fill": fill, "cells-hot": hot } = paints(colours());
    const under = this.map.getLayer("label-1") ? "label-1" : undefined;
    this.map.addSource("cells", { type: "geojson", data: this.data });
    this.map.addLayer({ id: "cells-fill", type: "fill", source: "cells", paint: fill }, under);
    this.map.addLayer({ id: "cells-hot", type: "line", source: "cells", filter: ["get", "hot"], paint: hot }, under);
    this.map.on("click", "cells-fill", ({ features: [first] }) => { if (first.properties.url) location.assign(first.properties.url); });
    this.map.on("mouseenter", "cells-fill", () => { this.map.getCanvas().style.cursor = "pointer"; });
    this.map.on("mouseleave", "cells-fill", () => { this.map.getCanvas().style.cursor = ""; });
    document.addEventListener("look-changed", () => {
      for (const [layer, paint] of Object.entries(paints(colours()))) {
        for (const [name, value] of Object.entries(paint)) this.map.setPaintProperty(layer, name, value);
      }
    });
  }

  bounds() {
    return boundsOf(this.data.features);
  }
}
