// Files that are dropped anywhere on the page are sent at once; without a script they are chosen and sent by the button.
const drop = document.querySelector(".drop");
if (drop) {
  const field = drop.querySelector("input[type=file]");
  const says = document.querySelector(".drop-says");
  const over = (on) => (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.toggle("over", on);
  };
  document.addEventListener("dragenter", over(true));
  document.addEventListener("dragover", over(true));
  document.addEventListener("dragleave", over(false));
  document.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    // A folder comes as a file that cannot be read.
    if ([...event.dataTransfer.items].some((item) => item.webkitGetAsEntry()?.isDirectory)) {
      says.textContent = drop.dataset.folder;
      return;
    }
    says.textContent = "";
    field.files = event.dataTransfer.files;
    field.form.requestSubmit();
  });
}
