// MapLibre with its worker beside it, under our own address.
import * as maplibre from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

maplibre.setWorkerUrl(worker);
export default maplibre;
