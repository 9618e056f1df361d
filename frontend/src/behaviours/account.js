// The size a resident chose in their settings holds on every device they sign in on.
import { ready } from "../dom.js";

ready("[data-account-size]", (place) => {
  const size = place.dataset.accountSize;
  if (size) document.documentElement.dataset.size = size;
  else delete document.documentElement.dataset.size;
  try {
    if (size) localStorage.setItem("gongzhi-size", size);
    else localStorage.removeItem("gongzhi-size");
  } catch {
    // Private browsing: the choice holds for this page.
  }
});
