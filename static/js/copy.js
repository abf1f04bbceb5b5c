// Where the browser can copy, an opened citation gets a button for it; without a script the words are there to select.
if (navigator.clipboard) {
  const words = document.currentScript.dataset;
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!details.open || !details.matches(".copy") || details.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(details.querySelector("p").textContent);
      button.textContent = words.done;
    });
    details.querySelector("p").after(button);
  }, true);
}
