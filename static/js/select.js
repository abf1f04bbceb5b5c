// What is ticked in the results is counted; all on the page are ticked at once. Without a script the boxes are there.
const isChoice = (field) => field.matches?.("#select [name=pick], #select [name=all]");
const count = () => {
  const form = document.getElementById("select");
  if (!form) return;
  const picks = [...form.querySelectorAll("[name=pick]")];
  const all = form.querySelector("[name=all]").checked;
  const ticked = picks.filter((pick) => pick.checked).length;
  for (const pick of picks) pick.disabled = all;
  const says = form.querySelector(".picked");
  const words = ticked === 0 ? says.dataset.none : ticked === 1 ? says.dataset.one : says.dataset.many.replace("#", ticked);
  says.textContent = all ? form.querySelector(".pick-all span").textContent : words;
  says.hidden = false;
  form.querySelector(".pick-page").hidden = all;
};
document.addEventListener("change", (event) => {
  if (!isChoice(event.target)) return;
  // A box that selects a mandate is no filter: the results stay.
  event.stopPropagation();
  count();
}, true);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".pick-page");
  if (!button) return;
  const picks = [...button.form.querySelectorAll("[name=pick]")];
  const on = !picks.every((pick) => pick.checked);
  for (const pick of picks) pick.checked = on;
  count();
});
document.addEventListener("htmx:afterSettle", count);
addEventListener("pageshow", count);
