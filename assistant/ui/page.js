// Follow a marker to its source card: unfold what hides it, show it, and give it the focus.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest('a[href^="#source-"]');
  if (!link) return;
  event.preventDefault();
  const card = document.getElementById(link.getAttribute("href").slice(1));
  if (!card) return;
  for (let fold = card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  card.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  card.focus({ preventScroll: true });
});

// The page scrolls as a whole: bring a new question to the top, so that its answer is read from the beginning.
let questions = 0;
new MutationObserver(() => {
  const asked = document.querySelectorAll("#chat .user-row");
  if (asked.length > questions) {
    requestAnimationFrame(() => asked[asked.length - 1].scrollIntoView({ block: "start", behavior: "auto" }));
  }
  questions = asked.length;
}).observe(document.documentElement, { childList: true, subtree: true });
