// Where the device is, asked once at a press of the button and never followed.
import { t } from "../words.js";
import { toast } from "../behaviours/toast.js";

const why = (error) => (error.code === 1 ? t("permission was refused") : t("the device gave no answer"));

export function locate() {
  return new Promise((known) => {
    const fail = (error) => { toast(t("Your position is not known: {why}", { why: why(error) }), { tone: "warn" }); known(null); };
    if (!navigator.geolocation) return fail({ code: 2 });
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      toast(t("Accurate to {n} m.", { n: Math.round(coords.accuracy) }), { tone: coords.accuracy > 100 ? "warn" : "ok" });
      known({ lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy });
    }, fail, { enableHighAccuracy: true, timeout: 12000, maximumAge: 15000 });
  });
}
