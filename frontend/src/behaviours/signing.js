// form[data-sign-step]: a step of signing is sent without leaving the page. On a dead link what was typed and drawn
// stays where it is; pressing again goes on, and the server answers a repeated step with the same receipt.
import { make, on, startWithin } from "../dom.js";
import { t } from "../words.js";
import { sentenceFor } from "./net.js";
import { release } from "./once.js";

const PATIENCE = 20000;

function say(form, words) {
  for (const old of form.querySelectorAll("[data-sign-trouble]")) old.remove();
  form.prepend(make("div", { class: "message error", role: "alert", "data-sign-trouble": "" }, words));
  form.firstChild.scrollIntoView({ block: "nearest" });
}

// Puts the answered page's main part in the place of this one; false when the answer is no page of ours.
function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#main");
  if (!fresh?.querySelector("h1")) return false;
  document.getElementById("main").replaceWith(fresh);
  startWithin(fresh);
  window.htmx?.process(fresh);
  scrollTo(0, 0);
  fresh.focus({ preventScroll: true });
  return true;
}

on("submit", "form[data-sign-step]", async (event, form) => {
  event.preventDefault();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), signal: AbortSignal.timeout(PATIENCE) });
    const html = await answer.text();
    if (answer.redirected && new URL(answer.url).pathname !== form.dataset.signStep) location.assign(answer.url);
    else if (answer.status === 429 || answer.status === 403 || answer.status >= 500 || !show(html)) say(form, sentenceFor(answer.status));
  } catch {
    say(form, t("No network. The steps you took are kept, and what you typed or drew is still here. Press again once the network is back; your link stays good."));
  } finally {
    release(form);
  }
});
