// What the page of the backup and the settings both say: how old the last backup is, and sizes.
import { button, node, say, sheet, soft, words } from "./tree.js";

// In the greatest unit of which there is one.
export function size(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const power = bytes > 0 && bytes < 500 ? 0 : Math.min(units.length - 1, Math.max(1, Math.floor(Math.log10(bytes + 1) / 3)));
  return words(new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: units[power], maximumFractionDigits: 1 }).format(bytes / 1000 ** power));
}

// When the last backup was made and what came since; with a reminder where it is time for another one.
export const ageOf = ({ at, since, due }) => [
  node("p", "", at === null ? say("backup_never") : say("backup_last", { moment: at })),
  ...(since ? [node("p", "", say("backup_since", { number: since }))] : []),
  ...(due ? [node("p", "warning", say("backup_due"))] : []),
];

export const backupSheet = (age) => sheet("backup_title", soft(say("backup_why")), ...ageOf(age),
  node("div", "switches", button("backup", "", { do: "open_page", page: "backup.html" }, say("backup_open"))));
