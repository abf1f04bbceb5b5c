// Where the browser can copy, an opened citation and its address get a button each; without a script the words are there to select.
if (navigator.clipboard) {
  const words = document.currentScript.dataset;
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!details.open || !details.matches(".copy") || details.querySelector("button")) return;
    for (const line of details.querySelectorAll("p")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words.copy;
      button.setAttribute("aria-label", `${words.copy}: ${line.textContent}`);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(line.textContent);
        button.textContent = words.done;
      });
      line.after(button);
    }
  }, true);
}
