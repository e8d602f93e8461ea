// Beside the page's own script: what somebody sends, and the answer to it, comes into view and stays there.
import "/page-itself.js";

const timeline = document.querySelector("#channel-timeline");
const list = document.querySelector("#channel-message-list");
let following = true;

// Whoever scrolls by hand, or uses what is not the newest message, looks at something: nothing is moved then.
for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  timeline.addEventListener(name, (event) => {
    const newest = list.lastElementChild;
    following = name === "pointerdown" && newest !== null && newest.contains(event.target);
  }, { passive: true, capture: true });
}
document.querySelector("#channel-composer").addEventListener("submit", () => { following = true; }, true);
document.querySelector("#new-messages").addEventListener("click", () => { following = true; }, true);

// A message that is longer than the screen is shown from its beginning; a picture in it that loads late moves nothing.
function comeIntoView() {
  const newest = [...list.querySelectorAll("[data-message-id]")].at(-1);
  if (!following || !newest) return;
  const shown = timeline.getBoundingClientRect();
  const it = newest.getBoundingClientRect();
  timeline.scrollTop += it.height > shown.height ? it.top - shown.top : it.bottom - shown.bottom + 16;
}
const observer = new ResizeObserver(() => requestAnimationFrame(() => setTimeout(comeIntoView)));
observer.observe(list);
observer.observe(timeline);

// An empty line between claims is seen, as Discord's own clients show it.
const spaced = new CSSStyleSheet();
spaced.replaceSync(".embed-card .markdown-paragraph + .markdown-paragraph { margin-top: 12px; }");
document.adoptedStyleSheets.push(spaced);
