// [data-room]: the newest words stay in sight unless somebody reads further up. [data-leave]: out at once, and not back.
import { on, ready } from "../dom.js";

ready("[data-room]", (list) => {
  let isAtEnd = true;
  const toEnd = () => { list.scrollTop = list.scrollHeight; };
  list.addEventListener("scroll", () => { isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60; }, { passive: true });
  new MutationObserver(() => { if (isAtEnd) toEnd(); }).observe(list, { childList: true });
  toEnd();
});

on("click", "[data-leave]", (event, link) => {
  event.preventDefault();
  location.replace(link.href); // the page left is not behind the back button
});
