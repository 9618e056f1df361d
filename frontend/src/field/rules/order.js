// In which order an officer goes from door to door: what is pressing first, what is near first, and each against the other.

const DEGREE = 111_320; // metres in a degree of latitude
const radians = (degrees) => (degrees * Math.PI) / 180;

export function metresBetween(one, other) {
  if (one?.lon == null || other?.lon == null) return null;
  const wide = (one.lon - other.lon) * Math.cos(radians((one.lat + other.lat) / 2));
  return Math.hypot(wide, one.lat - other.lat) * DEGREE;
}

const DAY = 86_400_000;
const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

// "urgent", "overdue", "today" or "soon"; today is a day like 2026-11-22.
export function pressing(task, today) {
  if (task.urgent) return "urgent";
  if (task.due_on && task.due_on < today) return "overdue";
  if (task.due_on === today || task.planned_on === today) return "today";
  return "soon";
}

export const daysLate = (task, today) => (task.due_on && task.due_on < today ? daysBetween(task.due_on, today) : 0);

const RANK = { urgent: 0, overdue: 1, today: 2, soon: 3 };
// How many metres of a longer way a task is worth: an officer crosses the grid for an urgent one and turns the corner for one of today.
const WORTH = { urgent: 3000, overdue: 400, today: 150, soon: 0 };
const MOST_LATE = 600; // every day overdue is worth 20 m more, up to this

const worth = (task, today) => WORTH[pressing(task, today)] + Math.min(MOST_LATE, daysLate(task, today) * 20);

const byAddress = (one, other) => (one.address ?? "").localeCompare(other.address ?? "", "zh", { numeric: true });

// rows: [{ task, premises, … }]; here: { lon, lat } or null. Without a position: by urgency, then by address, so that a street stays together.
export function ordered(rows, { here = null, today }) {
  const known = rows.map((row) => ({ ...row, metres: metresBetween(here, row.premises), rank: RANK[pressing(row.task, today)] }));
  const plain = (one, other) => one.rank - other.rank || byAddress(one.premises, other.premises);
  if (!here) return known.sort(plain);
  const cost = (row) => (row.metres ?? 5000) - worth(row.task, today);
  return known.sort((one, other) => cost(one) - cost(other) || plain(one, other));
}

// The chips above the list. A task may stand in more than one.
export const FILTERS = {
  all: () => true,
  due: (task, today) => ["urgent", "today"].includes(pressing(task, today)),
  overdue: (task, today) => daysLate(task, today) > 0,
  revisit: (task) => task.kind === "revisit",
  sample: (task) => task.kind === "sample",
};

export const counted = (tasks, today) =>
  Object.fromEntries(Object.entries(FILTERS).map(([name, fits]) => [name, tasks.filter((task) => fits(task, today)).length]));
