// The position, asked once when a record is made. Nothing watches it in between.
import { withZone } from "./outbox.js";
import { t } from "./words.js";

const WHY = {
  1: () => t("You have not allowed this app to know the position. Allow it in the settings of the browser, or set the place on the map."),
  2: () => t("The device does not know where it is. Step outside, or set the place on the map."),
  3: () => t("The position did not come in time. Try again under the open sky, or set the place on the map."),
};
let last = null;

export const round = (degrees) => Math.round(degrees * 1e6) / 1e6;

export function place({ wait = 12000, age = 15000 } = {}) {
  place.trouble = "";
  if (!navigator.geolocation) {
    place.trouble = t("This device has no position. Set the place on the map.");
    return Promise.resolve(null);
  }
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        last = { lon: round(coords.longitude), lat: round(coords.latitude), accuracy_m: Math.round(coords.accuracy), at: withZone(new Date(timestamp)) };
        done(last);
      },
      ({ code }) => {
        place.trouble = (WHY[code] ?? WHY[2])();
        done(null);
      },
      { enableHighAccuracy: true, timeout: wait, maximumAge: age },
    );
  });
}
place.trouble = "";
// Where the last record was made: lists are ordered by nearness to it, without asking the device again.
place.last = () => last;

const RADIANS = Math.PI / 180;
export function metres(one, other) {
  if (one?.lon == null || other?.lon == null) return null;
  const x = (other.lon - one.lon) * Math.cos(((one.lat + other.lat) / 2) * RADIANS);
  return Math.hypot(x, other.lat - one.lat) * RADIANS * 6371008;
}
