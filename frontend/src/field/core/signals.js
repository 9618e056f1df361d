// Who wants to know hears of it: "outbox", "work", "network", "conflict", "update", "sync", "storage", "session", "clock".
const hearers = new Map();

export const signals = {
  on(name, act) {
    if (!hearers.has(name)) hearers.set(name, new Set());
    hearers.get(name).add(act);
    return () => hearers.get(name).delete(act);
  },
  send(name, news) {
    for (const act of [...(hearers.get(name) ?? [])]) act(news);
  },
};
