// The check for people: the browser works for a second. Everything it needs comes from this server.
import "altcha";
import "altcha/i18n/zh-cn";

import { ready } from "./dom.js";

ready("form[data-check]", (form) => {
  const widget = form.querySelector("altcha-widget");
  const question = document.querySelector("[data-question]");
  // Web Crypto is missing where a page comes without TLS: then the question stays the way.
  if (!widget || !window.isSecureContext) return;
  form.hidden = false;
  if (question) question.open = false;
});
