// Keyboard shortcuts, as the table in the page says: what works here, and the panel that lists just that.
const { shortcuts, rows } = JSON.parse(document.getElementById("keyboard").textContent);
const panel = document.getElementById("shortcuts");
const OFF = "shortcuts-off";
const LONGEST_PAUSE = 1500;
// Where the browser keeps nothing, they are on.
const stored = (change) => {
  try { return change(localStorage); } catch { return null; }
};
const areOff = () => stored((kept) => kept.getItem(OFF)) === "yes";
const shown = (element) => element.getClientRects().length > 0;
const places = (each) => each.unless && document.querySelector(each.unless) ? [] : [...document.querySelectorAll(each.at)].filter(shown);
const working = () => shortcuts.filter((each) => places(each).length);
const listed = () => [...document.querySelectorAll(rows)].filter((row) => shown(row) && row.querySelector("a[href]"));

const move = (step) => {
  const all = listed();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const to = here < 0 ? all[0] : all[Math.min(Math.max(here + step, 0), all.length - 1)];
  to.querySelector("a[href]").focus();
};
const inRow = (selector) => listed().find((row) => row.contains(document.activeElement))?.querySelector(selector)?.click();
const DOES = {
  click: (each) => places(each)[0].click(),
  focus: (each) => places(each)[0].focus(),
  help: () => open(),
  next: () => move(1),
  previous: () => move(-1),
  row: (each) => inRow(each.at),
};

const open = () => {
  const groups = new Map();
  for (const each of working()) groups.set(each.group, [...(groups.get(each.group) || []), each]);
  panel.querySelector("div").replaceChildren(...[...groups].flatMap(([group, members]) => [titled(group), described(members)]));
  panel.querySelector("input").checked = !areOff();
  panel.showModal();
};
const made = (name, ...children) => {
  const element = document.createElement(name);
  element.append(...children);
  return element;
};
const titled = (group) => made("h3", group);
const described = (members) => {
  const list = made("dl", ...members.flatMap((each) => [
    made("dt", ...each.keys.flatMap((keys, place) => [...(place ? [" "] : []), ...keys.split(" ").map((key) => made("kbd", key))])),
    made("dd", each.words),
  ]));
  list.className = "keys";
  return list;
};

// Where somebody types, letters are letters.
const types = (element) => element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])");

let begun = "";
let begunAt = 0;
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (panel.open || areOff() || types(event.target)) return;
  const keys = begun && event.timeStamp - begunAt < LONGEST_PAUSE ? `${begun} ${event.key}` : event.key;
  begun = "";
  const known = working();
  const meant = known.find((each) => each.keys.includes(keys));
  if (meant) {
    event.preventDefault();
    DOES[meant.does](meant);
  } else if (known.some((each) => each.keys.some((one) => one.startsWith(`${keys} `)))) {
    begun = keys;
    begunAt = event.timeStamp;
  }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.(".open-shortcuts")) return;
  event.preventDefault();
  open();
});
panel.querySelector("button").addEventListener("click", () => panel.close());
panel.querySelector("input").addEventListener("change", (event) => {
  stored((kept) => event.target.checked ? kept.removeItem(OFF) : kept.setItem(OFF, "yes"));
});
