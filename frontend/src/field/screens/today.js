// Today: what dispatch asks first, then the day's premises, by urgency and nearness.
import { dayOf, h, icon, link, metres, outbox, place, say, screen, shownDay, shownDistance, shownTime, shownWeekday, store, t } from "../core/app.js";
import { clock } from "../ui/clock.js";

screen("/", async () => h("section", { class: "page" }, h("header", { class: "page-head" }, h("h1", {}, t("Today")), h("p", { class: "muted" }, `${shownDay(Date.now())} ${shownWeekday(Date.now())}`)), calls(), tasks()), { tab: "today" });

const KINDS = { verify: say("Verify"), check: say("Check the result"), revisit: say("Visit again"), urgent: say("Urgent") };

function calls() {
  const rows = store.part("work").calls;
  if (!rows.length) return null;
  return h("ul", { class: "cards" }, rows.map((call) => h("li", {}, link(`/call/${call.id}`, { class: "card tap" }, h("b", {}, t(KINDS[call.kind] ?? call.kind)), h("span", {}, call.matter?.title ?? call.words), clock(call.due_at)))));
}

function tasks() {
  const rows = store.part("work").tasks;
  if (!rows.length) return h("p", { class: "muted" }, t("Nothing planned for today."));
  return h("ul", { class: "cards" }, rows.map((task) => h("li", {}, link(`/visit/${task.premises}?task=${task.id}`, { class: "card tap" }, store.find("premises", task.premises)?.name ?? task.premises))));
}
