// Once a long list of values is opened, a box leaves those with the words; without a script all of them are there.
const MANY = 12;
document.addEventListener("toggle", (event) => {
  const details = event.target;
  if (!details.open || !details.matches(".others") || details.querySelector("input[type=search]")) return;
  const labels = [...details.querySelectorAll("label")];
  if (labels.length < MANY) return;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const box = document.createElement("input");
  box.type = "search";
  box.placeholder = details.dataset.find;
  box.setAttribute("aria-label", details.dataset.find);
  box.addEventListener("input", () => {
    for (const label of labels) label.hidden = !plain(label.textContent).includes(plain(box.value.trim()));
  });
  // Neither a filter of the list nor a reason to ask for it anew.
  for (const kind of ["change", "keydown"]) box.addEventListener(kind, (each) => {
    if (kind === "change" || each.key === "Enter") { each.stopPropagation(); each.preventDefault(); }
  });
  details.querySelector("summary").after(box);
}, true);
