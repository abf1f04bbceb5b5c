// Copies a citation where the browser lets us; without a script the words are there to select.
if (navigator.clipboard) {
  const show = (root) => root.querySelectorAll("button[data-copy]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  });
  document.addEventListener("htmx:load", (event) => show(event.target));
  show(document);
}
