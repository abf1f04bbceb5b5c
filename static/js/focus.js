// After a part of the page was replaced, the focus goes to what says how it went, as it would after loading a page.
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target;
  if (!target || target.id !== "outcome") return;
  const outcome = document.getElementById("outcome");
  (outcome.querySelector(".errors") || outcome.querySelector("h2")).focus();
});
