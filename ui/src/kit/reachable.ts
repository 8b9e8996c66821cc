/** Lets the keyboard reach a box that scrolls and has nothing in it to stand on: a long text, the picture of a page. */
import { canStandIn } from "./focus";

/** An attachment for such a box. */
export function reachable(box: HTMLElement): () => void {
  const look = () => {
    const scrolls = box.scrollHeight > box.clientHeight + 1;
    if (scrolls && !canStandIn(box)) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  };
  const resized = new ResizeObserver(look);
  const changed = new MutationObserver(look);
  resized.observe(box);
  changed.observe(box, { childList: true, subtree: true });
  // A picture grows when it arrives; `load` does not bubble.
  box.addEventListener("load", look, true);
  return () => {
    resized.disconnect();
    changed.disconnect();
    box.removeEventListener("load", look, true);
  };
}
