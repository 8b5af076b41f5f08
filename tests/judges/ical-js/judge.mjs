// Three readers of calendar files that share no code with Ruqi say what they read.
// Usage: node judge.mjs FILE   (in a folder where `npm ci` was run). Prints one JSON object.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// The packages lie in the folder that the tests installed them into, not beside this file.
const here = createRequire(process.cwd() + "/");
const load = async (name) => {
  const found = await import(pathToFileURL(here.resolve(name)));
  return found.default ?? found;
};
const text = readFileSync(process.argv[2], "utf8");

const ICAL = await load("ical.js");
const calendar = new ICAL.Component(ICAL.parse(text));
const first = (component, name) => {
  const value = component.getFirstPropertyValue(name);
  return value === null ? null : String(value);
};
const tell = (component) => ({
  uid: first(component, "uid"),
  summary: first(component, "summary"),
  description: first(component, "description"),
  start: first(component, "dtstart") ?? first(component, "due"),
  end: first(component, "dtend"),
  wholeDay: (component.getFirstPropertyValue("dtstart") ?? component.getFirstPropertyValue("due")).isDate,
  status: first(component, "status"),
  categories: component.getFirstProperty("categories")?.getValues() ?? [],
  sequence: component.getFirstPropertyValue("sequence"),
  alarms: component.getAllSubcomponents("valarm").map((alarm) => first(alarm, "trigger")),
});
const refresh = calendar.getFirstProperty("refresh-interval");
const icalJs = {
  name: first(calendar, "name"),
  refresh: { type: refresh.type, value: String(refresh.getFirstValue()) },
  entries: [...calendar.getAllSubcomponents("vevent"), ...calendar.getAllSubcomponents("vtodo")].map(tell),
};

const nodeIcal = Object.values((await load("node-ical")).sync.parseICS(text))
  .filter((entry) => entry.type === "VEVENT" || entry.type === "VTODO")
  .map((entry) => ({ uid: entry.uid, summary: entry.summary, kind: entry.datetype ?? null, status: entry.status }));

const { convertIcsCalendar } = await import(pathToFileURL(here.resolve("ts-ics")));
const { zIcsCalendar } = await import(pathToFileURL(here.resolve("@ts-ics/schema-zod")));
const checked = zIcsCalendar.safeParse(convertIcsCalendar(undefined, text));
const tsIcs = { valid: checked.success, complaints: checked.success ? [] : checked.error.issues.map((issue) => JSON.stringify(issue)) };

console.log(JSON.stringify({ icalJs, nodeIcal, tsIcs }));
