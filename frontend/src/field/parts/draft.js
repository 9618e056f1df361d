// What is half filled in survives a killed app: kept sealed, a moment after every change.
import { signals, store, toast, t, update } from "../core/app.js";
import { isFull } from "../core/db.js";

const MOMENT = 400;

export function keeper(name) {
  let timer = 0;
  let latest = null;
  let busy = Promise.resolve();
  let release = null;
  let isFullSaid = false;

  const write = async (value, photos) => {
    try {
      await store.keepDraft(name, value, photos);
    } catch (error) {
      if (!isFull(error)) throw error;
      signals.send("storage", { full: true });
      if (!isFullSaid) toast(t("The device is full: what you write is not kept until you save it. Free some space first."), { tone: "late" });
      isFullSaid = true;
    }
  };
  const flush = () => {
    clearTimeout(timer);
    if (latest) {
      const { value, photos } = latest;
      latest = null;
      busy = busy.then(() => write(value, photos));
    }
    return busy;
  };
  const hidden = () => { if (document.hidden) flush(); };
  document.addEventListener("visibilitychange", hidden);

  return {
    keep(value, photos = []) {
      release ??= update.hold(); // a new version waits until this record is done
      latest = { value: structuredClone(value), photos: [...photos] };
      clearTimeout(timer);
      timer = setTimeout(flush, MOMENT);
    },
    flush,
    // The record is about to be saved: nothing may write the draft again after it.
    async settle() {
      latest = null;
      clearTimeout(timer);
      await busy;
    },
    leave() {
      flush();
      document.removeEventListener("visibilitychange", hidden);
      release?.();
    },
  };
}

// The two ways a field changes what is said: `put` shows the news at once, `quiet` leaves the field under the finger alone.
export function changing({ said, keep, draw }) {
  const quiet = (news) => {
    Object.assign(said, news);
    keep();
  };
  const put = (news) => {
    quiet(news);
    draw();
  };
  return { put, quiet };
}
