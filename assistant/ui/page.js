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

// What is copied is the text of an answer, without the tags that fold its lists.
if (navigator.clipboard) {
  const write = navigator.clipboard.writeText.bind(navigator.clipboard);
  navigator.clipboard.writeText = (text) => write(text.replace(/\n*<\/?details[^>]*>(?:<summary>.*?<\/summary>)?\n*/g, "\n"));
}

// The page scrolls as a whole: keep a new question at the top while its answer grows, so that the answer is read from
// its beginning; a person who scrolls takes over.
let questions = 0;
let following = 0;
const follow = () => {
  const asked = document.querySelectorAll("#chat .user-row");
  if (asked.length > questions) following = Date.now() + 60000;
  questions = asked.length;
  if (asked.length > 1 && Date.now() < following) asked[asked.length - 1].scrollIntoView({ block: "start", behavior: "instant" });
  const last = document.querySelector("#chat .message-row:last-of-type .made, #chat .message-wrap > :nth-last-child(-n+2) .made");
  if (last && following > Date.now() + 1000) following = Date.now() + 1000;
};
new MutationObserver(() => requestAnimationFrame(follow)).observe(document.documentElement, { childList: true, subtree: true });
for (const act of ["wheel", "touchmove", "keydown", "mousedown"]) {
  addEventListener(act, (event) => { if (event.key !== "Enter") following = 0; }, { passive: true });
}
