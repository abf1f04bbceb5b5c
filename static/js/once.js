// A form is sent once: what is clicked again while the answer is on its way sends nothing. Coming back makes it new.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.classList.contains("sent")) {
    event.preventDefault();
    return;
  }
  form.classList.add("sent");
  const button = form.querySelector("[data-sent]");
  if (!button) return;
  button.dataset.before = button.textContent;
  button.textContent = button.dataset.sent;
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form.sent")) {
    form.classList.remove("sent");
    const button = form.querySelector("[data-before]");
    if (button) button.textContent = button.dataset.before;
  }
});
