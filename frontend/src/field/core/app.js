// The face of the core: what screens may use.
import { sheet } from "../ui/sheet.js";
import { toast } from "../ui/toast.js";
import { fill, h, icon } from "./h.js";
import { outbox } from "./outbox.js";
import { metres, place } from "./place.js";
import { back, go, link, refresh, screen, where } from "./router.js";
import { signals } from "./signals.js";
import { store } from "./store.js";
import { state, syncNow } from "./sync.js";
import { update } from "./update.js";
import { dayOf, language, say, shownDay, shownDistance, shownMoment, shownSize, shownTime, shownWeekday, t } from "./words.js";

// "online" means that the last word we had from the server was a good one, not that a cable is plugged in.
const online = () => navigator.onLine && state.trouble !== "offline";

export {
  back, dayOf, fill, go, h, icon, language, link, metres, online, outbox, place, refresh, say, screen, sheet, shownDay, shownDistance, shownMoment, shownSize,
  shownTime, shownWeekday, signals, state, store, syncNow, t, toast, update, where,
};
