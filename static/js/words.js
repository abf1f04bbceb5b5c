// What is marked in the paragraph is put into the field for its words. Without a script it is copied there. The paragraph
// is no read-only field, as in such a one nothing can be marked by keyboard; what is typed into it is refused.
const whole = document.getElementById("paragraph");
const words = document.querySelector("[name=words]");
const near = document.querySelector("[name=near]");
const take = () => {
  const marked = whole.value.slice(whole.selectionStart, whole.selectionEnd).trim();
  if (!marked) return;
  words.value = marked;
  near.value = whole.selectionStart;
};
if (whole && words && near) {
  for (const kind of ["select", "mouseup", "keyup", "touchend"]) whole.addEventListener(kind, take);
  whole.addEventListener("beforeinput", (event) => { event.preventDefault(); });
  words.addEventListener("input", () => { near.value = ""; });
}
