// What happens to htmx requests: the CSRF header, and an answer in words to every trouble.
import { make, token } from "../dom.js";
import { t } from "../words.js";
import { toast } from "./toast.js";

const SENTENCES = {
  401: "You were signed out. Sign in again; what you typed is kept.",
  403: "The page was open for too long. Reload it; what you typed is kept.",
  404: "This is not here, or not yours to see.",
  409: "This cannot be done now. Reload the page and look again.",
  413: "That is too large to send.",
  422: "This cannot be done now. Reload the page and look again.",
  429: "Too many requests. Please wait a minute.",
};
export const sentenceFor = (status) =>
  t(SENTENCES[status] ?? "Something broke on our side. Nothing was lost; try again in a moment.");

export function configure(htmx) {
  htmx.config.includeIndicatorStyles = false; // our sheet has them
  htmx.config.historyCacheSize = 0; // pages of a register are not kept in the browser's store
  htmx.config.refreshOnHistoryMiss = true;
  htmx.config.timeout = 30000;
  htmx.config.responseHandling = [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "409|422", swap: true, error: false },
    { code: "[45]..", swap: false, error: true },
  ];
}

// A refusal never replaces what people are working on: it stands on top of their form, or as a toast.
function showRefusal(html, source) {
  const refusal = new DOMParser().parseFromString(html, "text/html").querySelector("[data-refusal]");
  if (!refusal) return false;
  const text = refusal.textContent.trim().replace(/\s+/g, " ");
  const form = source.closest?.("dialog form, form[data-refusal-here]");
  if (!form) {
    toast(text, { tone: "late", action: { label: t("Reload"), act: () => location.reload() } });
    return true;
  }
  for (const old of form.querySelectorAll("[data-refusal]")) old.remove();
  const place = form.querySelector(".dialog-body") ?? form;
  place.prepend(make("div", { class: "message error", role: "alert", "data-refusal": "" }, text));
  place.scrollTo?.({ top: 0 });
  return true;
}

let running = 0;
const busy = (step) => {
  running = Math.max(0, running + step);
  document.body.classList.toggle("busy", running > 0);
};

export function listen() {
  document.addEventListener("htmx:configRequest", ({ detail }) => { detail.headers["X-CSRFToken"] = token(); });
  document.addEventListener("htmx:beforeRequest", () => busy(1));
  document.addEventListener("htmx:afterRequest", () => busy(-1));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status < 400) return;
    if (showRefusal(xhr.response, requestConfig.elt)) {
      event.detail.shouldSwap = false;
      event.detail.isError = false;
    } else if (/<html[\s>]/i.test(xhr.response)) {
      // A whole page came for a part of one: say it instead of putting a page into the page.
      event.detail.shouldSwap = false;
      event.detail.isError = true;
    }
  });
  document.addEventListener("htmx:responseError", ({ detail }) => {
    const reload = { label: t("Reload"), act: () => location.reload() };
    toast(sentenceFor(detail.xhr.status), { tone: "late", action: [401, 403, 409].includes(detail.xhr.status) ? reload : undefined });
  });
  document.addEventListener("htmx:sendError", () => toast(t("No network. What you typed is kept; try again once the network is back."), { tone: "late" }));
  document.addEventListener("htmx:timeout", () => toast(t("The answer took too long. Try again."), { tone: "late" }));
  addEventListener("offline", () => toast(t("No network. What you typed is kept; try again once the network is back."), { tone: "warn", stays: 12000 }));
  addEventListener("online", () => toast(t("The network is back."), { tone: "ok" }));
}
